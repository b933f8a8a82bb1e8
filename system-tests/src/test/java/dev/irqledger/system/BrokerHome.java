package dev.irqledger.system;

import java.io.IOException;
import java.util.Locale;
import java.util.logging.Logger;
import org.testcontainers.DockerClientFactory;

/**
 * Where a test's broker lives: in a container, or in this JVM. {@code -Dtest.kafka=docker|embedded}
 * says which; without it a container is taken where Docker answers.
 */
sealed interface BrokerHome extends AutoCloseable permits DockerHome, EmbeddedHome {
  Logger LOG = Logger.getLogger(BrokerHome.class.getName());

  /** So that a test which must not be left out fails, where Docker cannot be had. */
  String REQUIRED = "IRQ_LEDGER_REQUIRE_DOCKER";

  /** A broker without any topic. */
  static BrokerHome start() throws IOException {
    return wanted() ? DockerHome.start() : EmbeddedHome.start();
  }

  private static boolean wanted() {
    String said = System.getProperty("test.kafka", "auto").toLowerCase(Locale.ROOT);
    return switch (said) {
      case "docker" -> true;
      case "embedded" -> false;
      case "auto" -> DockerAnswers.HERE;
      default -> throw new IllegalArgumentException("-Dtest.kafka=docker, embedded or auto");
    };
  }

  /** Asked once: where nothing answers, that takes a while. */
  final class DockerAnswers {
    private static final boolean HERE = ask();

    private DockerAnswers() {}

    private static boolean ask() {
      if (System.getenv(REQUIRED) != null) {
        return true; // and whoever starts a container is told what is wrong
      }
      boolean here = answers();
      LOG.info(
          here
              ? "the brokers of these tests are containers (-Dtest.kafka=embedded: in the JVM)"
              : "Docker does not answer: the brokers of these tests are in the JVM, and tests that"
                  + " pause a container or cut its network are left out (docker/up starts Docker)");
      return here;
    }

    private static boolean answers() {
      try {
        return DockerClientFactory.instance().isDockerAvailable();
      } catch (RuntimeException e) {
        LOG.info("Docker: " + e); // thrown, not false, where its address cannot be found out
        return false;
      }
    }
  }

  String bootstrapServers();

  /** Ends the broker and starts it again, with its data and at its address. */
  void restart();

  @Override
  void close() throws IOException;
}
