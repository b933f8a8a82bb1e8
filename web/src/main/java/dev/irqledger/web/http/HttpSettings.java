package dev.irqledger.web.http;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where and to whom the API is served.
 *
 * @param host the address to listen at
 * @param port the port, 0 for any that is free
 * @param token what clients must show; null where they need nothing
 * @param tls how the connection is encrypted; null where it is not
 * @param limits what clients may ask
 */
public record HttpSettings(
    String host, int port, @Nullable BearerToken token, @Nullable Tls tls, HttpLimits limits) {
  public static final String DEFAULT_HOST = "127.0.0.1";
  public static final int DEFAULT_PORT = 8571;

  /** On this machine alone, for everybody on it. */
  public static HttpSettings loopback(int port) {
    return new HttpSettings(DEFAULT_HOST, port, null, null, HttpLimits.DEFAULT);
  }

  public HttpSettings withToken(@Nullable BearerToken to) {
    return new HttpSettings(host, port, to, tls, limits);
  }

  public HttpSettings withTls(@Nullable Tls to) {
    return new HttpSettings(host, port, token, to, limits);
  }

  public HttpSettings withLimits(HttpLimits to) {
    return new HttpSettings(host, port, token, tls, to);
  }

  /**
   * A key and its certificates.
   *
   * @param keystore a PKCS #12 file
   * @param password what opens it
   */
  public record Tls(Path keystore, String password) {
    /** Without the password: this may be logged. */
    @Override
    public String toString() {
      return "Tls[" + keystore + "]";
    }
  }
}
