/** Tests of the real kernel's side, with a kernel of their own and with the host's. */
@NullMarked
package dev.irqledger.agent.linux;

import org.jspecify.annotations.NullMarked;
