package dev.irqledger.system;

import dev.irqledger.cli.TemporaryFolder;
import dev.irqledger.standalone.EmbeddedBroker;
import java.io.IOException;

/** A broker in this JVM. */
final class EmbeddedHome implements BrokerHome {
  private final TemporaryFolder folder;
  private EmbeddedBroker broker;

  private EmbeddedHome(TemporaryFolder folder, EmbeddedBroker broker) {
    this.folder = folder;
    this.broker = broker;
  }

  static EmbeddedHome start() throws IOException {
    TemporaryFolder folder = TemporaryFolder.create("irq-ledger-test");
    return new EmbeddedHome(folder, EmbeddedBroker.start(folder.path()));
  }

  @Override
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  @Override
  public void restart() {
    broker.close();
    broker = broker.startAgain(folder.path());
  }

  @Override
  public void close() throws IOException {
    broker.close();
    folder.close();
  }
}
