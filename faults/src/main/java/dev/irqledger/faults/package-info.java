/**
 * Three brokers, two services and three agents as processes, to which things happen at random while
 * they work, and what must be true at the end.
 */
@org.jspecify.annotations.NullMarked
package dev.irqledger.faults;
