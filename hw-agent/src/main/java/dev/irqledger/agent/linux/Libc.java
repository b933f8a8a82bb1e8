package dev.irqledger.agent.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.irqledger.core.device.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.stream.Stream;

/**
 * The C library's wrappers of the system calls. Each call has a segment of its own for errno, since
 * the thread's errno may be another one by the time that Java could ask for it. None is declared
 * critical, because a thread that waits in such a call would hold up the garbage collector.
 */
final class Libc implements SystemCalls {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

  private static final MethodHandle OPEN = variadic("open", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle CLOSE = bind("close", JAVA_INT, JAVA_INT);
  private static final MethodHandle READ = bind("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle WRITE = bind("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle IOCTL =
      variadic("ioctl", JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);
  private static final MethodHandle EVENTFD = bind("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle EPOLL_CREATE = bind("epoll_create1", JAVA_INT, JAVA_INT);
  private static final MethodHandle EPOLL_CTL =
      bind("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle EPOLL_WAIT =
      bind("epoll_wait", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private static final MethodHandle GETTID = bind("gettid", JAVA_INT);

  @Override
  public int open(String path, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment name = arena.allocateFrom(path);
      int result;
      do {
        result = result((int) OPEN.invokeExact(state, name, flags), state);
      } while (result == Errno.EINTR.result());
      return result;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int close(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int result = result((int) CLOSE.invokeExact(state, fd), state);
      return result == Errno.EINTR.result() ? 0 : result;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int read(int fd, MemorySegment buffer) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int result;
      do {
        result = result((long) READ.invokeExact(state, fd, buffer, buffer.byteSize()), state);
      } while (result == Errno.EINTR.result());
      return result;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int write(int fd, MemorySegment bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int result;
      do {
        result = result((long) WRITE.invokeExact(state, fd, bytes, bytes.byteSize()), state);
      } while (result == Errno.EINTR.result());
      return result;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int ioctl(int fd, int request, MemorySegment argument) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      long unsigned = Integer.toUnsignedLong(request);
      return result((int) IOCTL.invokeExact(state, fd, unsigned, argument), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int eventfd(int counter, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return result((int) EVENTFD.invokeExact(state, counter, flags), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int epollCreate(int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return result((int) EPOLL_CREATE.invokeExact(state, flags), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int epollCtl(int epoll, int operation, int fd, MemorySegment event) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return result((int) EPOLL_CTL.invokeExact(state, epoll, operation, fd, event), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int epollWait(int epoll, MemorySegment events, int timeoutMs) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int room = (int) (events.byteSize() / Uapi.EPOLL_EVENT.byteSize());
      return result((int) EPOLL_WAIT.invokeExact(state, epoll, events, room, timeoutMs), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int gettid() {
    try (Arena arena = Arena.ofConfined()) {
      return (int) GETTID.invokeExact(arena.allocate(STATE));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static int result(long returned, MemorySegment state) {
    return returned < 0 ? -(int) ERRNO.get(state, 0L) : Math.toIntExact(returned);
  }

  /** A handle whose type allows for no exception but what the JVM itself throws. */
  private static RuntimeException unexpected(Throwable thrown) {
    return switch (thrown) {
      case Error e -> throw e;
      case RuntimeException e -> e;
      default -> new IllegalStateException(thrown);
    };
  }

  private static MethodHandle bind(String name, MemoryLayout returned, MemoryLayout... arguments) {
    return bind(name, FunctionDescriptor.of(returned, arguments));
  }

  /** A function whose third argument and what follows is variadic, as those of these two are. */
  private static MethodHandle variadic(
      String name, MemoryLayout returned, MemoryLayout... arguments) {
    return bind(
        name, FunctionDescriptor.of(returned, arguments), Linker.Option.firstVariadicArg(2));
  }

  @SuppressWarnings("restricted") // the signatures are those of the manual pages, section 2
  private static MethodHandle bind(
      String name, FunctionDescriptor signature, Linker.Option... options) {
    Linker.Option[] all =
        Stream.concat(Stream.of(Linker.Option.captureCallState("errno")), Stream.of(options))
            .toArray(Linker.Option[]::new);
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), signature, all);
  }
}
