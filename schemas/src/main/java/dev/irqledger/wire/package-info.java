/**
 * The wire contract: what a record's bytes mean. Codecs between bytes and the core's values, the
 * schemas and their released versions, the chain of hashes and the ids of events.
 *
 * <p>Uses the core and Avro; not Kafka. Decoding is total: bytes that mean nothing are a value too.
 */
@NullMarked
package dev.irqledger.wire;

import org.jspecify.annotations.NullMarked;
