package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.recordings.Samples;
import dev.irqledger.standalone.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A history is shown as it is written, and as replay history has it later. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WatchTest {
  private static final String DEVICE = "0000:01:00.0";

  @TempDir private static Path folder;
  private TestBroker broker;

  @BeforeAll
  void start() throws IOException {
    broker = TestBroker.withTopics(1);
  }

  @AfterAll
  void stop() throws IOException {
    broker.close();
  }

  /** A pipe that hands over lines and that its reader can close. */
  private static final class Pipe extends Writer {
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final StringBuilder line = new StringBuilder();
    private volatile boolean broken;

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
      if (broken) {
        throw new IOException("broken pipe");
      }
      for (char c : new String(text, offset, length).toCharArray()) {
        if (c == '\n') {
          lines.add(line.toString());
          line.setLength(0);
        } else {
          line.append(c);
        }
      }
    }

    String next() throws InterruptedException {
      String next = lines.poll(1, TimeUnit.MINUTES);
      assertTrue(next != null, "no further line");
      return next;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private void importing(String host) throws IOException {
    Path file = Files.write(folder.resolve(host), Samples.lines(Samples.EXHAUSTION));
    CommandRun run = CommandRun.at(broker, "replay import --host " + host, file.toString());
    assertEquals(0, run.code(), run.err());
  }

  private List<String> history(String host) {
    return CommandRun.at(broker, "replay history -o json -d " + host + "/" + DEVICE)
        .out()
        .lines()
        .toList();
  }

  private FutureTask<Integer> watching(Pipe out, Pipe err, String line) {
    String[] words =
        ("replay watch -o json " + line + " -b " + broker.bootstrapServers()).split(" +");
    FutureTask<Integer> run =
        new FutureTask<>(() ->
            Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words));
    Thread.ofPlatform().daemon().start(run);
    return run;
  }

  @Test
  void what_is_appended_is_shown_until_nobody_reads_it() throws Exception {
    importing("hv-1");
    Pipe out = new Pipe();
    Pipe err = new Pipe();
    FutureTask<Integer> watch = watching(out, err, "");
    String said = err.next();
    assertTrue(said.contains("watching after offset:0@"), said);
    importing("hv-2");
    for (String expected : history("hv-2")) {
      assertEquals(expected, out.next());
    }
    out.broken = true;
    importing("hv-3");
    assertEquals(0, watch.get(1, TimeUnit.MINUTES));
  }

  @Test
  void states_are_folded_first_so_that_changes_are_right() throws Exception {
    importing("hv-4");
    List<String> history = history("hv-4");
    long first = Long.parseLong(history.getFirst().replaceFirst(".*?\"offset\":(\\d+).*", "$1"));
    Pipe out = new Pipe();
    FutureTask<Integer> watch =
        watching(out, new Pipe(), "--host hv-4 --from offset:0@" + (first + 5));
    for (String expected : history.subList(6, history.size())) {
      assertEquals(expected, out.next());
    }
    out.broken = true;
    importing("hv-5");
    Path more =
        Files.write(folder.resolve("more"), Samples.lines(Samples.EXHAUSTION).subList(0, 9));
    CommandRun again = CommandRun.at(broker, "replay import --host hv-4", more.toString());
    assertEquals(0, again.code(), again.err());
    assertEquals(0, watch.get(1, TimeUnit.MINUTES));
  }

  @Test
  void a_point_that_is_not_there_is_refused() {
    assertEquals(5, CommandRun.at(broker, "replay watch --from offset:0@999999").code());
    assertEquals(2, CommandRun.at(broker, "replay watch --vector 2048").code());
  }
}
