/* Open addressing with linear probing, insertion-ordered entries; strings are owned copies. */
#include "harness.h"
#include <stdint.h>
enum { WORDS = 200000, KEYS = 200000 };

struct entry { char *text; long key; long value; uint64_t hash; int live; };
struct map { int32_t *index; size_t slots; struct entry *entries; size_t used, live, room; };

static void map_init(struct map *m) {
  m->slots = 16, m->used = m->live = 0, m->room = 8;
  m->index = malloc(m->slots * sizeof *m->index);
  memset(m->index, 0xff, m->slots * sizeof *m->index);
  m->entries = malloc(m->room * sizeof *m->entries);
}

static void map_grow(struct map *m) {
  m->slots *= 2, m->room = m->slots / 2;
  m->index = realloc(m->index, m->slots * sizeof *m->index);
  memset(m->index, 0xff, m->slots * sizeof *m->index);
  m->entries = realloc(m->entries, m->room * sizeof *m->entries);
  for (size_t i = 0; i < m->used; i++) {
    size_t at = m->entries[i].hash & (m->slots - 1);
    while (m->index[at] >= 0) at = (at + 1) & (m->slots - 1);
    m->index[at] = (int32_t)i;
  }
}

static uint64_t hash_text(const char *s) {
  uint64_t h = 1469598103934665603u;
  for (; *s; s++) h = (h ^ (unsigned char)*s) * 1099511628211u;
  return h ^ (h >> 29);
}

static uint64_t hash_long(long k) {
  uint64_t h = (uint64_t)k * 0x9e3779b97f4a7c15u;
  return h ^ (h >> 32);
}

static struct entry *map_find(struct map *m, const char *text, long key, uint64_t hash) {
  size_t at = hash & (m->slots - 1);
  for (; m->index[at] >= 0; at = (at + 1) & (m->slots - 1)) {
    struct entry *e = &m->entries[m->index[at]];
    if (!e->live || e->hash != hash) continue;
    if (text ? strcmp(e->text, text) == 0 : e->key == key) return e;
  }
  return NULL;
}

static struct entry *map_put(struct map *m, const char *text, long key, uint64_t hash) {
  struct entry *e = map_find(m, text, key, hash);
  if (e) return e;
  if (m->used == m->room) map_grow(m);
  size_t at = hash & (m->slots - 1);
  while (m->index[at] >= 0) at = (at + 1) & (m->slots - 1);
  m->index[at] = (int32_t)m->used;
  e = &m->entries[m->used++];
  e->text = text ? strdup(text) : NULL, e->key = key, e->value = 0, e->hash = hash, e->live = 1;
  m->live++;
  return e;
}

static void map_free(struct map *m) {
  for (size_t i = 0; i < m->used; i++) free(m->entries[i].text);
  free(m->index), free(m->entries);
}

static long count_words(void) {
  struct map m;
  map_init(&m);
  long seed = 42;
  for (int i = 0; i < WORDS; i++) {
    seed = (seed * 1103515245 + 12345) % 2147483648 % 1000003;
    char word[24];
    snprintf(word, sizeof word, "w%ld", seed % 5000);
    map_put(&m, word, 0, hash_text(word))->value++;
  }
  long most = 0;
  for (size_t i = 0; i < m.used; i++)
    if (m.entries[i].live && m.entries[i].value > most && strlen(m.entries[i].text) > 2) most = m.entries[i].value;
  long result = most * 10000 + (long)m.live;
  map_free(&m);
  return result;
}

static long numbers(void) {
  struct map m;
  map_init(&m);
  for (long i = 0; i < KEYS; i++) map_put(&m, NULL, i * 7, hash_long(i * 7))->value = i % 1000;
  long sum = 0;
  for (long i = 0; i < KEYS * 2; i++) {
    struct entry *e = map_find(&m, NULL, i, hash_long(i));
    if (e) sum += e->value;
  }
  for (long i = 0; i < KEYS; i += 2) {
    struct entry *e = map_find(&m, NULL, i * 7, hash_long(i * 7));
    e->live = 0, m.live--;
  }
  for (size_t i = 0; i < m.used; i++) if (m.entries[i].live) sum += m.entries[i].value;
  sum += (long)m.live;
  map_free(&m);
  return sum;
}

static void workload(char *out, size_t size) {
  long words = count_words();
  snprintf(out, size, "%ld %ld", words, numbers());
}

int main(int argc, char **argv) { return benchmark("hashmap", workload, argc, argv); }
