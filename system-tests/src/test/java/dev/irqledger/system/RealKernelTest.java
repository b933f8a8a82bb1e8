package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.agent.act.OpExecutor;
import dev.irqledger.agent.act.OpLine;
import dev.irqledger.agent.vfio.DevicePreset;
import dev.irqledger.agent.vfio.HostCapacity;
import dev.irqledger.agent.vfio.ModelledHost;
import dev.irqledger.agent.vfio.Vfio;
import dev.irqledger.cli.TemporaryFolder;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.recordings.Op;
import dev.irqledger.recordings.OpScript;
import dev.irqledger.standalone.EmbeddedBroker;
import dev.irqledger.standalone.RandomOps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged agent on real kernels. Runs only with {@code mvn -Pvm}. */
@Tag("vm")
class RealKernelTest {
  private static final int OPERATIONS = 4_000;
  private static final Map<DevicePreset, Bdf> DEVICES =
      new EnumMap<>(
          Map.of(
              DevicePreset.NVME, new Bdf("0000:01:00.0"),
              DevicePreset.E1000E, new Bdf("0000:02:00.0"),
              DevicePreset.XHCI, new Bdf("0000:03:00.0"),
              DevicePreset.EDU, new Bdf("0000:04:00.0")));

  @ParameterizedTest
  @ValueSource(strings = {"6.12", "6.1"})
  void what_the_agent_publishes_is_what_sysfs_shows_after_every_operation(String kernel)
      throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("kernel " + kernel + ", " + OPERATIONS + " operations, seed " + seed);
    try (TemporaryFolder data = TemporaryFolder.create("irq-ledger-vm");
        EmbeddedBroker broker = EmbeddedBroker.startForGuests(data.path());
        VirtualMachine machine = new VirtualMachine("judged-" + kernel)) {
      Path script = machine.folder().resolve("script");
      Files.write(script, script(seed));
      VirtualMachine.Run run =
          machine.run(
              Duration.ofMinutes(20),
              List.of("--kernel", kernel),
              GuestPrograms.script("judged"),
              GuestPrograms.launcher(),
              broker.bootstrapServersForGuests(),
              "vm",
              GuestPrograms.compiled("judge"),
              "/mnt/out/script");
      assertEquals(0, run.exit(), run.said() + run.stderr());
      List<JudgedLine> judged = JudgedLine.read(machine.folder().resolve("judged.jsonl"));
      assertEquals(OPERATIONS, judged.size());
      LoggedEvents log = LoggedEvents.read(broker.bootstrapServers());
      assertLedgerIsSysfs(judged, log);
      assertEquals(List.of(), log.violations());
      Path release = machine.folder().resolve("release");
      assertModelGivesTheSame(judged, new KernelRelease(Files.readString(release).strip()));
      machine.wasAsExpected();
    }
  }

  /** Lines of {@code BDF OPERATION}, the devices mixed. */
  private static List<String> script(long seed) {
    Random random = new Random(seed);
    Map<DevicePreset, RandomOps> ops = new EnumMap<>(DevicePreset.class);
    DEVICES.keySet().forEach(preset -> ops.put(preset, RandomOps.of(preset, random.nextLong())));
    List<DevicePreset> presets = List.copyOf(DEVICES.keySet());
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < OPERATIONS; i++) {
      DevicePreset preset = presets.get(random.nextInt(presets.size()));
      lines.add(DEVICES.get(preset) + " " + ops.get(preset).next());
    }
    return lines;
  }

  private static void assertLedgerIsSysfs(List<JudgedLine> judged, LoggedEvents log) {
    for (JudgedLine line : judged) {
      var state = log.after(line.event());
      assertTrue(state != null && line.shown().agreesWith(state), () -> line + "\n" + state);
    }
  }

  private static void assertModelGivesTheSame(List<JudgedLine> judged, KernelRelease kernel) {
    ModelledHost host =
        new ModelledHost("vm", kernel, new HostCapacity(1000, 10_000), InstantSource.system());
    DEVICES.forEach((preset, bdf) -> host.add(bdf, preset));
    try (Vfio vfio = host.startProcess()) {
      Map<Bdf, OpExecutor> executors = new TreeMap<>();
      for (JudgedLine line : judged) {
        OpExecutor executor =
            executors.computeIfAbsent(
                line.device(),
                bdf -> new OpExecutor(vfio, bdf, (_, e) -> String.valueOf(e.getMessage())));
        Op op = OpScript.parse(line.op());
        String modelled = OpLine.of(op, executor.execute(op), executor.signalled());
        assertEquals(modelled, line.text(), () -> "operation " + line.n() + " on " + line.device());
      }
    }
  }
}
