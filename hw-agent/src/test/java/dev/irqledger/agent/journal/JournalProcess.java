package dev.irqledger.agent.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.irqledger.agent.Fixtures;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.Source;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.EventSealer;
import dev.irqledger.wire.KnownHeads;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A process of its own that uses a journal, so that it can be killed or run out of disk. */
final class JournalProcess {
  private static final DeviceKey DEVICE = new DeviceKey(Fixtures.HOST, Fixtures.NVME);
  private static final Intent INTENT = new Intent(Fixtures.NVME, "reset", null);
  private static final String REASON = "x".repeat(1000);

  private final Journal journal;
  private final EventSealer sealer;
  private final PrintStream out = new PrintStream(System.out, true, UTF_8);

  private JournalProcess(Journal journal, KnownHeads before, long epoch) {
    this.journal = journal;
    this.sealer = new EventSealer(EventCodec.releasedOnly(), epoch, "boot", before);
  }

  static ProcessBuilder of(Path folder, String what) {
    return new ProcessBuilder(command(folder, what));
  }

  static List<String> command(Path folder, String what) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-Xshare:auto",
        "-cp",
        System.getProperty("java.class.path"),
        JournalProcess.class.getName(),
        folder.toString(),
        what);
  }

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    try (Journal journal = Journal.open(folder, Fixtures.HOST, Sync.FULL)) {
      KnownHeads before = journal.recovered().knownHeads();
      JournalProcess process = new JournalProcess(journal, before, journal.beginEpoch(1));
      switch (args[1]) {
        case "hold" -> process.hold();
        case "append" -> process.appendForGood();
        case "fill" -> process.fill();
        default -> throw new IllegalArgumentException(args[1]);
      }
    }
  }

  private void hold() throws IOException {
    out.println("open");
    var _ = System.in.read();
  }

  /** Many at once; says the number of each event of this process that is there for good. */
  private void appendForGood() {
    while (true) {
      List<CompletableFuture<Void>> group = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        group.add(journal.append(List.of(event(null))));
      }
      for (CompletableFuture<Void> durable : group) {
        Journal.await(durable);
        out.println("durable");
      }
    }
  }

  /** Makes operations until an intent is refused; the outcomes of those under way must fit. */
  private void fill() {
    long settled = 0;
    try {
      while (true) {
        journal.write(new Entry.Intended(INTENT, false));
        journal.write(event(INTENT));
        settled++;
      }
    } catch (JournalException e) {
      out.println(e.kind() + " after " + settled + ": " + e.getMessage());
    }
    journal.write(new Entry.Intended(INTENT, true));
    journal.write(event(INTENT));
    settled++;
    for (int i = 0; i < 1000; i++) {
      journal.write(event(null));
      settled++;
    }
    out.println("kept " + settled + " of " + journal.backlog());
  }

  private Entry event(@Nullable Intent settles) {
    return new Entry.Happened(
        sealer.seal(
            UUID.randomUUID(),
            DEVICE,
            Source.AGENT_CALL,
            Fixtures.SELF.actor(),
            1,
            new CommandRefused(REASON)),
        settles);
  }
}
