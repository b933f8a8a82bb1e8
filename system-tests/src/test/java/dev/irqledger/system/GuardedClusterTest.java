package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.cli.TemporaryFolder;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.service.LedgerService;
import dev.irqledger.service.ServiceSettings;
import dev.irqledger.standalone.EmbeddedBroker;
import dev.irqledger.wire.topic.AccessRole;
import dev.irqledger.wire.topic.AdminSettings;
import dev.irqledger.wire.topic.ClientSettings;
import dev.irqledger.wire.topic.ProducerSettings;
import dev.irqledger.wire.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A cluster with TLS, passwords and rights: each program does its part, and nothing beyond. */
@Timeout(300)
class GuardedClusterTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final DeviceKey DEVICE = DeviceKey.parse("hv-1/0000:01:00.0");
  private static final List<String> USERS =
      List.of("admin", "ledger", "hv-1", "hv-2", "operator", "reader");

  @TempDir private static Path folder;
  private static TemporaryFolder data;
  private static TestKeys keys;
  private static EmbeddedBroker broker;

  @BeforeAll
  static void start() throws Exception {
    keys = TestKeys.create(folder);
    data = TemporaryFolder.create("irq-ledger-guarded");
    broker = EmbeddedBroker.startGuarded(data.path(), keys.shown(), "admin", password("admin"));
    for (String user : USERS) {
      Files.write(settings(user), keys.ofUser(user, password(user)));
    }
    try (Admin admin = admin("admin")) {
      for (String user : USERS.subList(1, USERS.size())) {
        ScramCredentialInfo info = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
        admin
            .alterUserScramCredentials(
                List.of(new UserScramCredentialUpsertion(user, info, password(user))))
            .all()
            .get();
      }
    }
    grant("service", "ledger");
    grant("agent", "hv-1", "--host", "hv-1");
    grant("agent", "hv-2", "--host", "hv-2");
    grant("operator", "operator");
    grant("reader", "reader");
    runServiceOnce();
  }

  /** It creates the topics, and publishes the schemas. */
  private static void runServiceOnce() throws Exception {
    try (LedgerService service = service("first")) {
      assertTrue(service.awaitRunning(PATIENCE));
    }
  }

  @AfterAll
  static void stop() throws IOException {
    broker.close();
    data.close();
  }

  private static String password(String user) {
    return "the password of " + user;
  }

  private static Path settings(String user) {
    return folder.resolve(user + ".properties");
  }

  private static LedgerService service(String state) throws Exception {
    return LedgerService.start(
        ServiceSettings.of(broker.bootstrapServers(), folder.resolve(state))
            .withTopics(1, OptionalInt.of(1))
            .withKafka(ClientSettings.read(settings("ledger"))));
  }

  private static Admin admin(String user) throws Exception {
    return Admin.create(
        AdminSettings.patient(
            broker.bootstrapServers(), PATIENCE, ClientSettings.read(settings(user))));
  }

  private static CommandRun as(String user, String... arguments) {
    return as(settings(user), arguments);
  }

  private static CommandRun as(Path file, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-b", broker.bootstrapServers(), "--kafka-config", file.toString()));
    CommandRun run = CommandRun.of(all.toArray(String[]::new));
    assertFalse((run.out() + run.err()).contains("the password of"), "a secret is shown");
    return run;
  }

  private static void grant(String role, String user, String... more) {
    List<String> all = new ArrayList<>(List.of("access", "grant", role, "--principal"));
    all.add("User:" + user);
    all.addAll(List.of(more));
    CommandRun run = as("admin", all.toArray(String[]::new));
    assertEquals(0, run.code(), run.err());
  }

  private static CommandRun agent(Path file, String state, String... more) throws IOException {
    Path ops = Files.writeString(folder.resolve("boot.ops"), "open\nclose\n");
    List<String> all = new ArrayList<>(List.of("agent", "run", "--backend", "modelled"));
    all.addAll(List.of("--host", DEVICE.host(), "--device", DEVICE.bdf().text() + ":nvme"));
    all.addAll(List.of("--state-dir", folder.resolve(state).toString(), "--timeout", "5"));
    all.addAll(List.of(more));
    all.add(ops.toString());
    return as(file, all.toArray(String[]::new));
  }

  @Test
  void each_program_does_its_part_with_its_own_rights() throws Exception {
    try (LedgerService service = service("second")) {
      assertTrue(service.awaitRunning(PATIENCE));
      CommandRun acted = agent(settings("hv-1"), "journal");
      assertEquals(0, acted.code(), acted.err());
      CommandRun set = as("operator", "policy", "set", "--host", "*", "--idle-limit", "1h");
      assertEquals(0, set.code(), set.err());
      CommandRun history = as("reader", "replay", "history", "-d", DEVICE.toString());
      assertEquals(0, history.code(), history.err());
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (service.state(DEVICE).isEmpty()) {
        assertTrue(System.nanoTime() < end, "the event was not folded");
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void an_agent_may_write_events_and_status_and_read_commands_policies_and_schemas_only()
      throws Exception {
    Map<Topic, Set<AclOperation>> expected = new EnumMap<>(Topic.class);
    for (Topic topic : Topic.values()) {
      expected.put(
          topic,
          switch (topic) {
            case EVENTS, AGENT_STATUS -> Set.of(AclOperation.WRITE, AclOperation.DESCRIBE);
            case COMMANDS, POLICIES, SCHEMAS -> Set.of(AclOperation.READ, AclOperation.DESCRIBE);
            case DEVICE_STATE, VIOLATIONS, HOST_PRESSURE, QUARANTINE, KEYS -> Set.of();
          });
    }
    try (Admin hv1 = admin("hv-1")) {
      assertEquals(expected, rights(hv1));
      Set<AclOperation> onCluster =
          hv1.describeCluster(new DescribeClusterOptions().includeAuthorizedOperations(true))
              .authorizedOperations()
              .get();
      assertEquals(Set.of(), onCluster);
    }
  }

  /** What the broker itself says that a user may do. */
  private static Map<Topic, Set<AclOperation>> rights(Admin user) throws Exception {
    Map<Topic, Set<AclOperation>> rights = new EnumMap<>(Topic.class);
    for (Topic topic : Topic.values()) {
      try {
        rights.put(
            topic,
            Set.copyOf(
                user.describeTopics(
                        List.of(topic.topicName()),
                        new DescribeTopicsOptions().includeAuthorizedOperations(true))
                    .topicNameValues()
                    .get(topic.topicName())
                    .get()
                    .authorizedOperations()));
      } catch (ExecutionException e) {
        assertInstanceOf(TopicAuthorizationException.class, e.getCause());
        rights.put(topic, EnumSet.noneOf(AclOperation.class));
      }
    }
    return rights;
  }

  @Test
  void what_an_agent_may_not_is_refused() throws Exception {
    Map<String, Object> writing =
        ProducerSettings.idempotent(
            broker.bootstrapServers(), ClientSettings.read(settings("hv-2")));
    try (var producer = new KafkaProducer<String, byte[]>(writing)) {
      for (Topic topic :
          List.of(Topic.DEVICE_STATE, Topic.VIOLATIONS, Topic.POLICIES, Topic.KEYS)) {
        ProducerRecord<String, byte[]> forged =
            new ProducerRecord<>(topic.topicName(), DEVICE.toString(), new byte[] {1});
        ExecutionException refused =
            assertThrows(ExecutionException.class, () -> producer.send(forged).get());
        assertInstanceOf(AuthorizationException.class, refused.getCause());
      }
    }
    try (Admin hv2 = admin("hv-2")) {
      TopicPartition commands = new TopicPartition(Topic.COMMANDS.topicName(), 0);
      ExecutionException refused =
          assertThrows(
              ExecutionException.class,
              () ->
                  hv2.alterConsumerGroupOffsets(
                          AccessRole.agentGroup("hv-1"), Map.of(commands, new OffsetAndMetadata(0)))
                      .all()
                      .get());
      assertInstanceOf(AuthorizationException.class, refused.getCause());
    }
    CommandRun policy = as("hv-1", "policy", "set", "--host", "*", "--idle-limit", "2h");
    assertTrue(policy.code() != 0 && policy.err().contains("irq.policies"), policy.err());
    CommandRun rights = as("hv-1", "access", "grant", "reader", "--principal", "User:hv-1");
    assertEquals(4, rights.code());
    assertTrue(rights.err().contains("may not change rights"), rights.err());
  }

  /** Ways to fail to get in. */
  enum Intruder {
    UNKNOWN_USER("refused"),
    WRONG_PASSWORD("refused"),
    NO_RIGHTS("refused"),
    PLAIN_TEXT("no broker answers"),
    UNTRUSTED_BROKER("refused");

    private final String told;

    Intruder(String told) {
      this.told = told;
    }

    List<String> settings(TestKeys keys, TestKeys others) {
      return switch (this) {
        case UNKNOWN_USER -> keys.ofUser("mallory", password("mallory"));
        case WRONG_PASSWORD -> keys.ofUser("hv-1", "the password of another");
        case NO_RIGHTS -> keys.ofUser("nobody", password("nobody"));
        case PLAIN_TEXT -> List.of("security.protocol=PLAINTEXT");
        case UNTRUSTED_BROKER -> others.ofUser("hv-1", password("hv-1"));
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void who_does_not_get_in_is_told_why_and_loses_no_event(Intruder intruder) throws Exception {
    TestKeys others =
        TestKeys.create(Files.createDirectories(folder.resolve("others of " + intruder)));
    Path file =
        Files.write(folder.resolve(intruder + ".properties"), intruder.settings(keys, others));
    CommandRun run = agent(file, "journal-of-" + intruder);
    assertTrue(run.code() != 0, run.out());
    assertTrue(run.err().contains(intruder.told), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  /** A broker's own needs no test: Kafka does not start with one that has expired. */
  @Test
  void a_client_whose_certificate_has_expired_is_refused() throws Exception {
    TestKeys.Authority authority = TestKeys.Authority.create(folder);
    TestKeys good = authority.issue(folder.resolve("good"));
    TestKeys old = authority.issueExpired(folder.resolve("old"));
    Path valid = Files.write(folder.resolve("valid.properties"), good.ofClient());
    Path expired = Files.write(folder.resolve("expired.properties"), old.ofClient());
    try (TemporaryFolder elsewhere = TemporaryFolder.create("irq-ledger-expired");
        EmbeddedBroker secured = EmbeddedBroker.startWithTls(elsewhere.path(), good.ofBroker())) {
      CommandRun refused = state(secured, expired);
      assertEquals(3, refused.code(), refused.out() + refused.err());
      assertTrue(refused.err().contains("certificate_unknown"), refused.err());
      assertEquals(4, state(secured, valid).code(), "who gets in finds that there is no topic");
    }
  }

  private static CommandRun state(EmbeddedBroker at, Path file) {
    return CommandRun.of(
        "replay", "state", "-b", at.bootstrapServers(), "--kafka-config", file.toString());
  }
}
