package dev.irqledger.agent.linux;

import dev.irqledger.agent.vfio.VfioException;
import java.lang.foreign.MemorySegment;

/**
 * The system calls that this package makes: the place where tests put a kernel of their own. Each
 * returns what the call returned, or the negated errno, as the kernel itself does.
 */
interface SystemCalls {
  int open(String path, int flags);

  /** The descriptor is gone whatever is returned: a close must never be repeated. */
  int close(int fd);

  /** Begins anew when a signal interrupts it before anything was read. */
  int read(int fd, MemorySegment buffer);

  int write(int fd, MemorySegment bytes);

  /**
   * Is not repeated after a signal: whoever made the call must learn how it ended.
   *
   * @param argument what the request points to, or a number as an address
   */
  int ioctl(int fd, int request, MemorySegment argument);

  int eventfd(int counter, int flags);

  int epollCreate(int flags);

  int epollCtl(int epoll, int operation, int fd, MemorySegment event);

  /**
   * Waits.
   *
   * @param events room for the answer, {@link Uapi#EPOLL_EVENT} after {@code EPOLL_EVENT}
   * @return how many of them came; 0 when the time was over, {@code -EINTR} after a signal
   */
  int epollWait(int epoll, MemorySegment events, int timeoutMs);

  /** The kernel's number for the calling thread. */
  int gettid();

  /**
   * The one place where an errno becomes an exception.
   *
   * @param operation what was tried, for humans
   * @return the result, which is no error
   * @throws VfioException if it is one
   */
  static int check(String operation, int result) {
    if (result < 0) {
      throw new VfioException(operation, -result);
    }
    return result;
  }
}
