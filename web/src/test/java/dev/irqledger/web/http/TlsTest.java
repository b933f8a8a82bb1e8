package dev.irqledger.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.web.MemoryLedger;
import dev.irqledger.web.MemoryLog;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  private static final String PASSWORD = "a password";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  private HttpSettings.Tls keystore() throws Exception {
    Path file = folder.resolve("key.p12");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "irq-ledger",
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost",
            "-ext",
            "SAN=ip:127.0.0.1",
            "-storetype",
            "PKCS12",
            "-keystore",
            file.toString(),
            "-storepass",
            PASSWORD);
    assertEquals(
        0,
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start()
            .waitFor());
    return new HttpSettings.Tls(file, PASSWORD);
  }

  @Test
  void with_a_key_store_answers_are_encrypted_and_instances_trust_each_other() throws Exception {
    HttpSettings settings = HttpSettings.loopback(0).withTls(keystore());
    MemoryLedger ledger = new MemoryLedger(new MemoryLog(1));
    try (LedgerHttp server = LedgerHttp.start(settings, ledger, () -> "");
        var client = new Listener(settings).client()) {
      URI uri = URI.create("https://127.0.0.1:" + server.port() + "/healthz");
      HttpResponse<String> answer =
          client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      assertEquals(200, answer.statusCode());
      assertTrue(answer.sslSession().isPresent());
    }
  }

  @Test
  void an_instance_says_whether_it_is_ready_through_its_own_certificate() throws Exception {
    HttpSettings settings = HttpSettings.loopback(0).withTls(keystore());
    MemoryLedger ledger = new MemoryLedger(new MemoryLog(1));
    String authority;
    try (LedgerHttp server = LedgerHttp.start(settings, ledger, () -> "")) {
      authority = "127.0.0.1:" + server.port();
      Readiness ready = Readiness.ask(settings, authority, PATIENCE);
      assertTrue(ready.ready(), ready.told());
      Readiness plain = Readiness.ask(settings.withTls(null), authority, PATIENCE);
      assertFalse(plain.ready(), plain.told());
    }
    Readiness gone = Readiness.ask(settings, authority, PATIENCE);
    assertFalse(gone.ready(), gone.told());
    assertTrue(gone.told().startsWith("nobody answers at https://127.0.0.1:"), gone.told());
  }

  @Test
  void plain_text_is_refused_and_counted() throws Exception {
    BlockingQueue<Refusal> refused = new LinkedBlockingQueue<>();
    HttpSettings settings = HttpSettings.loopback(0).withTls(keystore());
    MemoryLedger ledger = new MemoryLedger(new MemoryLog(1));
    try (LedgerHttp server =
            LedgerHttp.start(settings, ledger, () -> "", (why, _) -> refused.add(why));
        HttpClient plain = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + server.port() + "/v1/hosts");
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
      assertThrows(
          IOException.class, () -> plain.send(request, HttpResponse.BodyHandlers.discarding()));
      assertEquals(Refusal.HANDSHAKE, refused.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }
  }

  @Test
  void a_wrong_password_is_told_and_not_shown() throws Exception {
    HttpSettings.Tls wrong = new HttpSettings.Tls(keystore().keystore(), "another one");
    assertFalse(wrong.toString().contains("another one"));
    MemoryLedger ledger = new MemoryLedger(new MemoryLog(1));
    HttpException refused =
        assertThrows(
            HttpException.class,
            () -> LedgerHttp.start(HttpSettings.loopback(0).withTls(wrong), ledger, () -> ""));
    assertTrue(refused.getMessage().contains("key.p12"), refused.getMessage());
  }
}
