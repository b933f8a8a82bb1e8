/*
 * Another program that has the device: opens it through its VFIO group and carries out the operations
 * it reads from stdin, one a line, with a line of result after each: the operation, a tab, and what
 * the kernel returned (0, positive, or -errno). It lives, and holds the device, until stdin ends or
 * it is killed; `sleep SECONDS` waits. Exit code 2: a line that is no operation.
 */
#include "ops.h"

int main(int argc, char **argv) {
  static char line[65536];
  struct device device;
  if (argc != 2) {
    fprintf(stderr, "Usage: holder BDF   (operations on stdin, one a line)\n");
    return 2;
  }
  device_init(&device, argv[1]);
  setvbuf(stdout, NULL, _IOLBF, 0);
  while (fgets(line, sizeof line, stdin)) {
    int result = 0;
    line[strcspn(line, "\r\n")] = 0;
    if (!*line || *line == '#') continue;
    if (!strncmp(line, "sleep ", 6)) sleep((unsigned)atoi(line + 6));
    else if (perform(&device, line, &result)) {
      fprintf(stderr, "holder: no operation: %s\n", line);
      return 2;
    }
    printf("%s\t%d\n", line, result);
  }
  return 0;
}
