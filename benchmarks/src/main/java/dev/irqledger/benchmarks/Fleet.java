package dev.irqledger.benchmarks;

import dev.irqledger.standalone.BusyDevices;
import dev.irqledger.wire.SealedEvent;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The devices whose events a service folds. */
final class Fleet {
  private static final int HOSTS = 10;

  @Option(names = "--devices", defaultValue = "1000", description = "Devices, on 10 hosts.")
  private int devices;

  @Option(names = "--vectors", defaultValue = "32", description = "Vectors of a device.")
  private int vectors;

  @Option(names = "--partitions", defaultValue = "6", description = "Partitions of the log.")
  private int partitions;

  int partitions() {
    return partitions;
  }

  BusyDevices busy() {
    return new BusyDevices(HOSTS, devices / HOSTS, vectors, 1);
  }

  /** Opens all devices, and then makes so many events. */
  Consumer<Consumer<SealedEvent>> moving(int events) {
    return BusyDevices.moving(HOSTS, devices / HOSTS, vectors, events);
  }
}
