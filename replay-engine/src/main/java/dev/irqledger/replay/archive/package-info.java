/**
 * Archives: a log as a directory of Avro container files, with checkpoints of the folded states and
 * an index by offset, log time and event id. Uses Avro's container files and {@code replay} alone;
 * only {@code Disk} touches the file system to change it.
 */
@NullMarked
package dev.irqledger.replay.archive;

import org.jspecify.annotations.NullMarked;
