package dev.irqledger.agent.cli;

import dev.irqledger.agent.socket.AgentClient;
import dev.irqledger.agent.socket.Reply;
import dev.irqledger.agent.socket.Request;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code agent status}: how the agent is that serves the host. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Print how the agent is that serves the host, as JSON: its epoch, whether the log takes its"
          + " events, how many are in its journal, and each device with its holder.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:it answered", "1:no agent serves the host", "2:wrong usage"},
    footerHeading = "%nExample:%n",
    footer = {"  irq-ledger agent status --host demo"})
public final class StatusCommand extends HostCommand {
  @Spec private CommandSpec spec;
  @Mixin private final NameOptions name = new NameOptions();
  @Mixin private final JournalOptions journal = new JournalOptions();

  @Override
  CommandSpec spec() {
    return spec;
  }

  @Override
  int run() throws IOException {
    try (AgentClient serving = connect()) {
      if (serving == null) {
        say("no agent serves " + name.host() + ": start one with irq-ledger agent serve");
        return ExitCode.FAILED;
      }
      Reply reply = serving.ask(new Request.Status(), _ -> {});
      if (reply instanceof Reply.Status(var status)) {
        spec.commandLine().getOut().println(status.toPrettyString());
        return ExitCode.OK;
      }
      throw new IOException("the agent answered something else than it was asked");
    }
  }

  /** An agent of a modelled host, or of the one that this process runs on. */
  private @Nullable AgentClient connect() throws IOException {
    AgentClient modelled = AgentClient.connect(journal.folder(name.host(), false));
    return modelled != null ? modelled : AgentClient.connect(journal.folder(name.host(), true));
  }
}
