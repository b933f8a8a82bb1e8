package dev.irqledger.web.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A secret that clients show (RFC 6750). It is compared without telling how much was right. */
public final class BearerToken {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]{16,1024}=*");
  private static final String SCHEME = "bearer ";

  private final String text;

  private BearerToken(String text) {
    this.text = text;
  }

  /**
   * The token in that file; blanks and line ends around it do not count.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if it holds no token: 16 to 1024 letters, digits and {@code .
   *     _ ~ + / -}; the message does not show what it holds
   */
  public static BearerToken read(Path file) throws IOException {
    return of(Files.readString(file).strip());
  }

  /**
   * That token.
   *
   * @throws IllegalArgumentException if it has another form
   */
  public static BearerToken of(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "not a bearer token: 16 to 1024 letters, digits and . _ ~ + / - are one");
    }
    return new BearerToken(text);
  }

  /** Whether the value of a request's {@code Authorization} shows it. */
  boolean shownBy(@Nullable String authorization) {
    if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return false;
    }
    String shown = authorization.substring(SCHEME.length()).strip();
    return MessageDigest.isEqual(bytes(shown), bytes(text));
  }

  /** What shows it to another instance. */
  String authorization() {
    return "Bearer " + text;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Not the token: this may be logged. */
  @Override
  public String toString() {
    return "BearerToken";
  }
}
