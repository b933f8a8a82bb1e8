/** What fuzzing begins with: valid input, from the codecs, from recordings, and from schemas. */
@NullMarked
package dev.irqledger.fuzzing.seed;

import org.jspecify.annotations.NullMarked;
