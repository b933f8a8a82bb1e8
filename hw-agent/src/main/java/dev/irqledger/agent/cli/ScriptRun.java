package dev.irqledger.agent.cli;

import dev.irqledger.agent.socket.Reply;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.recordings.Op;
import dev.irqledger.recordings.OpFile;
import dev.irqledger.recordings.OpScript;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;

/** Op files on one device: each operation and what it came to, on a line. */
final class ScriptRun {
  private final OpRun agent;
  private final Bdf device;
  private final PrintWriter out;
  private final PrintWriter err;
  private boolean open;
  private volatile boolean stopped;

  ScriptRun(OpRun agent, Bdf device, CommandLine printers) {
    this.agent = agent;
    this.device = device;
    this.out = printers.getOut();
    this.err = printers.getErr();
  }

  /** Lets {@link #run} return after the operation that is under way. */
  void stop() {
    stopped = true;
  }

  /**
   * Carries them all out, unless it is told to stop, the device cannot be opened or the agent takes
   * no more.
   *
   * @return the exit code
   */
  int run(List<NamedOps> scripts) throws IOException {
    for (NamedOps script : scripts) {
      for (OpFile.Entry entry : script.file().entries()) {
        if (stopped) {
          break;
        }
        int code = perform(script.name() + ":" + entry.line(), entry.op());
        if (code != ExitCode.OK) {
          return code;
        }
      }
    }
    return open ? closeSilently() : ExitCode.OK;
  }

  private int perform(String place, Op op) throws IOException {
    return switch (agent.perform(device, op)) {
      case Reply.Performed done -> {
        out.println(place + ": " + done.text());
        done.findings().forEach(finding -> err.println(place + ": rule broken: " + finding));
        open = op instanceof Op.Open || (open && !(op instanceof Op.Close));
        yield ExitCode.OK;
      }
      case Reply.Refused(_, String reason) -> {
        out.println(place + ": " + OpScript.format(op) + " = " + reason);
        boolean unusable = op instanceof Op.Open && !open;
        if (unusable) {
          err.println("irq-ledger: " + device + " cannot be opened: " + reason);
        }
        yield unusable ? ExitCode.DEVICE : ExitCode.OK;
      }
      case Reply.Failed failed -> failed(failed);
      case Reply.Line _, Reply.Done _, Reply.Status _ ->
          throw new IOException("the agent answered something else than it was asked");
    };
  }

  private int closeSilently() throws IOException {
    return agent.perform(device, new Op.Close()) instanceof Reply.Failed failed
        ? failed(failed)
        : ExitCode.OK;
  }

  private int failed(Reply.Failed failed) {
    err.println("irq-ledger: " + failed.message());
    return ExitCode.of(failed);
  }
}
