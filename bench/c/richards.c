/* The same simulation as bench/rts/richards.ts: tasks as structs, work through function pointers. */
#include "harness.h"
#include <stdbool.h>

enum { IDLE, WORKER, HANDLER_A, HANDLER_B, DEVICE_A, DEVICE_B, TASKS };
enum { KIND_DEVICE, KIND_WORK };
enum { PACKET_BYTES = 4, IDLE_COUNT = 10000, QUEUED = 23246, HELD = 9297, ITERATIONS = 50 };

struct packet { struct packet *link; long owner, kind, datum, *data; };

struct task {
  struct task *(*work)(struct task *, struct packet *);
  struct scheduler *scheduler;
  struct task *next;
  long id, priority;
  struct packet *input;
  bool pending, waiting, held;
  long control, count;                     /* idle; worker: destination, letter */
  struct packet *work_queue, *device_queue; /* handler; device: held packet */
};

struct scheduler { struct task *tasks, *table[TASKS]; long queued, held; };

/* All packets of one simulation, for freeing. */
static struct packet *made[16];
static int made_count;

static struct packet *new_packet(struct packet *link, long owner, long kind) {
  struct packet *p = malloc(sizeof *p);
  p->link = link, p->owner = owner, p->kind = kind, p->datum = 0;
  p->data = calloc(PACKET_BYTES, sizeof *p->data);
  made[made_count++] = p;
  return p;
}

static struct packet *append(struct packet *p, struct packet *queue) {
  p->link = NULL;
  if (queue == NULL) return p;
  struct packet *last = queue;
  while (last->link) last = last->link;
  last->link = p;
  return queue;
}

static struct task *wait_task(struct task *t) { t->waiting = true; return t; }
static struct task *hold(struct task *t) { t->scheduler->held++; t->held = true; return t->next; }

static struct task *release(struct task *t, long id) {
  struct task *other = t->scheduler->table[id];
  other->held = false;
  return other->priority > t->priority ? other : t;
}

static struct task *send(struct task *t, struct packet *p) {
  struct task *to = t->scheduler->table[p->owner];
  t->scheduler->queued++;
  p->link = NULL;
  p->owner = t->id;
  if (to->input == NULL) {
    to->input = p, to->pending = true;
    if (to->priority > t->priority) return to;
  } else {
    append(p, to->input);
  }
  return t;
}

static struct task *idle(struct task *t, struct packet *p) {
  (void)p;
  if (--t->count == 0) return hold(t);
  if ((t->control & 1) == 0) { t->control >>= 1; return release(t, DEVICE_A); }
  t->control = (t->control >> 1) ^ 0xd008;
  return release(t, DEVICE_B);
}

static struct task *worker(struct task *t, struct packet *p) {
  if (p == NULL) return wait_task(t);
  t->control = t->control == HANDLER_A ? HANDLER_B : HANDLER_A;
  p->owner = t->control, p->datum = 0;
  for (int i = 0; i < PACKET_BYTES; i++) {
    if (++t->count > 26) t->count = 1;
    p->data[i] = 64 + t->count;
  }
  return send(t, p);
}

static struct task *handler(struct task *t, struct packet *p) {
  if (p) {
    if (p->kind == KIND_WORK) t->work_queue = append(p, t->work_queue);
    else t->device_queue = append(p, t->device_queue);
  }
  struct packet *job = t->work_queue;
  if (job == NULL) return wait_task(t);
  if (job->datum >= PACKET_BYTES) { t->work_queue = job->link; return send(t, job); }
  struct packet *device = t->device_queue;
  if (device == NULL) return wait_task(t);
  t->device_queue = device->link;
  device->datum = job->data[job->datum++];
  return send(t, device);
}

static struct task *device(struct task *t, struct packet *p) {
  if (p) { t->work_queue = p; return hold(t); }
  struct packet *pending = t->work_queue;
  if (pending == NULL) return wait_task(t);
  t->work_queue = NULL;
  return send(t, pending);
}

static struct task *add(struct scheduler *s, long id, long priority, struct packet *queue, bool waiting,
                        struct task *(*work)(struct task *, struct packet *)) {
  struct task *t = calloc(1, sizeof *t);
  t->work = work, t->scheduler = s, t->next = s->tasks, t->id = id, t->priority = priority, t->input = queue;
  t->pending = queue != NULL, t->waiting = waiting;
  s->tasks = s->table[id] = t;
  return t;
}

static struct packet *queue_of(int count, long owner, long kind) {
  struct packet *queue = NULL;
  for (int i = 0; i < count; i++) queue = new_packet(queue, owner, kind);
  return queue;
}

static struct task *run(struct task *t) {
  struct packet *p = NULL;
  if (t->waiting && t->pending) {
    p = t->input, t->input = p->link, t->waiting = false, t->pending = t->input != NULL;
  }
  return t->work(t, p);
}

static bool simulate(void) {
  struct scheduler s = {0};
  struct task *t = add(&s, IDLE, 0, NULL, false, idle);
  t->control = 1, t->count = IDLE_COUNT;
  add(&s, WORKER, 1000, queue_of(2, WORKER, KIND_WORK), true, worker)->control = HANDLER_A;
  add(&s, HANDLER_A, 2000, queue_of(3, DEVICE_A, KIND_DEVICE), true, handler);
  add(&s, HANDLER_B, 3000, queue_of(3, DEVICE_B, KIND_DEVICE), true, handler);
  add(&s, DEVICE_A, 4000, NULL, true, device);
  add(&s, DEVICE_B, 5000, NULL, true, device);
  for (t = s.tasks; t;) t = t->held || (!t->pending && t->waiting) ? t->next : run(t);
  bool right = s.queued == QUEUED && s.held == HELD;
  while (made_count > 0) { struct packet *p = made[--made_count]; free(p->data), free(p); }
  for (int i = 0; i < TASKS; i++) free(s.table[i]);
  return right;
}

static void workload(char *out, size_t size) {
  int right = 0;
  for (int i = 0; i < ITERATIONS; i++) right += simulate();
  snprintf(out, size, "%d of %d simulations have the right counts", right, ITERATIONS);
}

int main(int argc, char **argv) { return benchmark("richards", workload, argc, argv); }
