/*
 * One operation on a device, from its text form to its call, for the programs of this folder. They
 * share nothing with the agent, so that they can contradict it.
 *
 *   open | close | reset | set INDEX START COUNT none|bool|eventfd trigger|mask|unmask [DATA]
 */
#ifndef OPS_H
#define OPS_H

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/vfio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { EVENTFDS = 64, MAX_DATA = 4096, CLOSED_FD = 1000000 };

/* A device opened through its group, and the eventfds that operations name. */
struct device {
  const char *bdf;
  int container, group, fd;
  int eventfds[EVENTFDS];
  int not_an_eventfd;
};

static inline void die(const char *what) {
  fprintf(stderr, "%s: %s\n", what, strerror(errno));
  exit(2);
}

static inline void device_init(struct device *d, const char *bdf) {
  d->bdf = bdf;
  d->container = d->group = d->fd = -1;
  for (int i = 0; i < EVENTFDS; i++)
    if ((d->eventfds[i] = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) < 0) die("eventfd");
  if ((d->not_an_eventfd = open("/dev/null", O_RDWR | O_CLOEXEC)) < 0) die("/dev/null");
}

static inline void device_close(struct device *d) {
  if (d->fd >= 0) close(d->fd);
  if (d->group >= 0) close(d->group);
  if (d->container >= 0) close(d->container);
  d->container = d->group = d->fd = -1;
}

/* 0, or -errno with nothing left open. */
static inline int device_open(struct device *d) {
  char link[128], target[256], path[300];
  struct vfio_group_status status = {.argsz = sizeof status};
  ssize_t length;
  int error;
  if (d->fd >= 0) return -EBUSY;
  snprintf(link, sizeof link, "/sys/bus/pci/devices/%s/iommu_group", d->bdf);
  if ((length = readlink(link, target, sizeof target - 1)) < 0) return -errno;
  target[length] = 0;
  snprintf(path, sizeof path, "/dev/vfio/%s", strrchr(target, '/') + 1);
  if ((d->container = open("/dev/vfio/vfio", O_RDWR | O_CLOEXEC)) < 0) goto failed;
  if ((d->group = open(path, O_RDWR | O_CLOEXEC)) < 0) goto failed;
  if (ioctl(d->group, VFIO_GROUP_GET_STATUS, &status)) goto failed;
  if (!(status.flags & VFIO_GROUP_FLAGS_VIABLE)) {
    errno = EPERM;
    goto failed;
  }
  if (ioctl(d->group, VFIO_GROUP_SET_CONTAINER, &d->container)) goto failed;
  if (ioctl(d->container, VFIO_SET_IOMMU, VFIO_TYPE1v2_IOMMU)) goto failed;
  if ((d->fd = ioctl(d->group, VFIO_GROUP_GET_DEVICE_FD, d->bdf)) < 0) goto failed;
  return 0;
failed:
  error = -errno;
  device_close(d);
  return error;
}

/* What a set sends; ready to be sent again and again. */
struct set {
  struct vfio_irq_set header;
  int data[MAX_DATA];
};

/* Reads one element of DATA; 0, or -1 when it is none. */
static inline int element(const struct device *d, int eventfds, const char *text, int *value) {
  char *end;
  long number;
  if (eventfds && !strcmp(text, "-1")) return *value = -1, 0;
  if (eventfds && !strcmp(text, "b")) return *value = CLOSED_FD, 0;
  if (eventfds && !strcmp(text, "s")) return *value = d->not_an_eventfd, 0;
  if (eventfds && *text != 'e') return -1;
  number = strtol(text + (eventfds ? 1 : 0), &end, 10);
  if (*end || end == text + (eventfds ? 1 : 0)) return -1;
  if (number < 0 || number > (eventfds ? EVENTFDS - 1 : 1)) return -1;
  *value = eventfds ? d->eventfds[number] : (int)number;
  return 0;
}

/* Reads a set; 0, or -1 when the text is none. */
static inline int parse_set(const struct device *d, const char *text, struct set *set) {
  unsigned index, start, count;
  char type[16], action[16], copy[65536], *save = NULL;
  int used = 0, n = 0;
  unsigned flags;
  if (sscanf(text, "set %u %u %u %15s %15s %n", &index, &start, &count, type, action, &used) < 5 || !used)
    return -1;
  if (!strcmp(type, "none")) flags = VFIO_IRQ_SET_DATA_NONE;
  else if (!strcmp(type, "bool")) flags = VFIO_IRQ_SET_DATA_BOOL;
  else if (!strcmp(type, "eventfd")) flags = VFIO_IRQ_SET_DATA_EVENTFD;
  else return -1;
  int eventfds = flags == VFIO_IRQ_SET_DATA_EVENTFD;
  if (!strcmp(action, "trigger")) flags |= VFIO_IRQ_SET_ACTION_TRIGGER;
  else if (!strcmp(action, "mask")) flags |= VFIO_IRQ_SET_ACTION_MASK;
  else if (!strcmp(action, "unmask")) flags |= VFIO_IRQ_SET_ACTION_UNMASK;
  else return -1;
  if (strlen(text + used) >= sizeof copy) return -1;
  strcpy(copy, text + used);
  if (*copy && (flags & VFIO_IRQ_SET_DATA_NONE)) return -1;
  for (char *item = strtok_r(copy, ", \t\r\n", &save); item; item = strtok_r(NULL, ", \t\r\n", &save)) {
    int value;
    if (n == MAX_DATA || element(d, eventfds, item, &value)) return -1;
    if (eventfds) set->data[n++] = value;
    else ((unsigned char *)set->data)[n++] = (unsigned char)value;
  }
  set->header = (struct vfio_irq_set){
      .argsz = (unsigned)(sizeof set->header + (size_t)n * (eventfds ? sizeof(int) : 1)),
      .flags = flags, .index = index, .start = start, .count = count};
  return 0;
}

static inline int do_set(const struct device *d, struct set *set) {
  int result = ioctl(d->fd, VFIO_DEVICE_SET_IRQS, set);
  return result < 0 ? -errno : result;
}

/* Carries out one operation. *result: 0, positive, or -errno. -1 when the text is no operation. */
static inline int perform(struct device *d, const char *text, int *result) {
  static struct set set;
  if (!strcmp(text, "open")) return *result = device_open(d), 0;
  if (!strcmp(text, "close")) {
    *result = d->fd < 0 ? -EBADF : 0;
    return device_close(d), 0;
  }
  if (!strcmp(text, "reset")) return *result = ioctl(d->fd, VFIO_DEVICE_RESET) ? -errno : 0, 0;
  if (parse_set(d, text, &set)) return -1;
  return *result = do_set(d, &set), 0;
}

#endif
