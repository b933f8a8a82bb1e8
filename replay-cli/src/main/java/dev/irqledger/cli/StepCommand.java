package dev.irqledger.cli;

import dev.irqledger.cli.step.Place;
import dev.irqledger.cli.step.Screen;
import dev.irqledger.cli.step.Session;
import dev.irqledger.cli.step.TerminalLoop;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.point.Point;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.PointResolver;
import dev.irqledger.replay.step.Cursor;
import dev.irqledger.replay.step.DeviceHistory;
import dev.irqledger.wire.EventCodec;
import java.io.Console;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.ShutdownHooks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code replay step}: forward and back through the events of a device, on a terminal. */
@Command(
    name = "step",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Go forward and back through the events of one device: its vector map, and beside it the"
          + " event, what it changed, and the rule of the kernel that applies.",
      "",
      "  n, Right / p, Left   the next event, the one before; PageDown, PageUp by 20",
      "  v / V                the next event that changed the chosen vector, the one before",
      "  j / k / Tab          choose a vector: the next, the one before, one that the event changed",
      "  ! / 1                the next event that breaks a rule, the one before",
      "  g / G                the first event, the last",
      "  :                    go to 41, 0@41, an event's id, a time, any POINT; or 'vector N'",
      "  h                    all keys",
      "  q                    leave",
      "",
      "It needs a terminal, and writes nothing to the log. Events that come later are not seen.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:left with q or Ctrl-D",
      "2:wrong usage, no such form of a point, or no terminal to show it on",
      "3:no broker answers, or none any more",
      "4:the topic is missing",
      "5:the log does not hold the point, the log was cut, or no such device",
      "6:the archive is not there, or is damaged",
      "130:left with Ctrl-C"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger replay step -d hv-1/0000:01:00.0",
      "  irq-ledger replay step --archive incident-7 -d hv-1/0000:01:00.0",
      "  irq-ledger replay step --archive incident-7 -d hv-1/0000:01:00.0 --at"
          + " time:2026-11-22T14:34:12Z"
    })
public final class StepCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SourceOptions source = new SourceOptions();
  @Mixin private Selection selection = new Selection();

  @Option(
      names = "--at",
      paramLabel = "POINT",
      defaultValue = "latest",
      converter = PointConverter.class,
      description = "Begin at the last event up to that point (default: ${DEFAULT-VALUE}).")
  private Point point = Point.LATEST;

  @Override
  public Integer call() {
    DeviceKey device = selection.device();
    if (device == null) {
      throw new ParameterException(
          spec.commandLine(), "name one device with its host: --device HOST/BDF");
    }
    selection.requireConsistent();
    requireTerminal();
    return source.use((log, codec) -> show(log, codec, device));
  }

  private void requireTerminal() {
    boolean console = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    String type = System.getenv("TERM");
    boolean shows = type != null && !type.isEmpty() && !type.equals(Terminal.TYPE_DUMB);
    if (!console || !shows) {
      throw new ParameterException(
          spec.commandLine(),
          "replay step needs a terminal with a cursor, for input and output; take 'replay history'"
              + " or 'replay explain' elsewhere");
    }
  }

  private int show(LogSource log, EventCodec codec, DeviceKey device) {
    PointResolver points = new PointResolver(log, codec, InstantSource.system());
    spec.commandLine().getErr().println("irq-ledger: looking for the events of " + device);
    DeviceHistory history =
        DeviceHistory.read(log, codec, device, points.resolve(Point.LATEST, device.host()));
    Place places = new Place(history, points);
    int begin = places.at(point);
    Session session =
        new Session(
            new Cursor(history, Math.max(begin, 0)),
            places,
            begin < 0 ? "all events are after " + point.token() + ": this is the first" : "");
    return run(session);
  }

  private int run(Session session) {
    Screen screen = new Screen(spec.commandLine().getColorScheme().ansi());
    try (Terminal terminal = terminal()) {
      return switch (new TerminalLoop(terminal, session, screen).run()) {
        case LEFT -> ExitCode.OK;
        case INTERRUPTED -> ExitCode.INTERRUPTED;
      };
    } catch (IOException e) {
      throw new OutputException("the terminal cannot be used: " + e.getMessage());
    }
  }

  /** By way of stty: what JLine sets through native calls loses the speed of a serial console. */
  private static Terminal terminal() throws IOException {
    // The loop gives the screen back when the program is told to end; JLine would close it before.
    System.setProperty(ShutdownHooks.PROP_DISABLE_SHUTDOWN_HOOK, "true");
    return TerminalBuilder.builder().system(true).dumb(false).provider("exec").build();
  }
}
