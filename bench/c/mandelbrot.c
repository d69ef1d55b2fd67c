#include "harness.h"
enum { SIZE = 400, LIMIT = 100 };

static int escapes(double cr, double ci) {
  double zr = 0, zi = 0;
  for (int i = 0; i < LIMIT; i++) {
    double zr2 = zr * zr, zi2 = zi * zi;
    if (zr2 + zi2 > 4.0) return 1;
    zi = 2.0 * zr * zi + ci;
    zr = zr2 - zi2 + cr;
  }
  return 0;
}

static void workload(char *out, size_t size) {
  long inside = 0;
  for (int y = 0; y < SIZE; y++) {
    double ci = (2.0 * y) / SIZE - 1.0;
    for (int x = 0; x < SIZE; x++) {
      double cr = (2.0 * x) / SIZE - 1.5;
      if (!escapes(cr, ci)) inside++;
    }
  }
  snprintf(out, size, "%ld", inside);
}

int main(int argc, char **argv) { return benchmark("mandelbrot", workload, argc, argv); }
