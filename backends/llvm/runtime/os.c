/*
 * The operating system's primitives, whose contracts are in rlib/sys.ts: failure is -errno, a path is UTF-8 bytes
 * ending in a zero, text is written into a buffer and its full length returned, file positions are doubles.
 */
#define _GNU_SOURCE
#define _FILE_OFFSET_BITS 64
#include "rts.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static intptr_t outcome(intptr_t result) { return result < 0 ? -errno : result; }

/* Copies as much of a text as fits and gives its full length. */
static intptr_t give(uint8_t *out, intptr_t capacity, const char *text, size_t length) {
  memcpy(out, text, length < (size_t)capacity ? length : (size_t)capacity);
  return (intptr_t)length;
}

intptr_t rts_open(const char *path, int flags, int mode) { return outcome(open(path, flags, mode)); }
intptr_t rts_close(int fd) { return outcome(close(fd)); }

/* Waits for a descriptor that somebody made non-blocking. */
static int retry(int fd, short events) {
  if (errno == EINTR) return rts_vm.pending == 0;
  if (errno != EAGAIN) return 0;
  struct pollfd p = {fd, events, 0};
  return poll(&p, 1, -1) >= 0;
}

intptr_t rts_read(int fd, uint8_t *bytes, intptr_t offset, intptr_t count) {
  ssize_t n;
  do n = read(fd, bytes + offset, (size_t)count);
  while (n < 0 && retry(fd, POLLIN));
  return outcome(n);
}

intptr_t rts_write(int fd, const uint8_t *bytes, intptr_t offset, intptr_t count) {
  ssize_t n;
  do n = write(fd, bytes + offset, (size_t)count);
  while (n < 0 && retry(fd, POLLOUT));
  return outcome(n);
}

double rts_seek(int fd, double offset, int whence) {
  off_t at = lseek(fd, (off_t)offset, whence);
  return at < 0 ? -(double)errno : (double)at;
}

static double seconds(struct timespec t) { return (double)t.tv_sec + (double)t.tv_nsec / 1e9; }

static void fill_stat(const struct stat *s, double *out) {
  out[0] = s->st_mode;
  out[1] = (double)s->st_size;
  out[2] = seconds(s->st_mtim);
  out[3] = seconds(s->st_atim);
  out[4] = seconds(s->st_ctim);
  out[5] = (double)s->st_dev;
  out[6] = (double)s->st_ino;
  out[7] = (double)s->st_nlink;
  out[8] = s->st_uid;
  out[9] = s->st_gid;
}

intptr_t rts_stat(const char *path, double *out, int follow) {
  struct stat s;
  if ((follow ? stat(path, &s) : lstat(path, &s)) < 0) return -errno;
  fill_stat(&s, out);
  return 0;
}

intptr_t rts_fstat(int fd, double *out) {
  struct stat s;
  if (fstat(fd, &s) < 0) return -errno;
  fill_stat(&s, out);
  return 0;
}

intptr_t rts_mkdir(const char *path, int mode) { return outcome(mkdir(path, (mode_t)mode)); }
intptr_t rts_unlink(const char *path) { return outcome(unlink(path)); }
intptr_t rts_rmdir(const char *path) { return outcome(rmdir(path)); }
intptr_t rts_rename(const char *from, const char *to) { return outcome(rename(from, to)); }
intptr_t rts_chdir(const char *path) { return outcome(chdir(path)); }

intptr_t rts_getcwd(uint8_t *out, intptr_t capacity) {
  char *path = getcwd(NULL, 0);
  if (path == NULL) return -errno;
  intptr_t length = give(out, capacity, path, strlen(path));
  free(path);
  return length;
}

intptr_t rts_getenv(const char *name, uint8_t *out, intptr_t capacity) {
  const char *value = getenv(name);
  return value == NULL ? -1 : give(out, capacity, value, strlen(value));
}

intptr_t rts_environ(intptr_t n, uint8_t *out, intptr_t capacity) {
  for (intptr_t i = 0; environ[i] != NULL; i++)
    if (i == n) return give(out, capacity, environ[i], strlen(environ[i]));
  return -1;
}

intptr_t rts_program_path(uint8_t *out, intptr_t capacity) {
  char path[4096];
  ssize_t length = readlink("/proc/self/exe", path, sizeof path);
  return length < 0 ? -errno : give(out, capacity, path, (size_t)length);
}

void rts_exit(int code) {
  rts_log_end();
  _exit(code & 255);
}
intptr_t rts_isatty(int fd) { return isatty(fd); }
intptr_t rts_getpid(void) { return getpid(); }

static double read_clock(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return seconds(t);
}

double rts_now(void) { return read_clock(CLOCK_MONOTONIC); }

/* Wraps around on 32-bit machines; differences stay right. */
intptr_t rts_microseconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (intptr_t)((uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000);
}

double rts_time(void) { return read_clock(CLOCK_REALTIME); }
double rts_cpu_time(void) { return read_clock(CLOCK_PROCESS_CPUTIME_ID); }

intptr_t rts_pending(void) {
  if (rts_vm.pending == 0) return 0;
  int bit = __builtin_ctzl((unsigned long)rts_vm.pending);
  __atomic_and_fetch(&rts_vm.pending, ~((intptr_t)1 << bit), __ATOMIC_RELAXED);
  return bit + 1;
}

intptr_t rts_opendir(const char *path) {
  DIR *directory = opendir(path);
  return directory == NULL ? -errno : (intptr_t)directory;
}

intptr_t rts_readdir(intptr_t handle, uint8_t *out, intptr_t capacity) {
  for (;;) {
    struct dirent *entry = readdir((DIR *)handle);
    if (entry == NULL) return 0;
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    return give(out, capacity, entry->d_name, strlen(entry->d_name));
  }
}

intptr_t rts_closedir(intptr_t handle) { return outcome(closedir((DIR *)handle)); }

/* For C functions that remember an address: the call itself is the use. */
void rts_keep(const void *bytes) { __asm__ volatile("" : : "r"(bytes) : "memory"); }

/* xorshift128+, seeded from the system: at least 0, less than 1. */
double rts_random(void) {
  static uint64_t state[2];
  while (state[0] == 0 && state[1] == 0)
    if (getrandom(state, sizeof state, 0) < 0) state[0] = (uint64_t)time(NULL) + 1;
  uint64_t a = state[0], b = state[1];
  state[0] = b;
  a ^= a << 23;
  a ^= a >> 17;
  a ^= b ^ (b >> 26);
  state[1] = a;
  return (double)((state[0] + state[1]) >> 11) / 9007199254740992.0;
}

/* Order of n items: <0, 0, >0. */
intptr_t rts_compare8(const uint8_t *a, const uint8_t *b, intptr_t n) { return memcmp(a, b, (size_t)n); }

intptr_t rts_compare16(const uint16_t *a, const uint16_t *b, intptr_t n) {
  intptr_t i = 0;
  for (; i + 4 <= n; i += 4) {
    uint64_t x, y;
    memcpy(&x, a + i, 8);
    memcpy(&y, b + i, 8);
    if (x != y) break;
  }
  for (; i < n; i++)
    if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
  return 0;
}

intptr_t rts_compare32(const uint32_t *a, const uint32_t *b, intptr_t n) {
  for (intptr_t i = 0; i < n; i++)
    if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
  return 0;
}

intptr_t rts_compare64(const uint64_t *a, const uint64_t *b, intptr_t n) {
  for (intptr_t i = 0; i < n; i++)
    if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
  return 0;
}
