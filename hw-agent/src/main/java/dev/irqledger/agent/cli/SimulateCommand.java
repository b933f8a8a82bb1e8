package dev.irqledger.agent.cli;

import dev.irqledger.agent.HostAgent;
import dev.irqledger.agent.guest.Guest;
import dev.irqledger.agent.guest.GuestHost;
import dev.irqledger.agent.guest.GuestHosts;
import dev.irqledger.agent.vfio.HostCapacity;
import dev.irqledger.core.device.KernelRelease;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code agent simulate}: agents of modelled hosts that are full of guests. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Run the agents of modelled hosts whose guests boot, move interrupts, reboot and go, until"
          + " interrupted.",
      "",
      "For trying a cluster out, and for tests under load: no hardware is needed. Each host is an"
          + " agent of its own, with journal, epoch and chain, and answers requests from irq.commands"
          + " as agent serve does. Each guest has an NVMe device with 32 vectors. The last host has a"
          + " third of the CPU vectors that its guests could want, so that some calls end with"
          + " -ENOSPC there.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "1:it could not go on",
      "2:wrong usage",
      "4:the topics are not set up as the log needs them",
      "8:a journal cannot be used",
      "130, 143:interrupted or terminated, after everything was taken down"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger agent simulate --bootstrap-server localhost:9092",
      "  irq-ledger agent simulate --hosts 10 --guests 50 --rate 100 -b localhost:9092"
    })
public final class SimulateCommand extends HostCommand {
  private static final int AMPLE = 1 << 20;
  private static final int MOST_GUESTS = 8192;

  private final InstantSource clock = InstantSource.system();

  @Spec private CommandSpec spec;

  @Option(
      names = "--hosts",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many hosts there are (default: ${DEFAULT-VALUE}).")
  private int hosts;

  @Option(
      names = "--guests",
      paramLabel = "N",
      defaultValue = "8",
      description =
          "How many guests each host has, with a device each: 1 to 8192 (default:"
              + " ${DEFAULT-VALUE}).")
  private int guests;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "How many calls the guests of a host make in a second, on average (default:"
              + " ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--prefix",
      paramLabel = "NAME",
      defaultValue = "hv-",
      description = "The hosts' names in the log: this and a number (default: ${DEFAULT-VALUE}).")
  private String prefix;

  @Option(
      names = "--kernel",
      paramLabel = "RELEASE",
      defaultValue = "6.12.0-modelled",
      description = "The hosts' kernel (default: ${DEFAULT-VALUE}).")
  private String kernel;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Another number gives other calls (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private final JournalOptions journal = new JournalOptions();
  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  @Override
  CommandSpec spec() {
    return spec;
  }

  @Override
  int run() throws IOException, InterruptedException {
    check();
    try (GuestHosts all = new GuestHosts()) {
      stopAtShutdown(all::stop);
      for (int number = 1; number <= hosts; number++) {
        int next = number;
        awaitLog(all.add(() -> start(next)).agent());
      }
      say(hosts + " hosts with " + guests + " guests each: until it is interrupted");
      all.run(Duration.ofNanos((long) (1e9 / rate)));
      say(all.operations() + " calls were made");
      return ended(all);
    }
  }

  private int ended(GuestHosts all) throws InterruptedException {
    int code = ExitCode.OK;
    for (GuestHost host : all.all()) {
      code = Math.max(code, drained(host.agent()));
    }
    return code;
  }

  private GuestHost start(int number) throws IOException {
    GuestHost.Plan plan =
        new GuestHost.Plan(
            number, guests, capacity(number), new KernelRelease(kernel), seed + number);
    return new GuestHost(plan, setup(prefix + number));
  }

  private HostCapacity capacity(int number) {
    int cpuVectors = number == hosts ? guests * Guest.MOST_VECTORS / 3 : AMPLE;
    return new HostCapacity(cpuVectors, AMPLE);
  }

  private HostAgent.Setup setup(String host) {
    return new HostAgent.Setup(
        host,
        journal.folder(host, false),
        journal.sync(),
        cluster.cluster(),
        cluster.partitions(),
        clock.millis(),
        clock,
        cluster.signer());
  }

  private void check() {
    if (hosts < 1 || guests < 1 || guests > MOST_GUESTS || !(rate > 0 && rate <= 1e6)) {
      throw new ParameterException(
          spec.commandLine(),
          "--hosts is 1 or more, --guests 1 to "
              + MOST_GUESTS
              + ", --rate more than 0 and at most 1000000");
    }
    if (!new KernelRelease(kernel).known()) {
      throw new ParameterException(
          spec.commandLine(),
          "--kernel: not a release: '" + kernel + "' (expected one that begins as 6.12 does)");
    }
    var _ = NameOptions.checked(spec, "--prefix", prefix + hosts);
  }
}
