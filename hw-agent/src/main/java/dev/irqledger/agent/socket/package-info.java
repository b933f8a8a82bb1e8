/**
 * How the other agent commands of a host talk to the one agent that serves it: a Unix socket in the
 * journal's folder, one JSON object a line. Uses Jackson; knows nothing of VFIO or Kafka.
 */
@NullMarked
package dev.irqledger.agent.socket;

import org.jspecify.annotations.NullMarked;
