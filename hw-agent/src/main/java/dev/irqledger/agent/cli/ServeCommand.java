package dev.irqledger.agent.cli;

import dev.irqledger.agent.Agent;
import dev.irqledger.agent.command.CommandLoop;
import dev.irqledger.agent.publish.Cluster;
import dev.irqledger.agent.publish.EventPublisher;
import dev.irqledger.agent.publish.Incarnation;
import dev.irqledger.agent.publish.PublishException;
import dev.irqledger.agent.vfio.ModelledHost;
import dev.irqledger.agent.vfio.Vfio;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code agent serve}: requests from the topic of commands, until it is interrupted. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Carry out requests from irq.commands on a host's devices, until interrupted.",
      "",
      "A request is carried out at most once, and answered by the event, or the refusal, that"
          + " carries its id. Refused is, before any device is touched, what has expired, is meant"
          + " for another epoch or an unknown device, or is no operation.",
      "When it is interrupted the agent closes the devices that it holds and publishes that too.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "1:an answer could not be published",
      "2:wrong usage",
      "3:no broker answers",
      "4:the topics are not set up as the log needs them",
      "130, 143:interrupted or terminated, after everything was published"
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  irq-ledger agent serve --backend modelled --host demo --device 0000:01:00.0:nvme \\",
      "      --device 0000:02:00.0:e1000e --bootstrap-server localhost:9092"
    })
public final class ServeCommand implements Callable<Integer> {
  /** How often a sign of life is given. */
  private static final int HEARTBEAT_SECONDS = 10;

  /** How long a shutdown waits for the request that is being dealt with. */
  private static final int SHUTDOWN_SECONDS = 30;

  private final InstantSource clock = InstantSource.system();

  @Spec private CommandSpec spec;
  @Mixin private final HostOptions hostOptions = new HostOptions();

  @Option(
      names = "--device",
      required = true,
      converter = DeviceOption.Converter.class,
      paramLabel = "BDF[:PRESET]",
      description =
          "A device, and what it is in a modelled host: nvme (the default), nvme2048, e1000e,"
              + " xhci, edu or nic. May be given again.")
  private List<DeviceOption> devices;

  @Mixin private final ClusterOptions clusterOptions = new ClusterOptions();

  @Override
  public Integer call() {
    ModelledHost host = hostOptions.host(devices, clock);
    Incarnation self = hostOptions.incarnation(host, clock);
    Cluster cluster = clusterOptions.cluster();
    try {
      return serve(host, self, cluster);
    } catch (PublishException e) {
      return failed(e);
    } catch (KafkaException e) {
      return failed(cluster.failure("reading requests", e));
    }
  }

  private int serve(ModelledHost host, Incarnation self, Cluster cluster) {
    int partitions = cluster.ensureTopics(clusterOptions.partitions());
    CountDownLatch done = new CountDownLatch(1);
    try (EventPublisher publisher = EventPublisher.connect(cluster, self, clock);
        ScheduledExecutorService heartbeats = Executors.newSingleThreadScheduledExecutor();
        Vfio vfio = host.startProcess();
        Agent agent = new Agent(vfio, host.devices(), self, publisher);
        CommandLoop loop = CommandLoop.connect(cluster, partitions, agent, publisher, clock)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(loop, done), "agent-stop"));
      publisher.heartbeat(host.capacity());
      var _ =
          heartbeats.scheduleWithFixedDelay(
              () -> beat(publisher, host, loop),
              HEARTBEAT_SECONDS,
              HEARTBEAT_SECONDS,
              TimeUnit.SECONDS);
      loop.start();
      spec.commandLine()
          .getErr()
          .println(
              "irq-ledger: host "
                  + self.host()
                  + ", epoch "
                  + self.epoch()
                  + ": waiting for requests for "
                  + host.devices());
      loop.run();
      var _ = heartbeats.shutdownNow();
      agent.releaseAll();
      publisher.flush();
      return ExitCode.OK;
    } finally {
      done.countDown();
    }
  }

  /** A log that takes no heartbeat takes no event either: the loop is told to end. */
  private static void beat(EventPublisher publisher, ModelledHost host, CommandLoop loop) {
    try {
      publisher.heartbeat(host.capacity());
    } catch (PublishException e) {
      loop.stop(); // the flush after the loop tells why
    }
  }

  private static void stop(CommandLoop loop, CountDownLatch done) {
    loop.stop();
    try {
      var _ = done.await(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int failed(PublishException e) {
    spec.commandLine().getErr().println("irq-ledger: " + e.getMessage());
    return ExitCode.of(e);
  }
}
