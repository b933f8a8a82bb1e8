package dev.irqledger.agent.cli;

import dev.irqledger.agent.HostAgent;
import dev.irqledger.agent.socket.AgentClient;
import dev.irqledger.agent.socket.Reply;
import dev.irqledger.agent.socket.Request;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.recordings.Op;
import dev.irqledger.recordings.OpScript;
import java.io.IOException;

/** Who carries an op file's operations out. */
@FunctionalInterface
interface OpRun {
  /**
   * Carries one out.
   *
   * @throws IOException if the agent that was asked is gone
   */
  Reply perform(Bdf device, Op op) throws IOException;

  /** This process's own agent. */
  static OpRun by(HostAgent agent) {
    return (device, op) -> agent.reply(op, agent.agent().perform(device, op));
  }

  /** The agent that serves the host. */
  static OpRun by(AgentClient agent) {
    return (device, op) ->
        agent.ask(new Request.Perform(device.text(), OpScript.format(op)), _ -> {});
  }
}
