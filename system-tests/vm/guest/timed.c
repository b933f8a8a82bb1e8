/*
 * What operations cost that an agent carries out: those of bare.c, in the same order, asked for through
 * the agent's socket, each from the request's first byte to the answer's last. The first third of the
 * ROUNDS, while the agent's code is still being compiled, does not count. Prints the median of each in
 * nanoseconds, as one JSON object.
 *
 *   timed SOCKET BDF ROUNDS
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

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
enum { STEPS = sizeof steps / sizeof *steps, LINE = 65536 };

static int compare(const void *a, const void *b) {
  long long x = *(const long long *)a, y = *(const long long *)b;
  return (x > y) - (x < y);
}

static long long now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void fail(const char *what) {
  fprintf(stderr, "timed: %s\n", what);
  exit(2);
}

/* How long the agent took for one operation. */
static long long perform(FILE *agent, FILE *replies, const char *bdf, const char *op) {
  static char reply[LINE];
  long long begin = now();
  fprintf(agent, "{\"request\":\"perform\",\"device\":\"%s\",\"op\":\"%s\"}\n", bdf, op);
  fflush(agent);
  if (!fgets(reply, sizeof reply, replies)) fail("the agent went away");
  long long took = now() - begin;
  if (!strstr(reply, " = 0\"")) fail(reply);
  return took;
}

int main(int argc, char **argv) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  int rounds = argc == 4 ? atoi(argv[3]) : 0, fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (rounds < 3 || strlen(argv[1]) >= sizeof address.sun_path) fail("Usage: timed SOCKET BDF ROUNDS");
  strcpy(address.sun_path, argv[1]);
  if (connect(fd, (struct sockaddr *)&address, sizeof address)) fail("no agent listens");
  FILE *agent = fdopen(fd, "w"), *replies = fdopen(dup(fd), "r");
  long long *ns = calloc((size_t)rounds * STEPS, sizeof *ns);
  if (!agent || !replies || !ns) fail("no memory");
  int first = rounds / 3, counted = rounds - first;
  perform(agent, replies, argv[2], "open");
  for (int round = 0; round < rounds; round++)
    for (int i = 0; i < STEPS; i++) {
      long long took = perform(agent, replies, argv[2], steps[i].op);
      if (round >= first) ns[i * counted + round - first] = took;
    }
  perform(agent, replies, argv[2], "close");
  printf("{\"rounds\":%d,\"median_ns\":{", counted);
  for (int i = 0; i < STEPS; i++) {
    qsort(ns + i * counted, (size_t)counted, sizeof *ns, compare);
    printf("%s\"%s\":%lld", i ? "," : "", steps[i].name, ns[i * counted + counted / 2]);
  }
  printf("}}\n");
  return 0;
}
