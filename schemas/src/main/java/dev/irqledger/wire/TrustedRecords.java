package dev.irqledger.wire;

import dev.irqledger.wire.avro.Command;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * Tells Avro that the generated records may be made by their names. Since 1.12.2 it makes no class
 * that nobody vouched for, generated ones included. What was trusted before stays so; what is added
 * are the records of one package, which hold nothing but data.
 */
final class TrustedRecords {
  private static final String PACKAGE = Command.class.getPackageName();

  static {
    ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(before, type -> type.getPackageName().equals(PACKAGE)));
  }

  private TrustedRecords() {}

  /** Once is enough: it happens when this class is loaded. */
  static void declare() {}
}
