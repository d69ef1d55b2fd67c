/* Runs a workload a number of times and prints milliseconds per round, like bench/rts/harness.ts. */
#pragma once
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifdef CPU_TIME
#define CLOCK CLOCK_PROCESS_CPUTIME_ID
#else
#define CLOCK CLOCK_MONOTONIC
#endif

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

/* The workload writes its checksum as text. */
static int benchmark(const char *name, void (*workload)(char *out, size_t size), int argc, char **argv) {
  int rounds = argc > 1 ? atoi(argv[1]) : 10;
  char result[256] = "";
  for (int i = 0; i < rounds; i++) {
    double start = now_ms();
    workload(result, sizeof result);
    printf("%s %.3f\n", name, now_ms() - start);
  }
  printf("result %s\n", result);
  return 0;
}
