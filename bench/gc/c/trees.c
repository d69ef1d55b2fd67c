#define CPU_TIME
#include "../../c/harness.h"
enum { DEPTH = 18 };

struct tree {
  struct tree *left, *right;
};

static struct tree *build(int depth) {
  struct tree *t = malloc(sizeof *t);
  t->left = depth == 0 ? NULL : build(depth - 1);
  t->right = depth == 0 ? NULL : build(depth - 1);
  return t;
}

static long count(const struct tree *t) {
  return t->left == NULL || t->right == NULL ? 1 : 1 + count(t->left) + count(t->right);
}

static void release(struct tree *t) {
  if (t == NULL) return;
  release(t->left), release(t->right);
  free(t);
}

static long once(int depth) {
  struct tree *t = build(depth);
  long n = count(t);
  release(t);
  return n;
}

static void workload(char *out, size_t size) {
  long total = once(DEPTH + 1);
  struct tree *kept = build(DEPTH);
  for (int depth = 4; depth <= DEPTH; depth += 2)
    for (int i = 0; i < 1 << (DEPTH - depth + 4); i++) total += once(depth);
  snprintf(out, size, "%ld", total + count(kept));
  release(kept);
}

int main(int argc, char **argv) { return benchmark("trees", workload, argc, argv); }
