/** Tests of the package of the same name. */
@NullMarked
package dev.irqledger.agent.ledger;

import org.jspecify.annotations.NullMarked;
