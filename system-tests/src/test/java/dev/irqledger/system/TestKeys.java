package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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
  private static final String HERE = "san=ip:127.0.0.1";

  /** Makes them with the JDK's keytool; the certificate is signed by its own key. */
  static TestKeys create(Path folder) throws IOException, InterruptedException {
    TestKeys made = of(folder);
    String certificate = folder.resolve("certificate").toString();
    keytool(made.keys(), "test", "-genkeypair", "-keyalg", "EC", "-dname", "CN=test", "-ext", HERE);
    keytool(made.keys(), "test", "-exportcert", "-file", certificate);
    keytool(made.trusted(), "test", "-importcert", "-noprompt", "-file", certificate);
    return made;
  }

  private static TestKeys of(Path folder) {
    return new TestKeys(folder.resolve("keys.p12"), folder.resolve("trusted.p12"));
  }

  /**
   * Who signs certificates: of such a one also the dates are checked.
   *
   * @param keys the authority's key
   * @param certificate its certificate
   */
  record Authority(Path keys, Path certificate) {
    static Authority create(Path folder) throws IOException, InterruptedException {
      Authority made = new Authority(folder.resolve("ca.p12"), folder.resolve("ca.certificate"));
      keytool(made.keys, "ca", "-genkeypair", "-keyalg", "EC", "-dname", "CN=ca", "-ext", "bc:c");
      keytool(made.keys, "ca", "-exportcert", "-file", made.certificate.toString());
      return made;
    }

    /** A key with a certificate that is valid now. */
    TestKeys issue(Path folder) throws IOException, InterruptedException {
      return issue(folder, "-validity", "2");
    }

    /** A key with a certificate that is valid no longer. */
    TestKeys issueExpired(Path folder) throws IOException, InterruptedException {
      return issue(folder, "-startdate", "-3d", "-validity", "1");
    }

    private TestKeys issue(Path folder, String... validity)
        throws IOException, InterruptedException {
      TestKeys made = of(Files.createDirectories(folder));
      String request = folder.resolve("request").toString();
      String signed = folder.resolve("signed").toString();
      keytool(made.keys(), "test", "-genkeypair", "-keyalg", "EC", "-dname", "CN=test");
      keytool(made.keys(), "test", "-certreq", "-file", request);
      List<String> sign =
          new ArrayList<>(List.of("-gencert", "-infile", request, "-outfile", signed));
      sign.addAll(List.of("-ext", HERE));
      sign.addAll(List.of(validity));
      keytool(keys, "ca", sign.toArray(String[]::new));
      keytool(made.keys(), "ca", "-importcert", "-noprompt", "-file", certificate.toString());
      keytool(made.keys(), "test", "-importcert", "-noprompt", "-file", signed);
      keytool(made.trusted(), "ca", "-importcert", "-noprompt", "-file", certificate.toString());
      return made;
    }
  }

  private static void keytool(Path store, String alias, String... what)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(what));
    command.addAll(List.of("-alias", alias, "-keystore", store.toString(), "-storepass", PASSWORD));
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
    Map<String, String> settings = new HashMap<>(shown());
    settings.put("ssl.client.auth", "required");
    return settings;
  }

  /** The settings with which a broker shows its key, and asks for none. */
  Map<String, String> shown() {
    return Map.of(
        "ssl.keystore.location",
        keys.toString(),
        "ssl.keystore.password",
        PASSWORD,
        "ssl.truststore.location",
        trusted.toString(),
        "ssl.truststore.password",
        PASSWORD);
  }

  /** The settings of a client that proves by a password who it is, as a file. */
  List<String> ofUser(String name, String password) {
    return List.of(
        "security.protocol=SASL_SSL",
        "ssl.truststore.location=" + trusted,
        "ssl.truststore.password=" + PASSWORD,
        "sasl.mechanism=SCRAM-SHA-512",
        "sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required"
            + " username=\"%s\" password=\"%s\";".formatted(name, password));
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
