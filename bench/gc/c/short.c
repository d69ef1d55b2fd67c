#include "../../c/harness.h"
enum { NODES = 100000000, BUFFER = 4 << 20 };

/* The header stands for the collector's word. */
struct node {
  long header, value;
  struct node *next;
};

static char *buffer, *next_free, *top;
static struct node *volatile_last;

static __attribute__((noinline, cold)) char *refill(void) {
  top = buffer + BUFFER;
  return next_free = buffer;
}

static void workload(char *out, size_t size) {
  struct node **holder = &volatile_last;
  __asm__("" : "+r"(holder));
  for (long i = 0; i < NODES; i++) {
    char *at = next_free;
    if (top - at < (long)sizeof(struct node)) at = refill();
    next_free = at + sizeof(struct node);
    struct node *n = (struct node *)at;
    n->header = 0x200;
    n->value = i;
    n->next = NULL;
    *holder = n;
  }
  snprintf(out, size, "%ld", (*holder)->value);
}

int main(int argc, char **argv) {
  buffer = malloc(BUFFER);
  memset(buffer, 0, BUFFER);
  return benchmark("short", workload, argc, argv);
}
