package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A key of a test's own, which broker and clients prove themselves with.
 *
 * @param keys the key with its certificate
 * @param trusted the certificate alone
 */
record TestKeys(Path keys, Path trusted) {
  static final String PASSWORD = "hush-hush-1";

  /** Makes them with the JDK's keytool. */
  static TestKeys create(Path folder) throws IOException, InterruptedException {
    TestKeys made = new TestKeys(folder.resolve("keys.p12"), folder.resolve("trusted.p12"));
    String keys = made.keys().toString();
    String certificate = folder.resolve("certificate").toString();
    keytool(keys, "-genkeypair", "-keyalg", "EC", "-dname", "CN=test", "-ext", "san=ip:127.0.0.1");
    keytool(keys, "-exportcert", "-file", certificate);
    keytool(made.trusted().toString(), "-importcert", "-noprompt", "-file", certificate);
    return made;
  }

  private static void keytool(String store, String... what)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(what));
    command.addAll(List.of("-alias", "test", "-keystore", store, "-storepass", PASSWORD));
    Path said = Files.createTempFile("keytool", ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    int code = process.waitFor();
    String text = Files.readString(said);
    Files.delete(said);
    assertEquals(0, code, text);
  }

  /** The settings with which a broker shows its key, and asks clients for theirs. */
  Map<String, String> ofBroker() {
    return Map.of(
        "ssl.keystore.location",
        keys.toString(),
        "ssl.keystore.password",
        PASSWORD,
        "ssl.truststore.location",
        trusted.toString(),
        "ssl.truststore.password",
        PASSWORD,
        "ssl.client.auth",
        "required");
  }

  /** The same of a client, as a file. */
  List<String> ofClient() {
    return List.of(
        "security.protocol=SSL",
        "ssl.keystore.location=" + keys,
        "ssl.keystore.password=" + PASSWORD,
        "ssl.truststore.location=" + trusted,
        "ssl.truststore.password=" + PASSWORD);
  }
}
