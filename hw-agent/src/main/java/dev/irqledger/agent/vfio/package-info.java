/**
 * The seam between the agent and a host's kernel, and its modelled side: hosts, devices and pools
 * that live in memory and answer as the core's rules say. Uses the core and the numbering of op
 * scripts alone; knows nothing of events' transport.
 */
@NullMarked
package dev.irqledger.agent.vfio;

import org.jspecify.annotations.NullMarked;
