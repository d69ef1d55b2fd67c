#define CPU_TIME
#include "../../c/harness.h"
enum { NODES = 100000000, BUFFER = 4 << 20 };

/* The header stands for the collector's word. */
struct node {
  long header, value;
  struct node *next;
};

static char *buffer;
struct node *last;

static void workload(char *out, size_t size) {
  struct node *end = calloc(1, sizeof *end);
  end->value = -1;
  char *at = buffer, *top = buffer + BUFFER;
  for (long i = 0; i < NODES; i++) {
    if (top - at < (long)sizeof(struct node)) at = buffer;
    struct node *n = (struct node *)at;
    at += sizeof *n;
    n->header = 0x200;
    n->value = i;
    n->next = end;
    last = n;
    /* Every node must be stored to. */
    __asm__ volatile("" : : : "memory");
  }
  snprintf(out, size, "%ld %ld", last->value, last->next->value);
}

int main(int argc, char **argv) {
  buffer = malloc(BUFFER);
  memset(buffer, 0, BUFFER);
  return benchmark("short", workload, argc, argv);
}
