package dev.irqledger.cli;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.rule.ReleasePolicy;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.whatif.WhatIf;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code replay what-if}: the same calls under another release policy, or with other pools. */
@Command(
    name = "what-if",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Make all calls of the log again on a model of each host, under another release policy or with"
          + " other pools, and tell what would have been otherwise. Nothing is written to the log.",
      "",
      "Policies:",
      "  KERNEL                 as vfio-pci does: an irq is kept until the mode is left",
      "  FREE_ON_CLEAR          an irq is freed as soon as its trigger is removed",
      "  FREE_DYNAMIC_ON_CLEAR  only those are that were allocated after the enable",
      "  LRU_CAP(n)             each device keeps the n latest irqs without trigger",
      "They concern MSI-X where it is dynamic: no other frees one irq alone.",
      "",
      "Without --cpu-vectors and --irtes the pools are as large as the log shows: what was in use"
          + " when a call found one empty, and no end before that. A call is made whatever the one"
          + " before returned: what a guest would have done then, nobody knows.",
      "",
      "JSON: point, policy, added [{device, count}], hosts [{host, pools [{pool, size, log {peak,"
          + " at}, policy {peak, at}}], idle {log, policy}, shortages {log, policy, avoided, caused,"
          + " ofAdded, told [{kind, pool, at}]}, cost {allocatedAgain, estimateNanos, allocating,"
          + " rearming}, partedAt}], totals {shortages, cost}; an at is {partition, offset, event,"
          + " device, what}, allocating and rearming are {calls, irqs, sumNanos, medianNanos}; what is"
          + " not known is null.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, whatever would have been otherwise",
      "1:records that could not be read were passed over",
      "2:wrong usage, or no such form of a point",
      "3:no broker answers",
      "4:the topic is missing",
      "5:the log does not hold the point, the log was cut, or no such device",
      "6:the archive is not there, or is damaged"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger replay what-if --policy FREE_ON_CLEAR --host hv-1",
      "  irq-ledger replay what-if --policy 'LRU_CAP(64)' --archive incident-7 -o json",
      "  irq-ledger replay what-if --policy KERNEL --cpu-vectors 600 --archive incident-7",
      "  irq-ledger replay what-if --policy KERNEL --add 'hv-1/0000:01:00.0 x 3' --host hv-1"
    })
public final class WhatIfCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private PastOptions past = new PastOptions();

  @Option(
      names = "--policy",
      paramLabel = "POLICY",
      required = true,
      converter = ReleasePolicyText.class,
      description = "KERNEL, FREE_ON_CLEAR, FREE_DYNAMIC_ON_CLEAR or LRU_CAP(n).")
  private ReleasePolicy policy;

  @Mixin private PoolOptions pools = new PoolOptions();

  @Option(
      names = "--add",
      paramLabel = "'DEVICE x COUNT'",
      converter = Addition.Converter.class,
      description = "So many further devices on DEVICE's host, each doing what DEVICE did.")
  private List<Addition> additions = new ArrayList<>();

  @Mixin private OutputOption output = new OutputOption();

  @Override
  public Integer call() {
    if (past.selection().namesDevice()) {
      throw new ParameterException(
          spec.commandLine(),
          "--device: the pools belong to all devices of a host: take --host instead");
    }
    String host = past.selection().host();
    SortedMap<DeviceKey, Integer> added = Addition.counts(additions, host);
    WhatIf whatIf = new WhatIf(policy, pools.sizes(spec), added);
    Image image = past.replay(whatIf, spec.commandLine().getErr());
    added.keySet().forEach(device -> Addition.requireFound(device, image));
    WhatIfReport report = new WhatIfReport(image.point().token(), policy, added, whatIf.hosts());
    switch (output.format()) {
      case table -> new WhatIfTable(spec.commandLine().getOut()).print(report);
      case json -> WhatIfJson.print(report, spec.commandLine().getOut());
    }
    return PassedOver.report(image, spec.commandLine());
  }
}
