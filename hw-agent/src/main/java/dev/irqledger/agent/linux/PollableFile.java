package dev.irqledger.agent.linux;

import static dev.irqledger.agent.linux.SystemCalls.check;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.irqledger.core.device.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A file that has data now and then and perhaps never ends, such as a pipe or tracefs's {@code
 * trace_pipe}, read with a time limit and so that another thread can end the wait. One thread
 * reads; all may wake and close.
 */
public final class PollableFile implements AutoCloseable {
  /** Returned when there will be no more: woken, or at the end of the file. */
  public static final int END = -1;

  private static final int NOTHING_YET = 0;
  private static final long EVENTS = Uapi.offset(Uapi.EPOLL_EVENT, "events");
  private static final long MAX_WAIT_MS = Integer.MAX_VALUE;

  private final SystemCalls calls;
  private final int file;
  private final int waker;
  private final int epoll;
  private final Object reading = new Object();
  private volatile boolean woken;
  private boolean closed;

  /**
   * Opens it for reading.
   *
   * @throws dev.irqledger.agent.vfio.VfioException if it cannot be opened, or cannot be waited for
   *     (EPERM: a regular file)
   */
  public PollableFile(Path path) {
    this(path, new Libc());
  }

  PollableFile(Path path, SystemCalls calls) {
    this.calls = calls;
    int flags = Uapi.O_RDONLY | Uapi.O_NONBLOCK | Uapi.O_CLOEXEC;
    try (Undo undo = new Undo()) {
      file = opened("open " + path, calls.open(path.toString(), flags), undo);
      waker = opened("eventfd", calls.eventfd(0, Uapi.EFD_CLOEXEC | Uapi.EFD_NONBLOCK), undo);
      epoll = opened("epoll_create1", calls.epollCreate(Uapi.EPOLL_CLOEXEC), undo);
      watch("waiting for " + path, file);
      watch("waiting for an eventfd", waker);
      undo.forget();
    }
  }

  /**
   * Reads what is there, and waits for it if nothing is.
   *
   * @param timeout how long to wait at most, in whole milliseconds
   * @return how many bytes were read; 0 when the time was over; {@link #END} at the end of the file
   *     and when woken
   * @throws dev.irqledger.agent.vfio.VfioException if it cannot be read
   */
  public int read(byte[] buffer, Duration timeout) {
    synchronized (reading) {
      long end = System.nanoTime() + timeout.toNanos();
      boolean ready = false;
      while (!woken) {
        int count = readNow(buffer);
        if (count > 0) {
          return count;
        }
        if (ready && count == 0) {
          return END; // not so before the wait: a pipe without a writer yet reads the same
        }
        long left = end - System.nanoTime();
        if (left <= 0) {
          return NOTHING_YET;
        }
        ready = await(left);
      }
      return END;
    }
  }

  /** Ends the read under way, and every later one at once. */
  public synchronized void wake() {
    woken = true;
    if (!closed) {
      try (Arena arena = Arena.ofConfined()) {
        check("waking a reader", calls.write(waker, arena.allocateFrom(JAVA_LONG, 1)));
      }
    }
  }

  /** Wakes the reader, waits for it to leave, and closes the file. */
  @Override
  public void close() {
    try {
      wake();
    } finally {
      synchronized (reading) {
        closeAll();
      }
    }
  }

  private synchronized void closeAll() {
    if (!closed) {
      closed = true;
      calls.close(epoll);
      calls.close(waker);
      calls.close(file);
    }
  }

  /** True when the file or the waker is ready, false when the time is over. */
  private boolean await(long nanos) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment events = arena.allocate(Uapi.EPOLL_EVENT, 2);
      int timeoutMs = (int) Math.clamp((nanos + 999_999) / 1_000_000, 0, MAX_WAIT_MS);
      int count = calls.epollWait(epoll, events, timeoutMs);
      return count != Errno.EINTR.result() && check("epoll_wait", count) > 0;
    }
  }

  /** How many bytes; 0 at the end of the file; -EAGAIN when there are none. */
  private int readNow(byte[] buffer) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(buffer.length);
      int count = calls.read(file, bytes);
      if (count != Errno.EAGAIN.result()) {
        check("read", count);
        MemorySegment.copy(bytes, JAVA_BYTE, 0, buffer, 0, count);
      }
      return count;
    }
  }

  private int opened(String operation, int result, Undo undo) {
    check(operation, result);
    undo.add(() -> calls.close(result));
    return result;
  }

  private void watch(String operation, int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment event = arena.allocate(Uapi.EPOLL_EVENT);
      event.set(JAVA_INT, EVENTS, Uapi.EPOLLIN);
      check(operation, calls.epollCtl(epoll, Uapi.EPOLL_CTL_ADD, descriptor, event));
    }
  }
}
