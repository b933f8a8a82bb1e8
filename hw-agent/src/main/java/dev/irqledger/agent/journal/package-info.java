/**
 * The agent's journal: what it is about to do, and what happened and is not yet in the log. Kept by
 * SQLite in one folder for each host. Uses the wire contract; knows nothing of VFIO or Kafka.
 */
@NullMarked
package dev.irqledger.agent.journal;

import org.jspecify.annotations.NullMarked;
