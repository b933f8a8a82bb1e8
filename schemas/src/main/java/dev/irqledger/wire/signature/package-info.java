/**
 * Who wrote an event: keys of hosts, signatures over value bytes, and when they are asked for. Uses
 * the core, the generated records and the JDK; nothing here reads a topic.
 */
@NullMarked
package dev.irqledger.wire.signature;

import org.jspecify.annotations.NullMarked;
