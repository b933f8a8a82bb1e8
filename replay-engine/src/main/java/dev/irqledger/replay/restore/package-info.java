/**
 * The log of events written anew from an archive: the one place of this module that writes to
 * Kafka. Uses the archive and the sources of the package above.
 */
@NullMarked
package dev.irqledger.replay.restore;

import org.jspecify.annotations.NullMarked;
