package dev.irqledger.cli;

import dev.irqledger.cli.imports.ArchiveSink;
import dev.irqledger.cli.imports.EventSink;
import dev.irqledger.cli.imports.Import;
import dev.irqledger.cli.imports.ImportHistory;
import dev.irqledger.cli.imports.KafkaSink;
import dev.irqledger.cli.imports.Recording;
import dev.irqledger.recordings.BadLine;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.archive.ArchiveLogSource;
import dev.irqledger.wire.EventCodec;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay import}: recordings become events. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Put recordings into the log: one event for each operation, in order.",
      "",
      "The format is told from the content: kernel traces (.jsonl), QEMU trace logs with vfio_*"
          + " lines, and the text of a probe on vfio_pci_set_irqs_ioctl; also packed with gzip. What"
          + " a recording cannot know is marked unknown. Importing a file again changes nothing; an"
          + " import that was interrupted goes on where it stopped. Topics that are missing are"
          + " created.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:done, but lines that could not be read were left out",
      "2:wrong usage",
      "3:no broker answers",
      "4:the topics are not as the log needs them",
      "5:the log was cut, so what is there already cannot be told",
      "6:a file cannot be read, is of no known format, or holds no operation; nothing was done",
      "7:the archive cannot be written, or another process writes it"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger replay import nvme-021.jsonl --bootstrap-server localhost:9092",
      "  irq-ledger replay import qemu.log --host hv-1",
      "  irq-ledger replay import qemu.log --out case-12 && irq-ledger replay state --archive case-12"
    })
public final class ImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LogOptions log = new LogOptions();
  @Mixin private TopicOptions topics = new TopicOptions();

  @Option(
      names = "--host",
      paramLabel = "NAME",
      defaultValue = "imported",
      description = "The host whose devices these are (default: ${DEFAULT-VALUE}).")
  private String host = "imported";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Into an archive of recordings in the place of Kafka: of one partition, so that operation N"
              + " of the first file is offset N.")
  private @Nullable Path out;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Recordings.")
  private List<Path> files;

  @Override
  public Integer call() {
    Recording.requireHost(host);
    List<Recording> recordings = new ArrayList<>();
    int code = ExitCode.OK;
    for (Path file : files) {
      try {
        recordings.add(Recording.open(file, host));
      } catch (InputException e) {
        err().println("irq-ledger: " + e.getMessage());
        code = ExitCode.INPUT;
      }
    }
    if (code != ExitCode.OK) {
      if (!recordings.isEmpty()) {
        err().println("irq-ledger: nothing was imported: correct this and run it again");
      }
      return code;
    }
    return importAll(recordings);
  }

  private int importAll(List<Recording> recordings) {
    Path directory = out;
    if (directory != null) {
      try (EventSink sink = ArchiveSink.open(directory, InstantSource.system());
          ArchiveLogSource source = ArchiveLogSource.open(directory)) {
        return importAll(recordings, source, new EventCodec(source.schemas()), sink);
      }
    }
    Cluster cluster = log.cluster();
    topics.ensure(cluster, err());
    try (LogSource source = log.open();
        EventSink sink = new KafkaSink(cluster.producer())) {
      return importAll(recordings, source, log.codec(), sink);
    }
  }

  private int importAll(
      List<Recording> recordings, LogSource source, EventCodec codec, EventSink sink) {
    long badLines = 0;
    ImportHistory history = ImportHistory.read(source, codec, host, recordings);
    for (Recording recording : recordings) {
      Import.Result result = new Import(sink, codec, history).run(recording);
      report(recording, result);
      badLines += result.badLineCount();
    }
    return badLines > 0 ? ExitCode.FOUND : ExitCode.OK;
  }

  private void report(Recording recording, Import.Result result) {
    PrintWriter answer = spec.commandLine().getOut();
    answer.println(
        recording.file()
            + ": "
            + result.published()
            + " operations imported"
            + (result.alreadyThere() > 0
                ? ", " + result.alreadyThere() + " were there already"
                : "")
            + (result.badLineCount() > 0
                ? ", " + result.badLineCount() + " lines could not be read"
                : ""));
    for (BadLine bad : result.firstBadLines()) {
      err().println(recording.file() + ":" + bad.line() + ": " + bad.reason());
    }
    long more = result.badLineCount() - result.firstBadLines().size();
    if (more > 0) {
      err().println(recording.file() + ": and " + more + " more lines");
    }
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
