package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** How many records the service's consumers in this JVM have taken, by Kafka's own count. */
final class RecordsTaken {
  private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

  private RecordsTaken() {}

  /** From the log: events and signs of life. */
  static long fromLog() throws JMException {
    return sum("consumer") - fromChangelogs();
  }

  /** From changelogs: what had to be restored. */
  static long fromChangelogs() throws JMException {
    return sum("restore-consumer");
  }

  private static long sum(String consumers) throws JMException {
    Set<ObjectName> found =
        BEANS.queryNames(
            new ObjectName(
                "kafka.consumer:type=consumer-fetch-manager-metrics,client-id=irq-ledger-*-"
                    + consumers),
            null);
    assertFalse(found.isEmpty(), () -> "no such consumer: " + consumers);
    double sum = 0;
    for (ObjectName each : found) {
      sum += (double) BEANS.getAttribute(each, "records-consumed-total");
    }
    return Math.round(sum);
  }
}
