package dev.irqledger.web.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a next page begins, and at which position it is cut. Opaque to clients; it holds nothing
 * secret, and whoever makes one up gets what the parameters would have given.
 *
 * @param of which list it continues
 * @param point the position of the first page, as a point
 * @param after what the page before ended with
 */
record Cursor(String of, String point, String after) {
  /** How long a cursor can be, in characters; enough for a log of a hundred partitions. */
  static final int LONGEST = 4096;

  private static final char SEPARATOR = '\n';

  String token() {
    String text = of + SEPARATOR + point + SEPARATOR + after;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The cursor that a page of that list gave.
   *
   * @throws Problem if none did
   */
  static Cursor parse(String token, String of) {
    String[] parts = text(token).split(String.valueOf(SEPARATOR), -1);
    if (parts.length != 3 || !parts[0].equals(of)) {
      throw none();
    }
    return new Cursor(parts[0], parts[1], parts[2]);
  }

  private static String text(String token) {
    if (token.length() > LONGEST) {
      throw none();
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw none();
    }
  }

  /** What the page before ended with, as a number. */
  long afterNumber() {
    try {
      return Long.parseLong(after);
    } catch (NumberFormatException e) {
      throw none();
    }
  }

  static Problem none() {
    return new Problem(
        ProblemType.BAD_PARAMETER, "cursor: not the 'next' of a page of this very list");
  }
}
