package dev.irqledger.cli;

import dev.irqledger.replay.Image;
import dev.irqledger.replay.VectorStory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code replay explain}: why a vector is what it is. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Tell why a vector is armed, cached, reserved or free: each event that made it so since it was"
          + " allocated, and the rule of the kernel that applies.",
      "",
      "JSON: host, device, vector, phase, linuxIrq, chain [{partition, offset, logTime,"
          + " hostTimeMicros, event, who, what, result, transition, rule, words, from, to}].",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:records that could not be read were passed over",
      "2:wrong usage, or no such form of a point",
      "3:no broker answers",
      "4:the topic is missing",
      "5:the log does not hold the point, the log was cut, or no such device",
      "6:the archive is not there, or is damaged"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger replay explain -d hv-1/0000:01:00.0 --vector 3",
      "  irq-ledger replay explain -d hv-1/0000:01:00.0 --vector 3 --at time:2026-11-22T14:34:12Z",
      "  irq-ledger replay explain --archive incident-7 -d hv-1/0000:01:00.0 --vector 3"
    })
public final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private PastOptions past = new PastOptions();

  @Option(names = "--vector", paramLabel = "N", required = true, description = "0 to 2047.")
  private int vector;

  @Mixin private OutputOption output = new OutputOption();

  @Override
  public Integer call() {
    if (!past.selection().namesDevice() || past.selection().host() == null) {
      throw new ParameterException(
          spec.commandLine(), "name one device with its host: --device HOST/BDF");
    }
    if (vector < 0 || vector > 2047) {
      throw new ParameterException(spec.commandLine(), "--vector is 0 to 2047, not " + vector);
    }
    VectorStory story = new VectorStory(vector);
    Image image = past.replay(story, spec.commandLine().getErr());
    StoryText text = new StoryText(image.devices().firstKey(), vector, story);
    switch (output.format()) {
      case table -> text.print(spec.commandLine());
      case json -> text.json(spec.commandLine().getOut());
    }
    return PassedOver.report(image, spec.commandLine());
  }
}
