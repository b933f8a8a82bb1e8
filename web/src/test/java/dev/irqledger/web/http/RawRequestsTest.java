package dev.irqledger.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no well-bred client sends. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("StringConcatToTextBlock") // line ends count here
class RawRequestsTest {
  private static final int SOON_MS = 20_000;
  private Api api;

  @BeforeAll
  void serve() {
    api = Api.open();
  }

  @AfterAll
  void stop() {
    api.close();
  }

  private String answer(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.server.port())) {
      socket.setSoTimeout(SOON_MS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static int status(String answer) {
    return answer.isEmpty() ? 0 : Integer.parseInt(answer.substring(9, 12));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET /v1/devices?pageSize={                          | 400
          GET /v1/devices?pageSize=^                          | 400
          GET /v1/devices?host=%zz                            | 400
          GET /v1/devices/hv-1/0000:01:00.0?stale=allowed%=4  | 400
          GET /v1/devices?host=%ff                            | 400
          GET /v1/devices?cursor=\\                           | 400
          GET /v1/devices/hv-1/0000:01:00.0?a"b               | 400
          GET /v1/devices/../../etc/passwd                    | 404
          GET /v1/devices/%2e%2e/0000:01:00.0                 | 400
          GET /v1/devices/hv-1;x=y/0000:01:00.0               | 400
          GET //v1//hosts                                     | 400
          GET /%00                                            | 400
          GET /v1/hosts#fragment                              | 400
          """)
  void a_strange_address_is_a_problem(String line, int status) throws IOException {
    String answer =
        answer(line.strip() + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertEquals(status, status(answer), answer);
    assertTrue(answer.contains(Problem.MEDIA_TYPE), answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/devices/hv-1/0000:01:00.0?pageSize={ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /v1/devices/hv-1/0000:01:00.0?x|y HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
      })
  void a_strange_address_is_no_fault_where_it_is_to_be_handed_on(String request)
      throws IOException {
    api.ledger.owner = URI.create("http://127.0.0.1:1");
    try {
      String answer = answer(request);
      assertEquals(400, status(answer), answer);
    } finally {
      api.ledger.owner = null;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\r\n\r\n",
        "GET\r\n\r\n",
        "nonsense",
        "GET /v1/hosts HTTP/9.9\r\n\r\n",
        "GET /v1/hosts HTTP/1.1\r\n\r\n",
        "GET /v1/hosts HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /v1/hosts HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        "GET /v1/hosts HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n"
            + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET /v1/hosts HTTP/1.1\r\nHost: localhost\r\nX-HTTP-Method-Override: \u0000\r\n\r\n",
        "BREW /v1/hosts HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /v1/hosts HTTP/1.1\r\nHost: localhost\r\nAccept: \r\nAccept-Encoding: x,,;q=z\r\n"
            + "Connection: close\r\n\r\n",
      })
  void nonsense_is_refused_without_a_fault(String request) throws IOException {
    String answer = answer(request);
    assertTrue(status(answer) < 500 || status(answer) == 505, answer);
    assertTrue(!answer.contains("Exception") && !answer.contains("jetty"), answer);
  }
}
