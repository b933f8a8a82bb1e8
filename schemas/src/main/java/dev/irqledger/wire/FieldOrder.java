package dev.irqledger.wire;

import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.avro.Resolver;
import org.apache.avro.Resolver.Action;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * Tells whether a {@link RecordForm} can read what another version of its schema wrote: the fields
 * that both have must stand in the same order, before those that only the reader has.
 */
final class FieldOrder {
  private FieldOrder() {}

  /**
   * @throws MalformedBytes if a record has its fields in another order
   */
  static void check(Schema written, Schema read) throws IOException {
    visit(
        Resolver.resolve(written, read, GenericData.get()),
        Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static void visit(Action action, Set<Action> seen) {
    if (!seen.add(action)) {
      return;
    }
    switch (action) {
      case Resolver.RecordAdjust adjusted -> {
        if (!adjusted.noReorder()) {
          throw new MalformedBytes(
              "the writer's schema orders the fields of "
                  + adjusted.reader.getName()
                  + " otherwise");
        }
        for (Action field : adjusted.fieldActions) {
          visit(field, seen);
        }
      }
      case Resolver.Container container -> visit(container.elementAction, seen);
      case Resolver.WriterUnion union -> {
        for (Action branch : union.actions) {
          visit(branch, seen);
        }
      }
      case Resolver.ReaderUnion union -> visit(union.actualAction, seen);
      default -> {
        // What has no parts has no order.
      }
    }
  }
}
