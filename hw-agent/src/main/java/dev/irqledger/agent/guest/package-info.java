/**
 * Virtual machines that are not there: the calls that their monitors would make, in an order as
 * real ones make them, and modelled hosts that run them. Uses the rest of the agent as its command
 * line does.
 */
@NullMarked
package dev.irqledger.agent.guest;

import org.jspecify.annotations.NullMarked;
