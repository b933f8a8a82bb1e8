package dev.irqledger.agent.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Errno;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The bindings on the kernel that runs the tests. */
class LibcTest {
  private final SystemCalls libc = new Libc();

  @Test
  void errors_come_as_negated_errnos() {
    assertEquals(Errno.ENOENT.result(), libc.open("/dev/no such file", Uapi.O_RDONLY));
    assertEquals(Errno.EBADF.result(), libc.close(1_000_000));
    assertEquals(Errno.EBADF.result(), libc.read(1_000_000, MemorySegment.NULL));
    assertEquals(Errno.EINVAL.result(), libc.eventfd(0, -1));
    assertEquals(Errno.EBADF.result(), libc.ioctl(-1, Uapi.VFIO_DEVICE_RESET, MemorySegment.NULL));
    assertEquals(Errno.EINVAL.result(), libc.epollCreate(-1));
  }

  @Test
  void an_errno_becomes_an_exception_that_names_operation_and_error() {
    VfioException e =
        assertThrows(VfioException.class, () -> SystemCalls.check("open x", Errno.EACCES.result()));
    assertEquals("open x failed: -EACCES", e.getMessage());
    assertEquals(5, SystemCalls.check("open x", 5));
  }

  @Test
  void an_ioctl_that_a_file_does_not_know_is_refused() {
    int fd = libc.open("/dev/null", Uapi.O_RDWR | Uapi.O_CLOEXEC);
    assertEquals(Errno.ENOTTY.result(), libc.ioctl(fd, Uapi.VFIO_DEVICE_RESET, MemorySegment.NULL));
    assertEquals(0, libc.close(fd));
    assertEquals(Errno.EBADF.result(), libc.close(fd));
  }

  @Test
  void a_descriptor_has_the_flags_that_were_asked_for() throws IOException {
    int fd = libc.open("/dev/null", Uapi.O_RDWR | Uapi.O_NONBLOCK | Uapi.O_CLOEXEC);
    String info = Files.readString(Path.of("/proc/self/fdinfo/" + fd));
    long flags =
        info.lines()
            .filter(line -> line.startsWith("flags:"))
            .map(line -> Long.parseLong(line.substring(6).strip(), 8))
            .findFirst()
            .orElseThrow();
    long wanted = Uapi.O_RDWR | Uapi.O_NONBLOCK | Uapi.O_CLOEXEC;
    assertEquals(wanted, flags & wanted);
    assertEquals(0, libc.close(fd));
  }

  @Test
  void what_is_written_to_an_eventfd_is_read_once() {
    int fd = libc.eventfd(2, Uapi.EFD_NONBLOCK | Uapi.EFD_CLOEXEC);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment counter = arena.allocateFrom(JAVA_LONG, 40);
      assertEquals(Long.BYTES, libc.write(fd, counter));
      assertEquals(Long.BYTES, libc.read(fd, counter));
      assertEquals(42, counter.get(JAVA_LONG, 0));
      assertEquals(Errno.EAGAIN.result(), libc.read(fd, counter));
    }
    assertEquals(0, libc.close(fd));
  }

  @Test
  void a_thread_is_told_its_number() throws IOException {
    Path self = Path.of("/proc/thread-self").toRealPath();
    assertEquals(String.valueOf(libc.gettid()), String.valueOf(self.getFileName()));
    assertTrue(libc.gettid() > 0);
  }
}
