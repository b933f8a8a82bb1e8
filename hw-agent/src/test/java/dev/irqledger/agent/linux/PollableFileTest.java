package dev.irqledger.agent.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Errno;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PollableFileTest {
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final Duration SHORT = Duration.ofMillis(20);

  @TempDir Path folder;
  private final byte[] buffer = new byte[16];
  private Path fifo;

  @BeforeEach
  void make_a_fifo() throws IOException, InterruptedException {
    fifo = folder.resolve("fifo");
    assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
  }

  @Test
  void a_fifo_is_waited_for_read_and_ended() throws IOException {
    try (PollableFile file = new PollableFile(fifo)) {
      assertEquals(0, file.read(buffer, SHORT)); // nobody writes yet: not the end
      try (OutputStream writer = Files.newOutputStream(fifo)) {
        assertEquals(0, file.read(buffer, SHORT));
        writer.write("irq 5".getBytes(UTF_8));
        assertEquals("irq 5", text(file.read(buffer, LONG)));
        assertEquals(0, file.read(buffer, Duration.ZERO));
        writer.write("a line of 24 characters.".getBytes(UTF_8));
        assertEquals("a line of 24 cha", text(file.read(buffer, LONG)));
        assertEquals("racters.", text(file.read(buffer, Duration.ZERO)));
      }
      assertEquals(PollableFile.END, file.read(buffer, LONG));
    }
  }

  @Test
  void data_that_come_later_end_the_wait() throws IOException {
    try (PollableFile file = new PollableFile(fifo);
        OutputStream writer = Files.newOutputStream(fifo)) {
      CompletableFuture<Integer> read = readInBackground(file);
      writer.write('x');
      assertEquals(1, read.join());
    }
  }

  @Test
  void a_pipe_between_processes_is_read_to_its_end() throws IOException, InterruptedException {
    // it waits in the end: at a process's exit the JDK itself reads what is left in its pipe
    Process writer =
        new ProcessBuilder("sh", "-c", "read go; echo one; echo two; read end").start();
    String pipe = "/proc/" + writer.pid() + "/fd/1";
    try (PollableFile file = new PollableFile(Path.of(pipe));
        OutputStream commands = writer.getOutputStream()) {
      assertEquals(0, file.read(buffer, SHORT));
      commands.write('\n');
      commands.flush();
      StringBuilder all = new StringBuilder();
      while (all.length() < "one\ntwo\n".length()) {
        int count = file.read(buffer, LONG);
        assertTrue(count > 0, "ended after: " + all);
        all.append(text(count));
      }
      assertEquals("one\ntwo\n", all.toString());
      commands.write('\n');
      commands.flush();
      assertEquals(PollableFile.END, file.read(buffer, LONG));
    }
    assertEquals(0, writer.waitFor());
  }

  @Test
  void a_wake_ends_the_wait_and_every_later_one() throws IOException {
    try (PollableFile file = new PollableFile(fifo);
        OutputStream writer = Files.newOutputStream(fifo)) {
      CompletableFuture<Integer> read = readInBackground(file);
      file.wake();
      assertEquals(PollableFile.END, read.join());
      writer.write('x');
      assertEquals(PollableFile.END, file.read(buffer, LONG));
    }
  }

  @Test
  void closing_ends_the_wait_of_another_thread() throws Exception {
    PollableFile file = new PollableFile(fifo);
    CompletableFuture<Integer> read = readInBackground(file);
    file.close();
    assertEquals(PollableFile.END, read.get(30, TimeUnit.SECONDS));
    file.close();
    file.wake();
    assertEquals(PollableFile.END, file.read(buffer, LONG));
  }

  @Test
  void files_that_are_missing_or_always_ready_are_refused() throws IOException {
    Path regular = Files.writeString(folder.resolve("regular"), "x");
    assertErrno(Errno.EPERM, regular);
    assertErrno(Errno.ENOENT, folder.resolve("missing"));
  }

  private CompletableFuture<Integer> readInBackground(PollableFile file) {
    CompletableFuture<Thread> started = new CompletableFuture<>();
    CompletableFuture<Integer> read =
        CompletableFuture.supplyAsync(() -> {
          started.complete(Thread.currentThread());
          return file.read(buffer, LONG);
        });
    assertTrue(started.join().isAlive());
    return read;
  }

  private static void assertErrno(Errno expected, Path path) {
    VfioException e = assertThrows(VfioException.class, () -> new PollableFile(path));
    assertEquals(expected.number(), e.errno(), e.getMessage());
  }

  private String text(int count) {
    return new String(buffer, 0, count, UTF_8);
  }
}
