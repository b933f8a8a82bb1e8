package dev.irqledger.web.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of the page, as the build packed them; none where it found no Node. They are few and
 * small, so they stay in memory, and no request leads to a file's name.
 *
 * @param page the page itself; null where it is absent
 * @param assets what it loads, by name
 */
record ConsoleFiles(@Nullable Asset page, Map<String, Asset> assets) {
  private static final String FOLDER = "console/";

  /** The names of all files besides the page, one a line; written by the build of the page. */
  private static final String LIST = "assets.txt";

  private static final Map<String, String> MEDIA_TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml");

  ConsoleFiles {
    assets = Map.copyOf(assets);
  }

  /** A file with its media type. */
  @SuppressWarnings("ArrayRecordComponent") // handed through, never compared
  record Asset(byte[] bytes, String mediaType) {}

  /** The page; where it is absent, one that says so. */
  Asset pageOrAbsence() {
    return page != null
        ? page
        : new Asset(ConsoleRoutes.ABSENT.getBytes(StandardCharsets.UTF_8), mediaType(".html"));
  }

  /** What is on the class path. */
  static ConsoleFiles packaged() {
    byte[] list = read(LIST);
    if (list == null) {
      return new ConsoleFiles(null, Map.of());
    }
    Map<String, Asset> assets = new HashMap<>();
    for (String name : new String(list, StandardCharsets.UTF_8).lines().toList()) {
      assets.put(name, asset("assets/" + name));
    }
    return new ConsoleFiles(asset("index.html"), assets);
  }

  private static Asset asset(String name) {
    byte[] bytes = read(name);
    if (bytes == null) {
      throw new AssertionError(name + " is on the class path, as " + LIST + " is");
    }
    return new Asset(bytes, mediaType(name));
  }

  private static String mediaType(String name) {
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return MEDIA_TYPES.getOrDefault(extension, "application/octet-stream");
  }

  private static byte @Nullable [] read(String name) {
    try (InputStream in = ConsoleFiles.class.getResourceAsStream(FOLDER + name)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
