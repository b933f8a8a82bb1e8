package dev.irqledger.agent;

import dev.irqledger.agent.journal.Journal;
import dev.irqledger.agent.journal.JournalPlatform;
import dev.irqledger.agent.publish.Drainer;
import dev.irqledger.agent.publish.HostLog;
import java.security.SecureRandom;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/**
 * What an agent stands on. A simulation, in which one seed decides everything, has its own;
 * everything else has {@link #REAL}.
 *
 * @param journal what its journal stands on
 * @param drainer brings the journal's events to the log
 * @param random 64 random bits a call, for the events' ids
 * @param nanoTime measures how long calls take, in nanoseconds from any beginning
 */
public record AgentPlatform(
    JournalPlatform journal,
    BiFunction<Journal, HostLog, Drainer> drainer,
    LongSupplier random,
    LongSupplier nanoTime) {
  public static final AgentPlatform REAL =
      new AgentPlatform(
          JournalPlatform.REAL, Drainer::new, new SecureRandom()::nextLong, System::nanoTime);
}
