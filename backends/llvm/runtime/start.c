/* Start and end of the process: the Vm struct, the stacks, the program's entry, an uncaught exception. */
#define _GNU_SOURCE
#include "rts.h"
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

_Alignas(64) rts_vm_t rts_vm;

/* Set when RTS_GC_STRESS asks for a collection at every allocation. */
intptr_t rts_gc_stress;

/* What the environment asks of the collector, 0 where it says nothing; the order is that of gc/collectors/parameters.ts. */
intptr_t rts_gc_parameters[4];

int rts_argc;
char **rts_argv;

/* What C functions and unchecked leaf functions may use below the limit. */
#define STACK_RESERVE (256 * 1024)
#define UNLIMITED_STACK ((uintptr_t)64 << 20)

static uintptr_t system_stack_bytes(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return UNLIMITED_STACK;
  return limit.rlim_cur;
}

/* Sets how many bytes of stack may be used before StackOverflowError, as far as the system's limit allows. */
void rts_set_stack_limit(intptr_t bytes) {
  uintptr_t most = system_stack_bytes();
  most = most > 2 * STACK_RESERVE ? most - STACK_RESERVE : most / 2;
  uintptr_t used = bytes <= 0 || (uintptr_t)bytes > most ? most : (uintptr_t)bytes;
  rts_vm.stackLimit = rts_vm.stackBase - used;
}

/* The shadow stack holds at most as many words as the machine stack can hold frames' worth of. */
static void map_shadow_stack(void) {
  size_t bytes = 2 * system_stack_bytes();
  char *base = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (base == MAP_FAILED) rts_fatal("no memory for the shadow stack", NULL);
  rts_vm.shadowBase = rts_vm.shadowTop = base;
  rts_vm.shadowLimit = base + bytes;
}

intptr_t rts_parameter(const char *name, intptr_t otherwise) {
  const char *text = getenv(name);
  if (text == NULL || *text == 0) return otherwise;
  char *end;
  long long value = strtoll(text, &end, 10);
  switch (*end) {
    case 'g': case 'G': value <<= 10; /* fall through */
    case 'm': case 'M': value <<= 10; /* fall through */
    case 'k': case 'K': value <<= 10;
  }
  return (intptr_t)value;
}

int main(int argc, char **argv) {
  rts_argc = argc;
  rts_argv = argv;
  rts_vm.stackBase = (char *)__builtin_frame_address(0);
  rts_set_stack_limit(0);
  map_shadow_stack();
  rts_install_fault_handlers();
  /* A closed pipe is an error that the program sees (EPIPE). */
  signal(SIGPIPE, SIG_IGN);
  rts_gc_stress = rts_parameter("RTS_GC_STRESS", 0);
  rts_gc_parameters[0] = rts_parameter("RTS_GC_NURSERY", 0);
  rts_gc_parameters[1] = rts_parameter("RTS_GC_MAJOR_FACTOR", 0);
  rts_gc_parameters[2] = rts_parameter("RTS_GC_MAX", 0);
  rts_gc_parameters[3] = rts_parameter("RTS_GC_VERIFY", 0);
  rts_log_setup();
  rts_memory_setup();
  rts_program_setup();
  intptr_t code = rts_program_entry(argc, argv);
  if (rts_vm.exception != NULL) {
    void *exception = rts_vm.exception;
    rts_vm.exception = NULL;
    rts_program_uncaught(exception);
    if (rts_vm.exception != NULL) rts_put("Uncaught error, and no memory to say which\n");
    code = 1;
  }
  rts_log_end();
  return (int)(code & 255);
}
