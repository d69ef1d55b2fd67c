#include "harness.h"
#include <math.h>
enum { SIZE = 300 };

static double element(long i, long j) { return 1.0 / ((i + j) * (i + j + 1) / 2 + i + 1); }

static void times(const double *v, double *out, int transposed) {
  for (long i = 0; i < SIZE; i++) {
    double sum = 0;
    for (long j = 0; j < SIZE; j++) sum += (transposed ? element(j, i) : element(i, j)) * v[j];
    out[i] = sum;
  }
}

static void workload(char *out, size_t size) {
  double *u = malloc(SIZE * sizeof *u), *v = malloc(SIZE * sizeof *v), *t = malloc(SIZE * sizeof *t);
  for (int i = 0; i < SIZE; i++) u[i] = 1, v[i] = 0;
  for (int i = 0; i < 5; i++) {
    times(u, t, 0), times(t, v, 1);
    times(v, t, 0), times(t, u, 1);
  }
  double vBv = 0, vv = 0;
  for (int i = 0; i < SIZE; i++) vBv += u[i] * v[i], vv += v[i] * v[i];
  snprintf(out, size, "%.9f", sqrt(vBv / vv));
  free(u), free(v), free(t);
}

int main(int argc, char **argv) { return benchmark("spectralnorm", workload, argc, argv); }
