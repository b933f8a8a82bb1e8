package dev.irqledger.cli.write;

import dev.irqledger.wire.avro.Command;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A command, and what came of it so far.
 *
 * @param place where it stands in {@code irq.commands}; null before it is sent
 * @param answer null while there is none
 */
record Request(Command command, @Nullable Place place, @Nullable Answer answer) {
  Request answered(Answer by) {
    return new Request(command, place, by);
  }

  Standing standing(Instant now) {
    if (answer != null) {
      return answer.standing();
    }
    return now.isBefore(command.getExpiresAt()) ? Standing.PENDING : Standing.EXPIRED;
  }
}
