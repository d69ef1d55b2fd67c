#define CPU_TIME
#include "../../c/harness.h"
#include <sys/mman.h>
enum { NODES = 40000000, CHUNK = 1 << 20 };

struct node {
  long value;
  struct node *next;
};

static char *next_free, *top;

/* A bump allocator that never frees. */
static inline void *take(long bytes) {
  if (top - next_free < bytes) {
    next_free = mmap(NULL, CHUNK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    top = next_free + CHUNK;
  }
  void *at = next_free;
  next_free += bytes;
  return at;
}

static struct node *build(long n) {
  struct node *last = NULL;
  for (long i = 0; i < n; i++) {
    struct node *made = take(sizeof *made);
    made->value = i;
    made->next = last;
    last = made;
  }
  return last;
}

static long sum(const struct node *list) {
  long total = 0;
  for (; list != NULL; list = list->next) total += list->value & 7;
  return total;
}

static void workload(char *out, size_t size) {
  long total = 0;
  for (int i = 0; i < 2; i++) total += sum(build(NODES));
  snprintf(out, size, "%ld", total);
}

int main(int argc, char **argv) { return benchmark("list", workload, argc, argv); }
