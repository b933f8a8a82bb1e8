package dev.irqledger.wire.topic;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** The settings of every administrative client of this project, with the reason for each. */
public final class AdminSettings {
  private AdminSettings() {}

  /**
   * Of a client that gives up an answer after that time, in milliseconds up to about 24 days.
   *
   * @param more what the user adds
   */
  public static Map<String, Object> patient(
      String bootstrap, Duration patience, ClientSettings more) {
    int patienceMs = Math.toIntExact(patience.toMillis());
    Map<String, Object> settings = new HashMap<>();
    // Names of clients and hosts are nobody else's business.
    settings.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    settings.putAll(more.of(ClientSettings.Client.ADMIN));
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, patienceMs);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, patienceMs);
    return settings;
  }
}
