/*
 * From code addresses to TypeScript functions and lines, by the binary's own debug information (DWARF 4, as LLVM
 * writes it for our modules). Read only when a fatal error prints its stack: the file is mapped, the units are
 * scanned from the start. C code of the runtime is compiled without debug information and therefore never shows.
 * A stripped binary gives no frames.
 */
#define _GNU_SOURCE
#include "rts.h"
#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
  const uint8_t *at, *end;
} bytes;

static struct {
  int loaded;
  bytes info, abbrev, line, str, ranges;
} debug;

enum {
  TAG_SUBPROGRAM = 0x2e,
  TAG_INLINED = 0x1d,
  AT_NAME = 0x03,
  AT_STMT_LIST = 0x10,
  AT_LOW_PC = 0x11,
  AT_HIGH_PC = 0x12,
  AT_COMP_DIR = 0x1b,
  AT_ABSTRACT_ORIGIN = 0x31,
  AT_SPECIFICATION = 0x47,
  AT_RANGES = 0x55,
  AT_CALL_COLUMN = 0x57,
  AT_CALL_FILE = 0x58,
  AT_CALL_LINE = 0x59
};

static uint64_t take(bytes *b, int size) {
  uint64_t value = 0;
  if (b->end - b->at < size) {
    b->at = b->end;
    return 0;
  }
  memcpy(&value, b->at, (size_t)size);
  b->at += size;
  return value;
}

static uint64_t take_uleb(bytes *b) {
  uint64_t value = 0;
  for (int shift = 0; b->at < b->end; shift += 7) {
    uint8_t byte = *b->at++;
    if (shift < 64) value |= (uint64_t)(byte & 127) << shift;
    if (!(byte & 128)) break;
  }
  return value;
}

static int64_t take_sleb(bytes *b) {
  int64_t value = 0;
  int shift = 0;
  uint8_t byte = 0;
  while (b->at < b->end) {
    byte = *b->at++;
    if (shift < 64) value |= (int64_t)(byte & 127) << shift;
    shift += 7;
    if (!(byte & 128)) break;
  }
  if (shift < 64 && byte & 64) value |= -((int64_t)1 << shift);
  return value;
}

static const char *take_string(bytes *b) {
  const char *text = (const char *)b->at;
  while (b->at < b->end && *b->at++ != 0) continue;
  return text;
}

static void load(void) {
  debug.loaded = 1;
  int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
  struct stat s;
  if (fd < 0 || fstat(fd, &s) < 0) return;
  const char *file = mmap(NULL, (size_t)s.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
  close(fd);
  if (file == MAP_FAILED) return;
  const ElfW(Ehdr) *header = (const ElfW(Ehdr) *)file;
  const ElfW(Shdr) *sections = (const ElfW(Shdr) *)(file + header->e_shoff);
  const char *names = file + sections[header->e_shstrndx].sh_offset;
  static const struct {
    const char *name;
    bytes *where;
  } wanted[] = {{".debug_info", &debug.info},
                {".debug_abbrev", &debug.abbrev},
                {".debug_line", &debug.line},
                {".debug_str", &debug.str},
                {".debug_ranges", &debug.ranges}};
  for (int i = 0; i < header->e_shnum; i++)
    for (size_t k = 0; k < sizeof wanted / sizeof *wanted; k++)
      if (strcmp(names + sections[i].sh_name, wanted[k].name) == 0 && !(sections[i].sh_flags & SHF_COMPRESSED)) {
        const uint8_t *start = (const uint8_t *)file + sections[i].sh_offset;
        *wanted[k].where = (bytes){start, start + sections[i].sh_size};
      }
}

/* One compilation unit. */
typedef struct {
  const uint8_t *start;
  bytes entries;
  int address_size;
  const uint8_t *abbrevs[256];
  uint64_t low, line_offset;
  const char *directory;
} unit;

static void read_abbrevs(unit *u, uint64_t offset) {
  memset(u->abbrevs, 0, sizeof u->abbrevs);
  bytes b = {debug.abbrev.at + offset, debug.abbrev.end};
  for (;;) {
    uint64_t code = take_uleb(&b);
    if (code == 0 || b.at >= b.end) return;
    if (code < 256) u->abbrevs[code] = b.at;
    take_uleb(&b);
    take(&b, 1);
    for (;;) {
      uint64_t name = take_uleb(&b), form = take_uleb(&b);
      if (name == 0 && form == 0) break;
    }
  }
}

/* What the entries of interest say. */
typedef struct {
  uint64_t tag;
  int has_children, has_low, has_high, high_is_offset, has_ranges;
  uint64_t low, high, ranges, origin, line_offset, call_file, call_line, call_column;
  const char *name, *directory;
} entry;

static uint64_t take_form(bytes *b, uint64_t form, const unit *u, const char **text) {
  bytes str;
  switch (form) {
    case 0x01: return take(b, u->address_size);
    case 0x03: { uint64_t n = take(b, 2); b->at += n; return 0; }
    case 0x04: { uint64_t n = take(b, 4); b->at += n; return 0; }
    case 0x05: return take(b, 2);
    case 0x06: return take(b, 4);
    case 0x07: return take(b, 8);
    case 0x08: *text = take_string(b); return 0;
    case 0x09: case 0x18: { uint64_t n = take_uleb(b); b->at += n; return 0; }
    case 0x0a: { uint64_t n = take(b, 1); b->at += n; return 0; }
    case 0x0b: case 0x0c: case 0x11: return take(b, 1);
    case 0x0d: return (uint64_t)take_sleb(b);
    case 0x0e:
      str = (bytes){debug.str.at + take(b, 4), debug.str.end};
      *text = (const char *)str.at;
      return 0;
    case 0x0f: case 0x15: return take_uleb(b);
    case 0x10: return take(b, 4) - (uint64_t)(u->start - debug.info.at);
    case 0x12: return take(b, 2);
    case 0x13: case 0x17: return take(b, 4);
    case 0x14: case 0x20: return take(b, 8);
    case 0x19: return 1;
    default: b->at = b->end; return 0;
  }
}

/* Reads one entry; returns 0 for the end of a list of children. */
static int take_entry(bytes *b, const unit *u, entry *e) {
  memset(e, 0, sizeof *e);
  uint64_t code = take_uleb(b);
  if (code == 0) return 0;
  if (code >= 256 || u->abbrevs[code] == NULL) {
    b->at = b->end;
    return 0;
  }
  bytes abbrev = {u->abbrevs[code], debug.abbrev.end};
  e->tag = take_uleb(&abbrev);
  e->has_children = (int)take(&abbrev, 1);
  for (;;) {
    uint64_t name = take_uleb(&abbrev), form = take_uleb(&abbrev);
    if (name == 0 && form == 0) return 1;
    const char *text = NULL;
    uint64_t value = take_form(b, form, u, &text);
    switch (name) {
      case AT_NAME: e->name = text; break;
      case AT_COMP_DIR: e->directory = text; break;
      case AT_LOW_PC: e->low = value; e->has_low = 1; break;
      case AT_HIGH_PC: e->high = value; e->has_high = 1; e->high_is_offset = form != 0x01; break;
      case AT_RANGES: e->ranges = value; e->has_ranges = 1; break;
      case AT_STMT_LIST: e->line_offset = value; break;
      case AT_ABSTRACT_ORIGIN: case AT_SPECIFICATION: e->origin = value; break;
      case AT_CALL_FILE: e->call_file = value; break;
      case AT_CALL_LINE: e->call_line = value; break;
      case AT_CALL_COLUMN: e->call_column = value; break;
    }
  }
}

static int covers(const entry *e, const unit *u, uint64_t pc) {
  if (e->has_ranges) {
    bytes b = {debug.ranges.at + e->ranges, debug.ranges.end};
    uint64_t base = u->low;
    while (b.at < b.end) {
      uint64_t low = take(&b, u->address_size), high = take(&b, u->address_size);
      if (low == 0 && high == 0) return 0;
      if (low == (u->address_size == 8 ? UINT64_MAX : UINT32_MAX)) base = high;
      else if (pc >= base + low && pc < base + high) return 1;
    }
    return 0;
  }
  if (!e->has_low || !e->has_high) return 0;
  return pc >= e->low && pc < (e->high_is_offset ? e->low + e->high : e->high);
}

static const char *name_of(const entry *e, const unit *u) {
  entry other = *e;
  for (int hops = 0; other.name == NULL && other.origin != 0 && hops < 8; hops++) {
    bytes b = {u->start + other.origin, u->entries.end};
    if (!take_entry(&b, u, &other)) break;
  }
  return other.name == NULL ? "" : other.name;
}

/* A unit's line table: where its parts stand. */
typedef struct {
  bytes program, directories, files;
  int minimum_length, default_is_stmt, line_base, line_range, opcode_base;
  const uint8_t *opcode_lengths;
} line_table;

static int open_line_table(uint64_t offset, line_table *t) {
  bytes b = {debug.line.at + offset, debug.line.end};
  uint64_t length = take(&b, 4);
  const uint8_t *end = b.at + length;
  if (end > debug.line.end || take(&b, 2) > 4) return 0;
  uint64_t header_length = take(&b, 4);
  t->program = (bytes){b.at + header_length, end};
  t->minimum_length = (int)take(&b, 1);
  take(&b, 1);
  t->default_is_stmt = (int)take(&b, 1);
  t->line_base = (int8_t)take(&b, 1);
  t->line_range = (int)take(&b, 1);
  t->opcode_base = (int)take(&b, 1);
  t->opcode_lengths = b.at;
  b.at += t->opcode_base - 1;
  t->directories = b;
  while (b.at < end && *b.at != 0) take_string(&b);
  take(&b, 1);
  t->files = b;
  return t->line_range != 0;
}

typedef struct {
  uint64_t file, line, column;
} place;

/* Runs the line program up to the row that holds the address. */
static place find_place(const line_table *t, uint64_t pc, int address_size) {
  bytes b = t->program;
  place best = {1, 0, 0}, row = {1, 1, 0}, previous = {1, 0, 0};
  uint64_t address = 0, previous_address = UINT64_MAX;
  while (b.at < b.end) {
    int emit = 0, end_sequence = 0;
    uint8_t opcode = (uint8_t)take(&b, 1);
    if (opcode >= t->opcode_base) {
      int adjusted = opcode - t->opcode_base;
      address += (uint64_t)(adjusted / t->line_range * t->minimum_length);
      row.line += (uint64_t)(int64_t)(t->line_base + adjusted % t->line_range);
      emit = 1;
    } else if (opcode == 0) {
      uint64_t length = take_uleb(&b);
      const uint8_t *next = b.at + length;
      uint8_t extended = (uint8_t)take(&b, 1);
      if (extended == 1) emit = end_sequence = 1;
      else if (extended == 2) address = take(&b, address_size);
      b.at = next;
    } else {
      switch (opcode) {
        case 1: emit = 1; break;
        case 2: address += take_uleb(&b) * (uint64_t)t->minimum_length; break;
        case 3: row.line += (uint64_t)take_sleb(&b); break;
        case 4: row.file = take_uleb(&b); break;
        case 5: row.column = take_uleb(&b); break;
        case 8: address += (uint64_t)((255 - t->opcode_base) / t->line_range * t->minimum_length); break;
        case 9: address += take(&b, 2); break;
        default:
          for (int i = 0; i < t->opcode_lengths[opcode - 1]; i++) take_uleb(&b);
      }
    }
    if (!emit) continue;
    if (previous_address != UINT64_MAX && pc >= previous_address && pc < address) best = previous;
    previous = row;
    previous_address = end_sequence ? UINT64_MAX : address;
    if (end_sequence) {
      row = (place){1, 1, 0};
      address = 0;
    }
  }
  return best;
}

/* Name and directory of a file of the table. */
static void name_file(const line_table *t, const unit *u, uint64_t number, const char **directory, const char **file) {
  bytes b = t->files;
  *directory = *file = "";
  for (uint64_t i = 1; b.at < b.end && *b.at != 0; i++) {
    const char *name = take_string(&b);
    uint64_t dir = take_uleb(&b);
    take_uleb(&b);
    take_uleb(&b);
    if (i != number) continue;
    *file = name;
    *directory = u->directory;
    bytes d = t->directories;
    for (uint64_t k = 1; k <= dir && d.at < d.end; k++) *directory = take_string(&d);
    return;
  }
}

#define MAX_INLINED 64

static int report(const unit *u, const entry *chain, int depth, uint64_t pc, rts_frame_visitor *visit) {
  line_table table;
  if (!open_line_table(u->line_offset, &table)) return 0;
  place at = find_place(&table, pc, u->address_size);
  for (int i = depth - 1; i >= 0; i--) {
    const char *directory, *file;
    name_file(&table, u, at.file, &directory, &file);
    visit(name_of(&chain[i], u), directory, file, (uint32_t)at.line, (uint32_t)at.column);
    at = (place){chain[i].call_file, chain[i].call_line, chain[i].call_column};
  }
  return depth;
}

static int search_unit(const unit *u, uint64_t pc, rts_frame_visitor *visit) {
  static entry chain[MAX_INLINED];
  int depth = 0;
  bytes b = u->entries;
  while (b.at < b.end) {
    entry e;
    if (!take_entry(&b, u, &e)) continue;
    if ((e.tag == TAG_SUBPROGRAM || e.tag == TAG_INLINED) && covers(&e, u, pc)) {
      if (e.tag == TAG_SUBPROGRAM) depth = 0;
      if (depth < MAX_INLINED) chain[depth++] = e;
    }
  }
  return depth == 0 ? 0 : report(u, chain, depth, pc, visit);
}

int rts_symbolize(uintptr_t pc, rts_frame_visitor *visit) {
  if (!debug.loaded) load();
  static unit u;
  bytes b = debug.info;
  while (b.at < b.end) {
    u.start = b.at;
    uint64_t length = take(&b, 4);
    const uint8_t *end = b.at + length;
    if (length == 0 || end > debug.info.end) return 0;
    uint64_t version = take(&b, 2), abbrevs = take(&b, 4);
    u.address_size = (int)take(&b, 1);
    if (version >= 2 && version <= 4) {
      read_abbrevs(&u, abbrevs);
      u.entries = (bytes){b.at, end};
      bytes first = u.entries;
      entry e;
      u.low = 0;
      if (take_entry(&first, &u, &e) && covers(&e, &u, pc)) {
        u.low = e.low;
        u.line_offset = e.line_offset;
        u.directory = e.directory == NULL ? "" : e.directory;
        int frames = search_unit(&u, pc, visit);
        if (frames > 0) return frames;
      }
    }
    b.at = end;
  }
  return 0;
}
