/*
 * Asks an agent to carry out operations and, after each reply, reads from sysfs what the kernel says.
 *
 *   judge SOCKET SCRIPT OUTPUT
 *   judge show BDF...          what sysfs says of devices now, a line each, with the time
 *   judge ask SOCKET REQUEST   the agent's answer to one request
 *
 * SCRIPT has lines `BDF OPERATION`. For each, the agent gets
 * {"request":"perform","device":"BDF","op":"OPERATION"} and answers with one line; OUTPUT gets one line
 * {"n":..,"device":..,"op":..,"reply":..,"mode":..,"irqs":[{"vector":..,"irq":..,"trigger":..}]}, with
 * the irqs in the order of their vectors. Sources: Documentation/ABI/testing/sysfs-bus-pci (msi_irqs)
 * and sysfs-kernel-irq. Exit code 1: the agent went away; 2: it could not begin.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { MAX_IRQS = 4096, LINE = 1 << 20 };

struct irq {
  unsigned vector, number;
  int trigger;
};

static int compare(const void *a, const void *b) {
  const struct irq *x = a, *y = b;
  return (x->vector > y->vector) - (x->vector < y->vector);
}

/* Reads a small file, without its last newline; -1 when it is gone. */
static int slurp(const char *path, char *into, size_t size) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return -1;
  ssize_t n = read(fd, into, size - 1);
  close(fd);
  if (n < 0) return -1;
  into[n] = 0;
  into[strcspn(into, "\n")] = 0;
  return 0;
}

/*
 * INTx has no file among msi_irqs: its handler is on the irq that the device's own file names. Whether
 * an eventfd is behind the handler, no file tells.
 */
static int intx(const char *bdf, struct irq *irq) {
  char path[128], number[32], text[4096], name[64];
  snprintf(path, sizeof path, "/sys/bus/pci/devices/%.20s/irq", bdf);
  if (slurp(path, number, sizeof number)) return 0;
  snprintf(path, sizeof path, "/sys/kernel/irq/%s/actions", number);
  if (slurp(path, text, sizeof text)) return 0;
  snprintf(name, sizeof name, "vfio-intx(%.20s)", bdf);
  *irq = (struct irq){0, (unsigned)atoi(number), 1};
  return strstr(text, name) != NULL;
}

static void observe(const char *bdf, FILE *out) {
  static struct irq irqs[MAX_IRQS];
  char path[512], text[4096];
  const char *mode = "none";
  int n = 0;
  snprintf(path, sizeof path, "/sys/bus/pci/devices/%.20s/msi_irqs", bdf);
  DIR *folder = opendir(path);
  for (struct dirent *e; folder && (e = readdir(folder));) {
    if (*e->d_name < '0' || *e->d_name > '9' || n == MAX_IRQS) continue;
    snprintf(path, sizeof path, "/sys/bus/pci/devices/%.20s/msi_irqs/%.20s", bdf, e->d_name);
    if (slurp(path, text, sizeof text)) continue;
    mode = strcmp(text, "msix") ? "msi" : "msix";
    snprintf(path, sizeof path, "/sys/kernel/irq/%.20s/hwirq", e->d_name);
    if (slurp(path, text, sizeof text)) continue;
    irqs[n] = (struct irq){(unsigned)(strtoul(text, NULL, 10) & 0x7ff), (unsigned)atoi(e->d_name), 0};
    snprintf(path, sizeof path, "/sys/kernel/irq/%.20s/actions", e->d_name);
    irqs[n].trigger = !slurp(path, text, sizeof text) && *text;
    n++;
  }
  if (folder) closedir(folder);
  if (!n && intx(bdf, irqs)) {
    mode = "intx";
    n = 1;
  }
  qsort(irqs, (size_t)n, sizeof *irqs, compare);
  fprintf(out, ",\"mode\":\"%s\",\"irqs\":[", mode);
  for (int i = 0; i < n; i++)
    fprintf(out, "%s{\"vector\":%u,\"irq\":%u,\"trigger\":%s}", i ? "," : "", irqs[i].vector,
        irqs[i].number, irqs[i].trigger ? "true" : "false");
  fprintf(out, "]}\n");
}

/* The agent's socket: one stream to write to and one to read from; NULL in either if it fails. */
static FILE *dial(const char *path, FILE **replies) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0 || strlen(path) >= sizeof address.sun_path) return NULL;
  strcpy(address.sun_path, path);
  if (connect(fd, (struct sockaddr *)&address, sizeof address)) return NULL;
  *replies = fdopen(dup(fd), "r");
  return *replies ? fdopen(fd, "w") : NULL;
}

static int show(int devices, char **bdfs) {
  struct timespec now;
  for (int i = 0; i < devices; i++) {
    clock_gettime(CLOCK_REALTIME, &now);
    printf("{\"at\":%lld,\"device\":\"%s\"", now.tv_sec * 1000000LL + now.tv_nsec / 1000, bdfs[i]);
    observe(bdfs[i], stdout);
  }
  return 0;
}

static int ask(const char *socket, const char *request) {
  static char reply[LINE];
  FILE *replies = NULL, *agent = dial(socket, &replies);
  if (!agent) return 1;
  fprintf(agent, "%s\n", request);
  fflush(agent);
  if (!fgets(reply, sizeof reply, replies)) return 1;
  fputs(reply, stdout);
  return 0;
}

int main(int argc, char **argv) {
  static char line[LINE], reply[LINE];
  if (argc > 2 && !strcmp(argv[1], "show")) return show(argc - 2, argv + 2);
  if (argc == 4 && !strcmp(argv[1], "ask")) return ask(argv[2], argv[3]);
  if (argc != 4) {
    fprintf(stderr, "Usage: judge SOCKET SCRIPT OUTPUT | judge show BDF... | judge ask SOCKET REQUEST\n");
    return 2;
  }
  FILE *replies = NULL, *agent = dial(argv[1], &replies), *script = fopen(argv[2], "r"), *out = fopen(argv[3], "w");
  if (!agent || !script || !out) {
    fprintf(stderr, "judge: %s: %s\n", !agent ? argv[1] : !script ? argv[2] : argv[3], strerror(errno));
    return 2;
  }
  for (int n = 0; fgets(line, sizeof line, script);) {
    line[strcspn(line, "\r\n")] = 0;
    char *op = strchr(line, ' ');
    if (!*line || *line == '#') continue;
    if (!op || strpbrk(line, "\"\\")) {
      fprintf(stderr, "judge: expected BDF OPERATION: %s\n", line);
      return 2;
    }
    *op++ = 0;
    fprintf(agent, "{\"request\":\"perform\",\"device\":\"%s\",\"op\":\"%s\"}\n", line, op);
    fflush(agent);
    if (!fgets(reply, sizeof reply, replies) || !strchr(reply, '\n')) {
      fprintf(stderr, "judge: no reply to operation %d: %s %s\n", n, line, op);
      return 1;
    }
    reply[strcspn(reply, "\r\n")] = 0;
    fprintf(out, "{\"n\":%d,\"device\":\"%s\",\"op\":\"%s\",\"reply\":%s", n++, line, op, reply);
    observe(line, out);
    fflush(out);
  }
  return 0;
}
