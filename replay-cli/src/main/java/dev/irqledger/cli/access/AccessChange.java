package dev.irqledger.cli.access;

import dev.irqledger.cli.Cluster;
import dev.irqledger.replay.BrokerFailures;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.ReplayException.Kind;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SecurityDisabledException;

/** A change of the rights on a cluster. */
final class AccessChange {
  private final Cluster cluster;

  AccessChange(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Makes it, all at once.
   *
   * @throws ReplayException if the cluster does not answer, or refuses
   */
  void make(Function<Admin, KafkaFuture<?>> change) {
    try (Admin admin = cluster.admin()) {
      change.apply(admin).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause ? failure(cause) : new KafkaException(e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (KafkaException e) {
      throw failure(e);
    }
  }

  private ReplayException failure(KafkaException e) {
    return switch (e) {
      case SecurityDisabledException _ ->
          new ReplayException(
              Kind.NO_TOPIC,
              "the cluster at "
                  + cluster.bootstrapServers()
                  + " authorizes nobody, everybody may do everything: set authorizer.class.name on"
                  + " its nodes first",
              e);
      case ClusterAuthorizationException _ ->
          new ReplayException(
              Kind.NO_TOPIC,
              "this user may not change rights: name an administrator's settings with"
                  + " --kafka-config",
              e);
      default -> BrokerFailures.of(cluster.bootstrapServers(), e);
    };
  }

  /** Prints rights, one a line. */
  static void print(String how, List<AclBinding> rights, PrintWriter out) {
    for (AclBinding right : rights) {
      out.println(
          how
              + " "
              + right.entry().principal()
              + " "
              + right.entry().operation()
              + " "
              + right.pattern().resourceType().name().toLowerCase(Locale.ROOT)
              + " "
              + right.pattern().name()
              + switch (right.pattern().patternType()) {
                case PREFIXED -> "*";
                case LITERAL, MATCH, ANY, UNKNOWN -> "";
              });
    }
  }
}
