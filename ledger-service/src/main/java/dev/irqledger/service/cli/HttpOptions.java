package dev.irqledger.service.cli;

import dev.irqledger.service.live.LiveApi.Served;
import dev.irqledger.web.http.BearerToken;
import dev.irqledger.web.http.HttpLimits;
import dev.irqledger.web.http.HttpSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where and to whom the service answers over HTTP. */
final class HttpOptions {
  private static final String OFF = "off";
  private static final Pattern ADDRESS =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+):(\\d{1,5})");

  @Option(
      names = "--http-listen",
      paramLabel = "HOST:PORT",
      defaultValue = HttpSettings.DEFAULT_HOST + ":" + HttpSettings.DEFAULT_PORT,
      description = "Where the HTTP API is served; off serves none (default: ${DEFAULT-VALUE}).")
  private String listen = OFF;

  @Option(
      names = "--http-advertise",
      paramLabel = "HOST:PORT",
      description =
          "Where other instances reach this one's HTTP API (default: where it listens; this"
              + " machine's name where that is every address).")
  private @Nullable String advertise;

  @Option(
      names = "--http-token-file",
      paramLabel = "FILE",
      description =
          "A file with the bearer token that clients must show; the same for all instances"
              + " (default: none is needed).")
  private @Nullable Path tokenFile;

  @Option(
      names = "--http-tls-keystore",
      paramLabel = "FILE",
      description = "A PKCS #12 file with key and certificates: HTTPS is served instead of HTTP.")
  private @Nullable Path keystore;

  @Option(
      names = "--http-tls-password-file",
      paramLabel = "FILE",
      description = "A file with the key store's password.")
  private @Nullable Path passwordFile;

  @Option(
      names = "--http-archive",
      paramLabel = "DIR",
      description =
          "An archive of this log ('replay archive pull' and 'append'): past states begin with its"
              + " checkpoints, and only what came since is read from Kafka.")
  private @Nullable Path archive;

  /**
   * What was asked for; empty where nothing is to be served.
   *
   * @throws ParameterException if an address has another form, or a file cannot be used
   */
  Optional<Served> served(CommandLine command) {
    if (listen.equals(OFF)) {
      return Optional.empty();
    }
    Matcher at = address("--http-listen", listen, command);
    HttpSettings settings =
        new HttpSettings(at.group(1), port(at), token(command), tls(command), HttpLimits.DEFAULT);
    String authority =
        advertise == null
            ? reachable(at.group(1), command) + ":" + at.group(2)
            : address("--http-advertise", advertise, command).group();
    return Optional.of(new Served(settings, authority, archive));
  }

  private static Matcher address(String option, String text, CommandLine command) {
    Matcher address = ADDRESS.matcher(text);
    if (!address.matches() || port(address) < 1 || port(address) > 65_535) {
      throw new ParameterException(command, option + ": HOST:PORT, not '" + text + "'");
    }
    return address;
  }

  private static int port(Matcher address) {
    return Integer.parseInt(address.group(2));
  }

  private static String reachable(String host, CommandLine command) {
    if (!host.equals("0.0.0.0") && !host.equals("[::]")) {
      return host;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      throw new ParameterException(
          command, "--http-advertise is needed: this machine has no name that is known", e);
    }
  }

  private @Nullable BearerToken token(CommandLine command) {
    if (tokenFile == null) {
      return null;
    }
    try {
      return BearerToken.read(tokenFile);
    } catch (IOException | IllegalArgumentException e) {
      throw unusable("--http-token-file", tokenFile, e, command);
    }
  }

  private HttpSettings.@Nullable Tls tls(CommandLine command) {
    if (keystore == null || passwordFile == null) {
      if (keystore != null || passwordFile != null) {
        throw new ParameterException(
            command, "--http-tls-keystore and --http-tls-password-file go together");
      }
      return null;
    }
    try {
      return new HttpSettings.Tls(keystore, Files.readString(passwordFile).strip());
    } catch (IOException e) {
      throw unusable("--http-tls-password-file", passwordFile, e, command);
    }
  }

  private static ParameterException unusable(
      String option, Path file, Exception cause, CommandLine command) {
    return new ParameterException(
        command, option + ": " + file + " cannot be used: " + cause.getMessage(), cause);
  }
}
