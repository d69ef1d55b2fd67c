#include "harness.h"
enum { DEPTH = 14 };

struct tree { struct tree *left, *right; };

static struct tree *build(int depth) {
  struct tree *t = malloc(sizeof *t);
  t->left = depth == 0 ? NULL : build(depth - 1);
  t->right = depth == 0 ? NULL : build(depth - 1);
  return t;
}

static long count(const struct tree *t) {
  if (t->left == NULL || t->right == NULL) return 1;
  return 1 + count(t->left) + count(t->right);
}

static void release(struct tree *t) {
  if (t == NULL) return;
  release(t->left), release(t->right);
  free(t);
}

static void workload(char *out, size_t size) {
  long total = 0;
  struct tree *kept = build(DEPTH);
  for (int depth = 4; depth <= DEPTH; depth += 4) {
    int rounds = 1 << (DEPTH - depth + 4);
    for (int i = 0; i < rounds; i++) {
      struct tree *t = build(depth);
      total += count(t);
      release(t);
    }
  }
  snprintf(out, size, "%ld", total + count(kept));
  release(kept);
}

int main(int argc, char **argv) { return benchmark("binarytrees", workload, argc, argv); }
