package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irqledger.cli.TemporaryFolder;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.service.LedgerService;
import dev.irqledger.service.ServiceException;
import dev.irqledger.system.KeptTopics.Kept;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.topic.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * This version goes on from what each release left behind. {@code IRQ_LEDGER_GOLDEN_RELEASE=0.2} in
 * the environment makes that of the version at hand first.
 */
@Timeout(300)
class PreviousReleaseTest {
  private static final String WRITE = "IRQ_LEDGER_GOLDEN_RELEASE";
  private static final int FURTHER_CALLS = 20;
  private static final Duration UNTIL_MISSED = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @BeforeAll
  static void write() throws Exception {
    String release = System.getenv(WRITE);
    if (release != null) {
      new GoldenReleaseWriter(GoldenRelease.of(release)).write();
    }
  }

  static List<GoldenRelease> releases() throws IOException {
    return GoldenRelease.all();
  }

  @ParameterizedTest
  @MethodSource("releases")
  void its_states_and_journals_are_gone_on_with(GoldenRelease release) throws Exception {
    KeptTopics before = release.topics();
    try (RevivedRelease revived = RevivedRelease.of(release, before, folder)) {
      try (ServedInstance service = ServedInstance.start(revived.settings())) {
        assertAnswers(release, service);
        assertEquals(0, RecordsTaken.fromChangelogs(), "restored");
        assertEquals(0, RecordsTaken.fromLog(), "folded");

        SortedMap<String, List<UUID>> further = goOn(revived);
        JsonNode verified =
            PublishedJudge.awaitEqual(revived.bootstrapServers(), GoldenHosts.devices());
        assertEquals(0, verified.get("faultsInAll").asInt(), verified.toString());
        KeptTopics after = KeptTopics.of(revived.bootstrapServers());
        assertNothingLostNothingTwice(release, before, after, further);
        assertEquals(0, RecordsTaken.fromChangelogs(), "restored");
        assertEquals(
            taken(after) - taken(before), RecordsTaken.fromLog(), "each further one, once");
        System.out.printf(
            "%s: %d devices as they were, nothing restored, nothing folded again; %d further events"
                + " folded onto them%n",
            release, GoldenHosts.devices(), taken(after) - taken(before));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("releases")
  void without_its_state_directory_the_changelogs_give_the_same_answers(GoldenRelease release)
      throws Exception {
    try (RevivedRelease revived = RevivedRelease.of(release, release.topics(), folder)) {
      new TemporaryFolder(revived.state()).close();
      try (ServedInstance service = ServedInstance.start(revived.settings())) {
        assertAnswers(release, service);
        assertTrue(RecordsTaken.fromChangelogs() > 0, "restored");
        assertEquals(0, RecordsTaken.fromLog(), "folded");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("releases")
  void states_of_a_form_that_is_not_known_end_it_and_a_reset_folds_all_anew(GoldenRelease release)
      throws Exception {
    KeptTopics changed = release.topics().with(PreviousReleaseTest::ofAnotherForm);
    try (RevivedRelease revived = RevivedRelease.of(release, changed, folder)) {
      new TemporaryFolder(revived.state()).close(); // so that the changelogs' states are taken
      try (LedgerService service = LedgerService.start(revived.settings())) {
        ServiceException told = assertThrows(ServiceException.class, service::awaitStopped);
        assertEquals(ServiceException.Kind.STATE_DIR, told.kind());
        assertEquals(
            "another version of the service has kept its states here (the state of a device is"
                + " kept in form 99, and this version reads form 1): run that version, or end all"
                + " instances, let 'irq-ledger service reset' delete the states, and start this"
                + " one, which then folds all history anew",
            told.getMessage());
      }
      reset(revived);
      try (ServedInstance service = ServedInstance.start(revived.settings())) {
        for (Map.Entry<String, JsonNode> told : release.facts().answers().entrySet()) {
          if (told.getKey().startsWith("/v1/devices")) { // findings are told once more
            var _ = service.await(told.getKey(), now -> GoldenAnswers.retold(told.getValue(), now));
          }
        }
        assertTrue(RecordsTaken.fromLog() >= taken(release.topics()), "folded");
      }
    }
  }

  /** One that has ended by itself is a member of its group until the group misses it. */
  private static void reset(RevivedRelease revived) {
    long end = System.nanoTime() + UNTIL_MISSED.toNanos();
    CommandRun reset;
    do {
      assertTrue(System.nanoTime() < end, "the instance is not missed");
      reset =
          CommandRun.of(
              "service",
              "reset",
              "--yes",
              "--state-dir",
              revived.state().toString(),
              "-b",
              revived.bootstrapServers());
    } while (reset.code() == 4 && reset.err().contains("has 1 member"));
    assertEquals(0, reset.code(), reset.err());
  }

  private static Kept ofAnotherForm(Kept record) {
    boolean head =
        record.at().topic().equals("irq-ledger-device-states-changelog")
            && new String(record.key(), StandardCharsets.UTF_8).matches("[^/]+/[^/]+");
    byte[] value = record.value();
    if (!head || value == null) {
      return record;
    }
    byte[] changed = value.clone();
    changed[0] = 99;
    return record.withValue(changed);
  }

  /** The first answer to each question is what the release answered at last. */
  private static void assertAnswers(GoldenRelease release, ServedInstance service)
      throws Exception {
    SortedMap<String, JsonNode> answers = release.facts().answers();
    assertTrue(answers.size() > GoldenHosts.devices(), answers.keySet().toString());
    for (Map.Entry<String, JsonNode> told : answers.entrySet()) {
      JsonNode now = service.await(told.getKey());
      assertTrue(
          GoldenAnswers.retold(told.getValue(), now),
          () -> "%s told%n%s%nand tells%n%s".formatted(told.getKey(), told.getValue(), now));
    }
  }

  /** The hosts come up again; what waited in their journals goes to the log first. */
  private static SortedMap<String, List<UUID>> goOn(RevivedRelease revived) throws Exception {
    try (GoldenHosts hosts =
        GoldenHosts.start(revived.journals(), revived.bootstrapServers(), System.nanoTime())) {
      SortedMap<String, List<UUID>> further = hosts.perform(FURTHER_CALLS);
      hosts.awaitDrained();
      return further;
    }
  }

  private static long taken(KeptTopics topics) {
    return topics.records().stream()
        .map(record -> record.at().topic())
        .filter(topic ->
            topic.equals(Topic.EVENTS.topicName()) || topic.equals(Topic.AGENT_STATUS.topicName()))
        .count();
  }

  private static void assertNothingLostNothingTwice(
      GoldenRelease release,
      KeptTopics before,
      KeptTopics after,
      SortedMap<String, List<UUID>> further)
      throws IOException {
    SortedMap<String, List<UUID>> was = events(before);
    SortedMap<String, List<UUID>> is = events(after);
    assertEquals(was.keySet(), is.keySet());
    release
        .facts()
        .waiting()
        .forEach((host, waiting) -> {
          List<UUID> all = is.get(host);
          List<UUID> expected = new ArrayList<>(was.get(host));
          expected.addAll(waiting);
          assertTrue(!waiting.isEmpty() && all.size() > expected.size());
          assertEquals(expected, all.subList(0, expected.size()), host);
          List<UUID> last = further.get(host);
          assertEquals(last, all.subList(all.size() - last.size(), all.size()), host);
          assertEquals(all.size(), new HashSet<>(all).size(), "each once");
        });
  }

  /** The ids of each host's events, in the order of the log. */
  private static SortedMap<String, List<UUID>> events(KeptTopics topics) {
    EventCodec codec = EventCodec.releasedOnly();
    SortedMap<String, List<UUID>> events = new TreeMap<>();
    for (Kept record : topics.records()) {
      if (record.at().topic().equals(Topic.EVENTS.topicName())
          && codec.decode(record.value())
              instanceof Decoded.Value<InterruptEvent>(InterruptEvent event)) {
        events.computeIfAbsent(event.device().host(), _ -> new ArrayList<>()).add(event.id());
      }
    }
    return events;
  }
}
