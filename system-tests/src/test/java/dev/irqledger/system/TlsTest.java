package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.cli.TemporaryFolder;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.service.LedgerService;
import dev.irqledger.service.ServiceSettings;
import dev.irqledger.standalone.EmbeddedBroker;
import dev.irqledger.wire.topic.ClientSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that demands TLS of both sides is reached by every program with one file. */
class TlsTest {
  private static final DeviceKey DEVICE = DeviceKey.parse("hv-1/0000:01:00.0");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private Path folder;

  @Test
  void service_agent_and_commands_work_through_tls_with_the_settings_of_one_file()
      throws Exception {
    TestKeys keys = TestKeys.create(folder);
    Path file = Files.write(folder.resolve("kafka.properties"), keys.ofClient());
    try (TemporaryFolder data = TemporaryFolder.create("irq-ledger-tls");
        EmbeddedBroker broker = EmbeddedBroker.startWithTls(data.path(), keys.ofBroker());
        LedgerService service = LedgerService.start(settings(broker, file))) {
      assertTrue(service.awaitRunning(PATIENCE));
      Path ops = Files.writeString(folder.resolve("boot.ops"), "open\nclose\n");
      run(
          broker,
          file,
          "agent",
          "run",
          "--backend",
          "modelled",
          "--host",
          DEVICE.host(),
          "--device",
          DEVICE.bdf().text() + ":nvme",
          "--state-dir",
          folder.resolve("journal").toString(),
          ops.toString());
      run(broker, file, "policy", "set", "--host", "*", "--idle-limit", "1h");
      CommandRun history = run(broker, file, "replay", "history", "-d", DEVICE.toString());

      assertEquals(2, history.out().lines().filter(line -> line.contains(" ")).count() - 1);
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (service.state(DEVICE).isEmpty()) {
        assertTrue(System.nanoTime() < end, "the event was not folded");
        Thread.onSpinWait();
      }
    }
  }

  private ServiceSettings settings(EmbeddedBroker broker, Path file) throws Exception {
    return ServiceSettings.of(broker.bootstrapServers(), folder.resolve("state"))
        .withTopics(1, OptionalInt.of(1))
        .withKafka(ClientSettings.read(file));
  }

  private static CommandRun run(EmbeddedBroker broker, Path file, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-b", broker.bootstrapServers(), "--kafka-config", file.toString()));
    CommandRun run = CommandRun.of(all.toArray(String[]::new));
    assertEquals(0, run.code(), run.err());
    assertFalse((run.out() + run.err()).contains(TestKeys.PASSWORD));
    return run;
  }
}
