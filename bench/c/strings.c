/* The strings are 16-bit units, as in the TypeScript version. */
#include "harness.h"
#include <stdint.h>
enum { LINES = 3000 };

struct text { uint16_t *units; size_t length, room; };

static void add(struct text *t, const uint16_t *units, size_t n) {
  if (t->length + n > t->room) {
    t->room = (t->length + n) * 2;
    t->units = realloc(t->units, t->room * sizeof *t->units);
  }
  memcpy(t->units + t->length, units, n * sizeof *units);
  t->length += n;
}

static void add_ascii(struct text *t, const char *s) {
  for (; *s; s++) {
    uint16_t unit = (unsigned char)*s;
    add(t, &unit, 1);
  }
}

static struct text make_text(void) {
  struct text t = {0};
  long seed = 7;
  for (int i = 0; i < LINES; i++) {
    char head[32];
    snprintf(head, sizeof head, "line %d: ", i);
    add_ascii(&t, head);
    for (int j = 0; j < 8; j++) {
      seed = (seed * 75 + 74) % 65537;
      uint16_t unit = (uint16_t)(97 + seed % 26);
      add(&t, &unit, 1);
      add_ascii(&t, j % 2 == 0 ? "a-" : "b ");
    }
    add_ascii(&t, "\n");
  }
  return t;
}

static struct text copy(const uint16_t *units, size_t n) {
  struct text t = {0};
  add(&t, units, n);
  return t;
}

static int find(const struct text *t, const char *what, size_t from) {
  size_t n = strlen(what);
  for (size_t i = from; i + n <= t->length; i++) {
    size_t k = 0;
    while (k < n && t->units[i + k] == (unsigned char)what[k]) k++;
    if (k == n) return (int)i;
  }
  return -1;
}

static int by_units(const void *a, const void *b) {
  const struct text *x = a, *y = b;
  size_t n = x->length < y->length ? x->length : y->length;
  for (size_t i = 0; i < n; i++) if (x->units[i] != y->units[i]) return x->units[i] < y->units[i] ? -1 : 1;
  return x->length < y->length ? -1 : x->length > y->length;
}

static size_t split(const struct text *t, uint16_t unit, struct text **parts) {
  size_t count = 0, room = 16, start = 0;
  *parts = malloc(room * sizeof **parts);
  for (size_t i = 0; i <= t->length; i++) {
    if (i < t->length && t->units[i] != unit) continue;
    if (count == room) *parts = realloc(*parts, (room *= 2) * sizeof **parts);
    (*parts)[count++] = copy(t->units + start, i - start);
    start = i + 1;
  }
  return count;
}

static void workload(char *out, size_t size) {
  struct text text = make_text();
  struct text *lines, *kept = malloc((LINES + 1) * sizeof *kept);
  size_t count = split(&text, '\n', &lines), used = 0;
  long vowels = 0;
  for (size_t i = 0; i < count; i++) {
    int colon = find(&lines[i], ": ", 0);
    if (colon < 0) continue;
    struct text tail = copy(lines[i].units + colon + 2, lines[i].length - colon - 2);
    struct text *words, joined = {0};
    size_t n = split(&tail, ' ', &words);
    for (size_t j = 0; j < n; j++) {
      if ((words[j].length > 0 && words[j].units[0] == 'e') || find(&words[j], "ua", 0) >= 0) vowels++;
      if (j > 0) add_ascii(&joined, "+");
      add(&joined, words[j].units, words[j].length);
      free(words[j].units);
    }
    struct text upper = copy(joined.units, joined.length);
    for (size_t k = 0; k < upper.length; k++)
      if (upper.units[k] >= 'a' && upper.units[k] <= 'z') upper.units[k] -= 32;
    kept[used++] = upper;
    free(joined.units), free(tail.units), free(words);
  }
  qsort(kept, used, sizeof *kept, by_units);
  struct text all = {0};
  for (size_t i = 0; i < used; i++) {
    if (i > 0) add_ascii(&all, "\n");
    add(&all, kept[i].units, kept[i].length);
    free(kept[i].units);
  }
  long sum = 0;
  for (size_t i = 0; i < all.length; i++) sum = (sum * 31 + all.units[i]) % 1000000007;
  snprintf(out, size, "%ld %ld", sum, vowels);
  for (size_t i = 0; i < count; i++) free(lines[i].units);
  free(lines), free(kept), free(all.units), free(text.units);
}

int main(int argc, char **argv) { return benchmark("strings", workload, argc, argv); }
