/*
 * Memory. Raw blocks for collectors written in RTypeScript, and whole allocators for `--gc=none` (bump, never freed)
 * and `--gc=boehm` (libgc), with the entry points that compiled code calls (`rts_gc_…`, see gc/interface.ts).
 */
#define _GNU_SOURCE
#include "rts.h"
#include <string.h>
#include <sys/mman.h>

#define PAGE 4096

static void *map(size_t bytes) {
  void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  return p == MAP_FAILED ? NULL : p;
}

/* Zeroed memory from the system, or null. */
void *rts_raw_malloc(intptr_t bytes) { return bytes < 0 ? NULL : map(((size_t)bytes + PAGE - 1) & -(size_t)PAGE); }

void rts_raw_free(void *at, intptr_t bytes) { munmap(at, ((size_t)bytes + PAGE - 1) & -(size_t)PAGE); }

#if defined(RTS_BUMP) || defined(RTS_BOEHM)

static rts_type *entry_of(intptr_t type_id) { return (rts_type *)(rts_types + ((uintptr_t)type_id << RTS_TYPE_SHIFT)); }

/* Writes the header; null stays null. */
static void *init(void *object, intptr_t type_id) {
  if (object == NULL) return NULL;
  *(uintptr_t *)object = (uintptr_t)type_id;
#if RTS_TYPE_POINTER
  rts_type *type = entry_of(type_id);
  if (type->flags & RTS_TYPE_IS_INSTANCE && type->vtable != 0) ((void **)object)[1] = (char *)type + type->vtable;
#endif
  return object;
}

#ifdef RTS_BUMP

#define CHUNK ((size_t)1 << 20)
#define LARGE ((size_t)128 << 10)

static uintptr_t limit = UINTPTR_MAX, taken;

void rts_memory_setup(void) { limit = (uintptr_t)rts_parameter("RTS_GC_MAX", -1); }

/* The inline path found no room: another chunk of zeroed memory, from which `bytes` are taken; null when there is none. */
void *rts_gc_malloc_room(intptr_t bytes) {
  if (bytes < 0) return NULL;
  size_t size = (size_t)bytes > LARGE ? ((size_t)bytes + PAGE - 1) & -(size_t)PAGE : CHUNK;
  if (size > limit - taken) return NULL;
  char *chunk = map(size);
  if (chunk == NULL) return NULL;
  taken += size;
  if (size == CHUNK) {
    rts_vm.nurseryFree = chunk + bytes;
    rts_vm.nurseryTop = chunk + size;
  }
  return chunk;
}

/* The same for code that was not transformed, which knows no exhausted memory. */
void *rts_bump_refill(intptr_t bytes) {
  void *chunk = rts_gc_malloc_room(bytes);
  if (chunk == NULL) rts_out_of_memory();
  return chunk;
}

static void *allocate(intptr_t bytes, int leaf) {
  (void)leaf;
  char *free = rts_vm.nurseryFree;
  if (bytes < 0 || bytes > rts_vm.nurseryTop - free) return rts_gc_malloc_room(bytes);
  rts_vm.nurseryFree = free + bytes;
  return free;
}

#else

#include <gc.h>

extern intptr_t rts_gc_stress;

static void *exhausted(size_t bytes) {
  (void)bytes;
  return NULL;
}

static intptr_t in_use(void) { return (intptr_t)(GC_get_heap_size() - GC_get_free_bytes()); }

/* libgc says where a collection begins and ends. */
static void GC_CALLBACK on_collection(GC_EventType event) {
  if (event == GC_EVENT_START) {
    rts_log_start("gc-collect");
    rts_log_number("before", in_use());
  } else if (event == GC_EVENT_END) {
    rts_log_number("after", in_use());
    rts_log_number("total", (intptr_t)GC_get_heap_size());
    rts_log_stop("gc-collect");
  }
}

void rts_memory_setup(void) {
  GC_set_oom_fn(exhausted);
  GC_set_finalize_on_demand(1);
  GC_set_warn_proc(GC_ignore_warn_proc);
  GC_INIT();
  GC_start_performance_measurement();
  if (rts_log_on) GC_set_on_collection_event(on_collection);
  intptr_t max = rts_parameter("RTS_GC_MAX", 0);
  if (max > 0) GC_set_max_heap_size((GC_word)max);
}

static void *allocate(intptr_t bytes, int leaf) {
  if (bytes < 0) return NULL;
  if (rts_gc_stress != 0) GC_gcollect();
  if (!leaf) return GC_malloc((size_t)bytes);
  void *p = GC_malloc_atomic((size_t)bytes);
  if (p != NULL) memset(p, 0, (size_t)bytes);
  return p;
}

void *rts_boehm_malloc(intptr_t bytes) {
  void *p = allocate(bytes, 0);
  if (p == NULL) rts_out_of_memory();
  return p;
}

#endif

static int is_leaf(intptr_t type_id) { return (entry_of(type_id)->flags & RTS_TYPE_IS_LEAF) != 0; }

void *rts_gc_malloc_slow(intptr_t type_id, intptr_t bytes) { return init(allocate(bytes, is_leaf(type_id)), type_id); }

void *rts_gc_malloc_varsize_slow(intptr_t type_id, intptr_t bytes, intptr_t length, intptr_t length_offset) {
  char *object = init(allocate(bytes, is_leaf(type_id)), type_id);
  if (object != NULL) *(intptr_t *)(object + length_offset) = length;
  return object;
}

void *rts_gc_malloc_of_class(char *vtable) {
  uint32_t type_id = *(uint32_t *)(vtable + RTS_VTABLE_TYPE_ID);
  return rts_gc_malloc_slow((intptr_t)type_id, entry_of((intptr_t)type_id)->size);
}

static intptr_t size_of(void *object, rts_type *type) {
  if (type->item_size == 0) return (intptr_t)type->size;
  intptr_t length = *(intptr_t *)((char *)object + type->length_offset), word = sizeof(void *);
  return ((intptr_t)type->items_offset + (intptr_t)type->item_size * length + word - 1) & -word;
}

/* Objects do not move, so their address is a hash that stays; prebuilt keys of maps carry one from translation. */
intptr_t rts_gc_identity_hash(void *object) {
  uintptr_t header = *(uintptr_t *)object, half = sizeof(void *) * 4;
  if ((header >> half & RTS_FLAG_HASH_STORED) == 0) return (intptr_t)(((uintptr_t)object >> 3) & INT32_MAX);
  rts_type *type = entry_of((intptr_t)(header & (((uintptr_t)1 << half) - 1)));
  return *(intptr_t *)((char *)object + size_of(object, type));
}

__attribute__((weak, visibility("hidden"))) extern char type_id_weakref[] __asm__("tid.WeakRef");

void *rts_gc_weakref_create(void *target) {
  void **reference = init(allocate(3 * (intptr_t)sizeof(void *), 1), (intptr_t)type_id_weakref);
  if (reference == NULL) return NULL;
  reference[1] = target;
#ifdef RTS_BOEHM
  if (GC_base(target) != NULL) GC_general_register_disappearing_link(reference + 1, target);
#endif
  return reference;
}

void *rts_gc_malloc_pinned(intptr_t type_id, intptr_t bytes, intptr_t length, intptr_t length_offset) {
  return rts_gc_malloc_varsize_slow(type_id, bytes, length, length_offset);
}

#ifdef RTS_BUMP

void rts_gc_collect(intptr_t generations) { (void)generations; }

/* Heap and memory of the process in bytes; nothing is ever collected. */
intptr_t rts_gc_stats_word(intptr_t index) {
  intptr_t unused = rts_vm.nurseryTop - rts_vm.nurseryFree;
  return index == 0 ? (intptr_t)taken - unused : index == 1 ? (intptr_t)taken : 0;
}

void rts_gc_set_param(intptr_t index, intptr_t value) {
  if (index == 2) limit = value > 0 ? (uintptr_t)value : UINTPTR_MAX;
}

void rts_gc_register_finalizer(void *object, void *action) { (void)object, (void)action; }
void *rts_gc_next_finalizer(void) { return NULL; }
void *rts_gc_finalizer_callback(void) { return NULL; }

#else

void rts_gc_collect(intptr_t generations) {
  if (generations > 0) GC_gcollect();
}

intptr_t rts_gc_stats_word(intptr_t index) {
  switch (index) {
    case 0: return (intptr_t)(GC_get_heap_size() - GC_get_free_bytes());
    case 1: return (intptr_t)GC_get_heap_size();
    case 3: return (intptr_t)GC_get_gc_no();
    case 4: return (intptr_t)GC_get_full_gc_total_time() * 1000;
    default: return 0;
  }
}

void rts_gc_set_param(intptr_t index, intptr_t value) {
  if (index == 2) GC_set_max_heap_size(value > 0 ? (GC_word)value : 0);
}

/* Objects whose finalizers are due, in order; libgc puts those first that refer to others. */
typedef struct due {
  struct due *next;
  void *object, *action;
} due;

static due *first_due, **last_due = &first_due;
static void *due_action;

static void object_died(void *object, void *action) {
  due *entry = GC_malloc_uncollectable(sizeof *entry);
  if (entry == NULL) rts_out_of_memory();
  *entry = (due){NULL, object, action};
  *last_due = entry;
  last_due = &entry->next;
}

void rts_gc_register_finalizer(void *object, void *action) {
  if (GC_base(object) != NULL) GC_register_finalizer(object, object_died, action, NULL, NULL);
}

void *rts_gc_next_finalizer(void) {
  if (first_due == NULL && GC_should_invoke_finalizers()) GC_invoke_finalizers();
  due *entry = first_due;
  if (entry == NULL) return NULL;
  first_due = entry->next;
  if (first_due == NULL) last_due = &first_due;
  void *object = entry->object;
  due_action = entry->action;
  GC_free(entry);
  return object;
}

void *rts_gc_finalizer_callback(void) {
  void *action = due_action;
  due_action = NULL;
  return action;
}

#endif

#else

/* The collector sets itself up. */
void rts_memory_setup(void) {}

#endif
