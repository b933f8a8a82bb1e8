/*
 * What the bare calls cost, to measure an agent against: enables two vectors of MSI-X, arms a new
 * vector beyond them, clears it, arms it again, and disables, ROUNDS times. Prints the median of each
 * in nanoseconds, as one JSON object. Vector 2 is new in each round, for a disable frees everything.
 */
#include "ops.h"
#include <time.h>

struct step {
  const char *name, *op;
};

static const struct step steps[] = {
    {"enable_2", "set 2 0 2 eventfd trigger e0,e1"},
    {"arm_new", "set 2 2 1 eventfd trigger e2"},
    {"clear", "set 2 2 1 eventfd trigger -1"},
    {"arm_cached", "set 2 2 1 eventfd trigger e2"},
    {"disable", "set 2 0 0 none trigger"},
};
enum { STEPS = sizeof steps / sizeof *steps };

static int compare(const void *a, const void *b) {
  long long x = *(const long long *)a, y = *(const long long *)b;
  return (x > y) - (x < y);
}

static long long now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

int main(int argc, char **argv) {
  static struct set sets[STEPS];
  struct device device;
  int rounds = argc == 3 ? atoi(argv[2]) : 0, result;
  if (rounds < 1) {
    fprintf(stderr, "Usage: bare BDF ROUNDS\n");
    return 2;
  }
  long long *ns = calloc((size_t)rounds * STEPS, sizeof *ns);
  if (!ns) die("calloc");
  device_init(&device, argv[1]);
  if ((result = device_open(&device))) {
    fprintf(stderr, "bare: open %s: %s\n", argv[1], strerror(-result));
    return 2;
  }
  for (int i = 0; i < STEPS; i++)
    if (parse_set(&device, steps[i].op, &sets[i])) return 2;
  for (int round = 0; round < rounds; round++)
    for (int i = 0; i < STEPS; i++) {
      long long begin = now();
      result = ioctl(device.fd, VFIO_DEVICE_SET_IRQS, &sets[i]);
      ns[i * rounds + round] = now() - begin;
      if (result) {
        fprintf(stderr, "bare: %s: %s returned %d: %s\n", argv[1], steps[i].op, result,
            result < 0 ? strerror(errno) : "too few vectors");
        return 2;
      }
    }
  printf("{\"rounds\":%d,\"median_ns\":{", rounds);
  for (int i = 0; i < STEPS; i++) {
    qsort(ns + i * rounds, (size_t)rounds, sizeof *ns, compare);
    printf("%s\"%s\":%lld", i ? "," : "", steps[i].name, ns[i * rounds + rounds / 2]);
  }
  printf("}}\n");
  return 0;
}
