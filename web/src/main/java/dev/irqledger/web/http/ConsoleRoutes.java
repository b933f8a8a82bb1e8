package dev.irqledger.web.http;

import dev.irqledger.web.http.ConsoleFiles.Asset;
import io.javalin.http.Context;

/**
 * The web console: one page, and what it loads. Nothing comes from elsewhere, and nothing in it is
 * a script or a style of its own: a browser that keeps to the policy runs what is packaged alone.
 */
final class ConsoleRoutes {
  /** A year: a file that changes gets another name. */
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private static final String POLICY =
      String.join(
          "; ",
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "img-src 'self'",
          "connect-src 'self'",
          "base-uri 'none'",
          "form-action 'none'",
          "frame-ancestors 'none'");

  static final String ABSENT =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <title>IRQ Ledger</title>
      <h1>IRQ Ledger</h1>
      <p>The console is not in this build: no Node was found when it was made. Install Node 20.19 or
      later with npm, build again with <code>mvn package</code>, and start the program again.</p>
      <p>Everything else is there: the API is described at
      <a href="openapi.json">/openapi.json</a>.</p>
      </html>
      """;

  private final ConsoleFiles files;

  ConsoleRoutes(ConsoleFiles files) {
    this.files = files;
  }

  void page(Context request) {
    var _ = new Parameters(request);
    secure(request).header("Cache-Control", "no-cache");
    answer(request, files.pageOrAbsence());
  }

  void asset(Context request) {
    var _ = new Parameters(request);
    Asset asset = files.assets().get(request.pathParam("file"));
    if (asset == null) {
      throw new Problem(ProblemType.NOT_FOUND, "the page has no such file: load it anew");
    }
    secure(request).header("Cache-Control", FOR_EVER);
    answer(request, asset);
  }

  private static void answer(Context request, Asset asset) {
    request.contentType(asset.mediaType()).result(asset.bytes());
  }

  private static Context secure(Context request) {
    return request
        .header("Content-Security-Policy", POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("Cross-Origin-Resource-Policy", "same-origin");
  }
}
