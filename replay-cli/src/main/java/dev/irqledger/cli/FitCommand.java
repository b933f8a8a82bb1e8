package dev.irqledger.cli;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.policy.Pool;
import dev.irqledger.core.rule.ReleasePolicy;
import dev.irqledger.core.whatif.PoolSizes;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.whatif.HostAccount;
import dev.irqledger.replay.whatif.Side;
import dev.irqledger.replay.whatif.WhatIf;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code replay fit}: whether a virtual machine's devices fit on a host. */
@Command(
    name = "fit",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Tell whether further devices fit on a host beside what its devices hold, and which pool is"
          + " too small. What a device needs is the most that a device of the log would have held"
          + " had nothing run out, in all of its history; the peaks of several are added up.",
      "",
      "A pool's size is taken from the option, else from what the host's agent told last (in Kafka),"
          + " else from the log: what was in use when a call found the pool empty the last time.",
      "",
      "JSON: host, point, added [{device, count}], fits, pools [{pool, size, told, inUse, free,"
          + " needed, missing}].",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all of them fit",
      "1:they do not fit, or records that could not be read were passed over",
      "2:wrong usage, no such form of a point, or nobody knows how large a pool is",
      "3:no broker answers",
      "4:the topic is missing",
      "5:the log does not hold the point, the log was cut, or no such device",
      "6:the archive is not there, or is damaged"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger replay fit --host hv-1 --add 'hv-1/0000:01:00.0 x 2'",
      "  irq-ledger replay fit --host hv-2 --add 'hv-1/0000:01:00.0 x 1' --irtes 65536",
      "  irq-ledger replay fit --archive incident-7 --host hv-1 --add '0000:01:00.0 x 4' \\",
      "      --cpu-vectors 387 --irtes 65536 --at offset:0@9 -o json"
    })
public final class FitCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private PastOptions past = new PastOptions();

  @Option(
      names = "--add",
      paramLabel = "'DEVICE x COUNT'",
      required = true,
      converter = Addition.Converter.class,
      description = "So many devices that need what DEVICE of the log needed, on whatever host.")
  private List<Addition> additions = new ArrayList<>();

  @Mixin private PoolOptions pools = new PoolOptions();
  @Mixin private OutputOption output = new OutputOption();

  @Override
  public Integer call() {
    String host = past.selection().host();
    if (host == null || past.selection().namesDevice()) {
      throw new ParameterException(
          spec.commandLine(), "name the host that they are to fit on: --host, without --device");
    }
    PrintWriter err = spec.commandLine().getErr();
    PoolSizes given = pools.sizes(spec);
    WhatIf now = new WhatIf(ReleasePolicy.KERNEL, PoolSizes.UNKNOWN, Map.of());
    Image image = past.replay(now, err);
    HostAccount account = Objects.requireNonNull(now.hosts().get(host));
    SortedMap<DeviceKey, Integer> added = Addition.counts(additions, host);
    List<Fit.Level> levels = levels(host, given, account, added);
    Fit fit = new Fit(host, image.point().token(), added, levels);
    switch (output.format()) {
      case table -> new FitText(fit).print(spec.commandLine().getOut());
      case json -> new FitText(fit).json(spec.commandLine().getOut());
    }
    int unread = PassedOver.report(image, spec.commandLine());
    return fit.fits() ? unread : ExitCode.FOUND;
  }

  private List<Fit.Level> levels(
      String host, PoolSizes given, HostAccount account, SortedMap<DeviceKey, Integer> added) {
    PoolSizes told =
        past.source().isArchive() || (given.cpuVectors() != null && given.irtes() != null)
            ? PoolSizes.UNKNOWN
            : ToldSizes.read(past.source().kafka().cluster(), host);
    Map<DeviceKey, HostAccount> alone = new HashMap<>();
    added.keySet().forEach(device -> alone.put(device, alone(device)));
    List<Fit.Level> levels = new ArrayList<>();
    for (Pool pool : Pool.values()) {
      long needed = 0;
      for (Map.Entry<DeviceKey, HostAccount> device : alone.entrySet()) {
        int count = added.getOrDefault(device.getKey(), 0);
        needed += (long) count * device.getValue().peak(Side.POLICY, pool).most();
      }
      levels.add(level(host, pool, given, told, account, needed));
    }
    return levels;
  }

  /** A device's whole history on a host of its own whose pools never run out. */
  private HostAccount alone(DeviceKey device) {
    WhatIf alone = new WhatIf(ReleasePolicy.KERNEL, PoolSizes.UNBOUNDED, Map.of());
    Image image = past.replayAll(device, alone, spec.commandLine().getErr());
    Addition.requireFound(device, image);
    return Objects.requireNonNull(alone.hosts().get(device.host()));
  }

  private static Fit.Level level(
      String host, Pool pool, PoolSizes given, PoolSizes told, HostAccount account, long needed) {
    int inUse = pool.share(account.totals(Side.LOG).vectors());
    Integer size = given.of(pool);
    if (size != null) {
      return new Fit.Level(pool, size, Fit.Told.OPTION, inUse, needed);
    }
    size = told.of(pool);
    if (size != null) {
      return new Fit.Level(pool, size, Fit.Told.AGENT, inUse, needed);
    }
    size = account.sizes().of(pool);
    if (size != null) {
      return new Fit.Level(pool, size, Fit.Told.LOG, inUse, needed);
    }
    String option = pool == Pool.CPU_VECTORS ? "--cpu-vectors" : "--irtes";
    throw new ReplayException(
        ReplayException.Kind.WRONG_USE,
        "neither an agent nor the log tells how many "
            + WhatIfTable.name(pool)
            + " host "
            + host
            + " has for devices: say it with "
            + option
            + " N");
  }
}
