/*
 * Where the program is, in TypeScript terms. Two sources: the ring of positions that exceptions leave behind while
 * they pass (written by compiled code through rts_raise and rts_trace), and the machine stack, whose return addresses
 * dwarf.c translates. Fatal errors and faults print both kinds as Node prints a stack.
 */
#define _GNU_SOURCE
#include "rts.h"
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>
#include <unwind.h>

#define RING 256
/* Positions are aligned to 4, so bit 0 can mark where an exception began. */
#define START 1u
#define EXIT_FATAL 70

static uint32_t ring[RING];

typedef struct {
  uint32_t function, file;
} scope;

static const char *text_at(uint32_t address) { return (const char *)(uintptr_t)address; }

static void record(uint32_t entry) { ring[(uintptr_t)rts_vm.tracePosition++ % RING] = entry; }

void rts_trace(const rts_position *at) { record((uint32_t)(uintptr_t)at); }

void rts_raise(void *exception, const rts_position *at) {
  rts_vm.exception = exception;
  int again = exception == rts_vm.caught && rts_vm.tracePosition == rts_vm.caughtPosition;
  record((uint32_t)(uintptr_t)at | (again ? 0 : START));
}

/* Output without stdio or allocation: usable in a signal handler. */
static void put_bytes(const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t done = write(2, bytes, length);
    if (done <= 0) return;
    bytes += done;
    length -= (size_t)done;
  }
}

void rts_put(const char *text) { put_bytes(text, strlen(text)); }

void rts_put_number(uintptr_t number) {
  char digits[24];
  size_t at = sizeof digits;
  do digits[--at] = (char)('0' + number % 10);
  while ((number /= 10) > 0);
  put_bytes(digits + at, sizeof digits - at);
}

static size_t append(char *out, size_t capacity, size_t at, const char *text) {
  for (; *text != 0; text++, at++)
    if (at < capacity) out[at] = *text;
  return at;
}

static size_t append_number(char *out, size_t capacity, size_t at, uint32_t number) {
  char digits[12];
  int i = 11;
  digits[i] = 0;
  do digits[--i] = (char)('0' + number % 10);
  while ((number /= 10) > 0);
  return append(out, capacity, at, digits + i);
}

static uint32_t line_of(const rts_position *at) { return (at->place & 0x7fffffff) >> 11; }
static uint32_t column_of(const rts_position *at) { return at->place & 2047; }

static const rts_position *caller_of(const rts_position *at) {
  return at->place >> 31 ? (const rts_position *)(uintptr_t)at->inlined_at : NULL;
}

static size_t describe(const rts_position *at, char *out, size_t capacity) {
  const scope *s = (const scope *)(uintptr_t)at->scope;
  const char *function = text_at(s->function);
  size_t n = append(out, capacity, 0, *function ? function : "<anonymous>");
  n = append(out, capacity, n, " (");
  n = append(out, capacity, n, text_at(s->file));
  n = append(out, capacity, n, ":");
  n = append_number(out, capacity, n, line_of(at));
  n = append(out, capacity, n, ":");
  n = append_number(out, capacity, n, column_of(at));
  return append(out, capacity, n, ")");
}

/* The trace being reported: entries of the ring from the start of the last exception. */
static uint32_t reported[RING];
static int reported_count;

void rts_trace_begin(void) {
  uintptr_t end = (uintptr_t)rts_vm.tracePosition;
  uintptr_t available = end < RING ? end : RING;
  uintptr_t count = 0;
  while (count < available) {
    count++;
    if (ring[(end - count) % RING] & START) break;
  }
  reported_count = (int)count;
  for (uintptr_t i = 0; i < count; i++) reported[i] = ring[(end - count + i) % RING] & ~START;
}

intptr_t rts_trace_line(intptr_t n, uint8_t *out, intptr_t capacity) {
  for (int i = 0; i < reported_count; i++) {
    const rts_position *at = (const rts_position *)(uintptr_t)reported[i];
    for (; at != NULL; at = caller_of(at)) {
      if (n-- > 0) continue;
      size_t length = describe(at, (char *)out, (size_t)capacity);
      return length > (size_t)capacity ? capacity : (intptr_t)length;
    }
  }
  return -1;
}

static void print_position(const rts_position *at) {
  for (; at != NULL; at = caller_of(at)) {
    char line[512];
    size_t length = describe(at, line, sizeof line);
    rts_put("    at ");
    put_bytes(line, length > sizeof line ? sizeof line : length);
    rts_put("\n");
  }
}

/* Used when the program has no printer of its own. */
void rts_print_trace(void) {
  rts_trace_begin();
  for (int i = 0; i < reported_count; i++) print_position((const rts_position *)(uintptr_t)reported[i]);
}

static void print_frame(const char *function, const char *directory, const char *file, uint32_t line,
                        uint32_t column) {
  rts_put("    at ");
  rts_put(*function ? function : "<anonymous>");
  rts_put(" (");
  if (*directory != 0 && file[0] != '/') {
    rts_put(directory);
    rts_put("/");
  }
  rts_put(file);
  rts_put(":");
  rts_put_number(line);
  rts_put(":");
  rts_put_number(column);
  rts_put(")\n");
}

#define MAX_FRAMES 10000
#define PRINTED_FRAMES 50

typedef struct {
  uintptr_t skip_to;
  int started, frames, printed;
} walk;

static _Unwind_Reason_Code visit(struct _Unwind_Context *context, void *data) {
  walk *w = data;
  int before = 0;
  uintptr_t pc = _Unwind_GetIPInfo(context, &before);
  if (++w->frames > MAX_FRAMES || w->printed >= PRINTED_FRAMES) return _URC_END_OF_STACK;
  if (!w->started && pc != w->skip_to) return _URC_NO_REASON;
  w->started = 1;
  w->printed += rts_symbolize(before ? pc : pc - 1, print_frame);
  return _URC_NO_REASON;
}

void rts_print_native_frames(uintptr_t skip_to) {
  walk w = {skip_to, skip_to == 0, 0, 0};
  _Unwind_Backtrace(visit, &w);
  if (w.printed >= PRINTED_FRAMES) rts_put("    ...\n");
}

static volatile sig_atomic_t dying;

static _Noreturn void die(const char *message, const rts_position *at, uintptr_t skip_to) {
  if (dying) _exit(EXIT_FATAL);
  dying = 1;
  rts_put("fatal error: ");
  rts_put(message);
  rts_put("\n");
  /* The frames of the machine stack include the position itself when debug information is there. */
  walk w = {skip_to, skip_to == 0, 0, 0};
  _Unwind_Backtrace(visit, &w);
  if (w.printed == 0) print_position(at);
  if (w.printed >= PRINTED_FRAMES) rts_put("    ...\n");
  rts_log_end();
  _exit(EXIT_FATAL);
}

void rts_fatal(const char *message, const rts_position *at) { die(message, at, 0); }

void rts_out_of_memory(void) { die("out of memory", NULL, 0); }

/* Stops the program with a message of `length` UTF-16 units. */
_Noreturn void rts_fatal_units(const rts_unit *units, intptr_t length) {
  char text[512];
  size_t n = 0;
  for (intptr_t i = 0; i < length && n < sizeof text - 1; i++) text[n++] = units[i] < 128 ? (char)units[i] : '?';
  text[n] = 0;
  die(text, NULL, 0);
}

/* Addresses below this are null with a field offset. */
#define NULL_PAGES 65536
#define STACK_NEAR 65536

static void on_fault(int signal, siginfo_t *info, void *data) {
  const ucontext_t *context = data;
#if defined(__x86_64__)
  uintptr_t pc = (uintptr_t)context->uc_mcontext.gregs[REG_RIP];
  uintptr_t sp = (uintptr_t)context->uc_mcontext.gregs[REG_RSP];
#else
  uintptr_t pc = (uintptr_t)context->uc_mcontext.gregs[REG_EIP];
  uintptr_t sp = (uintptr_t)context->uc_mcontext.gregs[REG_ESP];
#endif
  uintptr_t address = (uintptr_t)info->si_addr;
  const char *message = "memory fault";
  if (signal == SIGFPE) message = "integer division fault";
  else if (signal == SIGILL) message = "illegal instruction";
  else if (address < NULL_PAGES) message = "null used as an object";
  else if (address + STACK_NEAR > sp && address < sp + STACK_NEAR) message = "stack overflow";
  die(message, NULL, pc);
}

void rts_install_fault_handlers(void) {
  static char stack[64 * 1024];
  stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&alternate, NULL);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = on_fault;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
  const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL};
  for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) sigaction(faults[i], &action, NULL);
}
