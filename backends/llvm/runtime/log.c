/*
 * The common log: nested timed sections and lines of text within them, written by collectors, the JIT and programs
 * (rlib/log.ts, gc/collectors/log.ts) and read by `bin/rtslog`. It is here and not in RTypeScript because a collector
 * must be able to write it while the heap is in pieces: no allocation, names are C strings.
 *
 *     RTSLOG=gc,jit-backend:FILE     the sections whose names begin so; RTSLOG=FILE or RTSLOG=:FILE all of them
 *
 * FILE `-` is standard error; `%d` in it becomes the process's number. Without `%d` the variable is taken out of the
 * environment, so that the children of this process do not write over the file. Times are microseconds since start-up,
 * with three decimals:
 *
 *     rtslog 1 pid=7 word=64 time=1700000000.250 program=/bin/x-c
 *     [12.345] {gc-minor
 *     nursery=4194304 survived=81920
 *     [13.000] gc-minor}
 *     [99.500] end
 *
 * Each section is wanted or not by its own name, whatever it lies in: a collection inside a silent section is logged.
 * Text belongs to the innermost open section. An exception that leaves sections open does no harm: stopping a section
 * closes what was opened in it. Output is collected in a buffer; it is written when that is full, when the outermost
 * section ends and a tenth of a second has passed, and when the process ends, be it by a fatal error.
 */
#define _GNU_SOURCE
#include "rts.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define BUFFER (64 * 1024)
#define MAX_DEPTH 256
#define MAX_PREFIXES 32
#define FLUSH_NANOSECONDS 100000000

/* 1 when there is a log: what is asked before anything else is done. */
intptr_t rts_log_on;

static int fd = -1, flush_always;
static char buffer[BUFFER];
static size_t used;
static uint64_t start, flushed;
static char categories[1024];
static const char *prefixes[MAX_PREFIXES];
static int prefix_count;
/* Open sections, wanted or not, by a hash of their names. */
static struct {
  uint32_t name;
  int wanted;
} open_sections[MAX_DEPTH];
static int depth;
/* Numbers stand on the current line, which has no end yet. */
static int in_line;

static uint64_t nanoseconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

static void flush(void) {
  for (size_t done = 0; done < used;) {
    ssize_t n = write(fd, buffer + done, used - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    done += (size_t)n;
  }
  used = 0;
}

static void put(const char *bytes, size_t count) {
  while (count > 0) {
    if (used == BUFFER) flush();
    size_t part = count < BUFFER - used ? count : BUFFER - used;
    memcpy(buffer + used, bytes, part);
    used += part;
    bytes += part;
    count -= part;
  }
}

static void put_text(const char *text) { put(text, strlen(text)); }

static void put_digits(uint64_t number, int least) {
  char digits[24];
  size_t at = sizeof digits;
  for (; number > 0 || least > 0; number /= 10, least--) digits[--at] = (char)('0' + number % 10);
  put(digits + at, sizeof digits - at);
}

static void put_stamp(uint64_t now) {
  uint64_t since = now - start;
  put_text(in_line ? "\n[" : "[");
  in_line = 0;
  put_digits(since / 1000, 1);
  put_text(".");
  put_digits(since % 1000, 3);
  put_text("] ");
}

static uint32_t hash_of(const char *name) {
  uint32_t hash = 2166136261u;
  for (; *name != 0; name++) hash = (hash ^ (uint8_t)*name) * 16777619u;
  return hash;
}

static int is_wanted(const char *section) {
  for (int i = 0; i < prefix_count; i++)
    if (strncmp(section, prefixes[i], strlen(prefixes[i])) == 0) return 1;
  return prefix_count == 0;
}

/* The file with `%d` replaced; whether there was one. */
static int expand(const char *file, char *path, size_t capacity) {
  const char *mark = strstr(file, "%d");
  if (mark == NULL) snprintf(path, capacity, "%s", file);
  else snprintf(path, capacity, "%.*s%d%s", (int)(mark - file), file, (int)getpid(), mark + 2);
  return mark != NULL;
}

static void put_header(void) {
  char line[4200], path[4096];
  ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
  path[length < 0 ? 0 : length] = 0;
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  snprintf(line, sizeof line, "rtslog 1 pid=%d word=%d time=%lld.%03d program=%s\n", (int)getpid(),
           (int)sizeof(void *) * 8, (long long)t.tv_sec, (int)(t.tv_nsec / 1000000), path);
  put_text(line);
}

void rts_log_setup(void) {
  const char *setting = getenv("RTSLOG");
  if (setting == NULL || *setting == 0) return;
  const char *colon = strchr(setting, ':');
  if (colon != NULL) {
    snprintf(categories, sizeof categories, "%.*s", (int)(colon - setting), setting);
    for (char *p = strtok(categories, ","); p != NULL && prefix_count < MAX_PREFIXES; p = strtok(NULL, ","))
      prefixes[prefix_count++] = p;
  }
  const char *file = colon == NULL ? setting : colon + 1;
  char path[4096];
  int shared = expand(file, path, sizeof path);
  flush_always = strcmp(path, "-") == 0;
  fd = flush_always ? 2 : open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) {
    rts_put("RTSLOG: cannot write ");
    rts_put(path);
    rts_put(": ");
    rts_put(strerror(errno));
    rts_put("\n");
    return;
  }
  if (!shared) unsetenv("RTSLOG");
  start = flushed = nanoseconds();
  put_header();
  rts_log_on = 1;
}

intptr_t rts_log_is_on(void) { return rts_log_on; }

intptr_t rts_log_wanted(const char *section) { return rts_log_on != 0 && is_wanted(section); }

void rts_log_start(const char *section) {
  if (!rts_log_on) return;
  int wanted = is_wanted(section);
  if (depth < MAX_DEPTH) {
    open_sections[depth].name = hash_of(section);
    open_sections[depth].wanted = wanted;
  }
  depth++;
  if (!wanted) return;
  put_stamp(nanoseconds());
  put_text("{");
  put_text(section);
  put_text("\n");
}

/* The depth at which the section was opened last; -1 if it is not open. */
static int level_of(const char *section) {
  if (depth > MAX_DEPTH) return depth - 1;
  uint32_t name = hash_of(section);
  int level = depth - 1;
  while (level >= 0 && open_sections[level].name != name) level--;
  return level;
}

void rts_log_stop(const char *section) {
  if (!rts_log_on) return;
  int level = level_of(section);
  if (level < 0) return;
  depth = level;
  if (!is_wanted(section)) return;
  uint64_t now = nanoseconds();
  put_stamp(now);
  put_text(section);
  put_text("}\n");
  if (depth > 0 || (!flush_always && now - flushed < FLUSH_NANOSECONDS)) return;
  flushed = now;
  flush();
}

/* Does text go anywhere now? */
static int is_open(void) {
  if (!rts_log_on || depth == 0) return 0;
  return depth > MAX_DEPTH || open_sections[depth - 1].wanted;
}

void rts_log_text(const uint8_t *bytes, intptr_t count) {
  if (!is_open()) return;
  if (in_line) put_text("\n");
  in_line = 0;
  put((const char *)bytes, (size_t)count);
  put_text("\n");
}

void rts_log_number(const char *name, intptr_t value) {
  if (!is_open()) return;
  if (in_line) put_text(" ");
  in_line = 1;
  put_text(name);
  put_text(value < 0 ? "=-" : "=");
  put_digits(value < 0 ? 0 - (uint64_t)value : (uint64_t)value, 1);
}

void rts_log_end(void) {
  if (!rts_log_on) return;
  put_stamp(nanoseconds());
  put_text("end\n");
  flush();
  rts_log_on = 0;
}
