/*
 * Memory for machine code made at run time, and what such code and its collector's side share.
 *
 * Code lies below 2 GB, as the program does: calls reach in both directions, and addresses fit 32 bits. One region is
 * reserved at the first use; its pages cost nothing until they are written.
 */
#define _GNU_SOURCE
#include "rts.h"
#include <string.h>
#include <sys/mman.h>

/* Entries of eight bytes; see gc/collectors/machinecode.ts and jit/backend/x86/runtime.ts. */
_Alignas(64) uint64_t rts_jit_area[64];

/* Where the region may be: above the program and its break, below 2 GB. */
#define LOWEST ((uintptr_t)0x20000000)
#define HIGHEST ((uintptr_t)0x78000000)
#define STEP ((uintptr_t)0x04000000)

static void *reserve_at(uintptr_t at, size_t bytes) {
  void *p = mmap((void *)at, bytes, PROT_READ | PROT_WRITE | PROT_EXEC,
                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
  if (p == MAP_FAILED) return NULL;
  /* Old kernels take the address for a hint. */
  if ((uintptr_t)p == at) return p;
  munmap(p, bytes);
  return NULL;
}

/* Executable memory, or 0 when the system gives none. */
intptr_t rts_code_reserve(intptr_t bytes) {
  for (uintptr_t at = HIGHEST - (size_t)bytes; at >= LOWEST; at -= STEP) {
    void *p = reserve_at(at, (size_t)bytes);
    if (p != NULL) return (intptr_t)p;
  }
  return 0;
}

/* Gives pages that no code uses any more back to the system. */
void rts_code_discard(intptr_t at, intptr_t bytes) { madvise((void *)at, (size_t)bytes, MADV_DONTNEED); }

/* Makes code writable, or executable again: never both at once in programs that are built with assertions. */
void rts_code_protect(intptr_t at, intptr_t bytes, int32_t writable) {
  uintptr_t start = (uintptr_t)at & -(uintptr_t)4096;
  uintptr_t end = ((uintptr_t)at + (uintptr_t)bytes + 4095) & -(uintptr_t)4096;
  mprotect((void *)start, end - start, PROT_READ | (writable ? PROT_WRITE : PROT_EXEC));
}

/* Bit 0: rounding instructions (SSE 4.1); bit 1: popcnt. */
int32_t rts_cpu_features(void) {
  __builtin_cpu_init();
  return (__builtin_cpu_supports("sse4.1") != 0) | (__builtin_cpu_supports("popcnt") != 0) << 1;
}

/* Ends the program: a check failed in code that has no position of its own. */
void rts_jit_stop(intptr_t text) { rts_fatal((const char *)text, NULL); }

/* Collectors without cards are told of stores into arrays by their write barrier; code asks first. */
__attribute__((weak)) void rts_gc_array_barrier(void *array, intptr_t index) {
  (void)array, (void)index;
  rts_fatal("a card of a collector without cards", NULL);
}
