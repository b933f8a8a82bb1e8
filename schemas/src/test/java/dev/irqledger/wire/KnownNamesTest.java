package dev.irqledger.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

final class KnownNamesTest {
  private static String read(KnownNames names, String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    encoder.writeString(text);
    encoder.flush();
    return names.text(new BoundedDecoder().at(out.toByteArray(), 0));
  }

  @Test
  void names_of_a_usual_fleet_are_made_once() throws IOException {
    KnownNames names = new KnownNames();
    int fleet = 10_000;
    Set<String> made = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int reading = 0; reading < 2; reading++) {
      for (int vm = 0; vm < fleet; vm++) {
        String read = read(names, "vm-" + vm);
        assertEquals("vm-" + vm, read);
        made.add(read);
      }
    }
    assertTrue(made.size() <= fleet + fleet / 10, () -> made.size() + " texts were made");
  }

  @Test
  void sentences_are_not_kept() throws IOException {
    KnownNames names = new KnownNames();
    String sentence = "x".repeat(65);
    assertEquals(sentence, read(names, sentence));
    assertNotSame(read(names, sentence), read(names, sentence));
  }
}
