package dev.irqledger.service;

import dev.irqledger.service.ServiceException.Kind;
import dev.irqledger.service.pressure.UnknownFormException;
import dev.irqledger.wire.LookupUnavailable;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;

/**
 * Says in one line what went wrong with the cluster, and what to do about it.
 *
 * @param bootstrapServers the brokers that were named
 */
record ClusterFailure(String bootstrapServers) {

  /**
   * The failure of something that was tried.
   *
   * @param doing what
   */
  ServiceException of(String doing, Throwable cause) {
    Throwable root = root(cause);
    return root instanceof TimeoutException || root instanceof ConfigException
        ? new ServiceException(
            Kind.UNREACHABLE,
            "no broker answers at "
                + bootstrapServers
                + " ("
                + doing
                + "): start Kafka there, or correct --bootstrap-server",
            cause)
        : new ServiceException(
            Kind.REFUSED,
            "the broker at " + bootstrapServers + " refused (" + doing + "): " + oneLine(root),
            cause);
  }

  /** Why a running service stopped. */
  ServiceException ofRunning(Throwable cause) {
    for (Throwable e = cause; e != null; e = e.getCause()) {
      if (e instanceof MissingSourceTopicException) {
        return new ServiceException(
            Kind.TOPICS,
            "a topic of the log is missing at "
                + bootstrapServers
                + ": restore it; a start makes an empty one instead",
            cause);
      }
      if (e instanceof UnknownFormException) {
        return new ServiceException(
            Kind.STATE_DIR,
            "another version of the service has kept its states here ("
                + oneLine(e)
                + "): run that version, or end all instances, let 'irq-ledger service reset' delete"
                + " the states, and start this one, which then folds all history anew",
            cause);
      }
      if (e instanceof LookupUnavailable) {
        return new ServiceException(
            Kind.UNREACHABLE,
            "a schema could not be looked up at "
                + bootstrapServers
                + " ("
                + oneLine(e)
                + "): start again once irq.schemas can be read",
            cause);
      }
    }
    return new ServiceException(
        Kind.FAILED,
        "the service stopped: "
            + oneLine(root(cause))
            + ": start it again; nothing is lost, and the log says where it happened",
        cause);
  }

  /** What it all began with. */
  static Throwable root(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  static String oneLine(Throwable e) {
    String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return text.lines().findFirst().orElse(text);
  }
}
