/** What an agent runs on: a real host or a modelled one, behind one interface. */
@NullMarked
package dev.irqledger.agent.host;

import org.jspecify.annotations.NullMarked;
