package dev.irqledger.web.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** What Jetty refuses before a route sees it is told as a problem too. */
final class ProblemPages extends ErrorHandler {

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      String message,
      @Nullable Throwable cause,
      Callback callback) {
    Problem problem = new Problem(ProblemType.of(code), code, detail(code));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    byte[] document = problem.json().getBytes(StandardCharsets.UTF_8);
    response.write(true, ByteBuffer.wrap(document), callback);
  }

  /** Jetty's own words may quote the request: they are left out. */
  private static String detail(int code) {
    return switch (code) {
      case 414 -> "the address is too long";
      case 431 -> "the headers are too long";
      default -> ProblemType.of(code).title();
    };
  }
}
