/**
 * The whole system in one JVM: a real Apache Kafka broker, the ledger service and modelled hosts;
 * and the entry point of all commands.
 */
@NullMarked
package dev.irqledger.standalone;

import org.jspecify.annotations.NullMarked;
