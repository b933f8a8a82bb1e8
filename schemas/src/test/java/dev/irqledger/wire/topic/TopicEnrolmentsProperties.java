package dev.irqledger.wire.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.core.event.Authorship;
import dev.irqledger.wire.avro.HostKey;
import dev.irqledger.wire.avro.SigningPeriod;
import dev.irqledger.wire.signature.AuthorCheck;
import dev.irqledger.wire.signature.SigningKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Readers of one log judge each event alike, however far behind they are and whenever they look at
 * the keys, as long as a change is written {@link TopicEnrolments#LEAD} before it counts.
 */
class TopicEnrolmentsProperties {
  private static final String HOST = "hv-1";
  private static final int STEPS = 60;
  private static final int READERS = 3;
  private static final List<SigningKey> KEYS =
      List.of(SigningKey.generate(), SigningKey.generate(), SigningKey.generate());

  /**
   * An event in the log.
   *
   * @param by who signed it
   * @param expected what all readers are to find
   */
  private record Logged(long logTimeMs, SigningKey by, Authorship expected) {
    private byte[] value() {
      return ("event of " + logTimeMs).getBytes(StandardCharsets.UTF_8);
    }
  }

  /** What is written of the host, and what it means. */
  private static final class Keys {
    private final KeysTopic topic = new KeysTopic();
    private final List<HostKey> enrolled = new ArrayList<>();
    private final List<SigningKey> signing = new ArrayList<>();
    private List<SigningPeriod> required = List.of();

    /** One more key from then on, none of the older ones, and signatures required. */
    private void change(SigningKey to, Instant from) {
      if (!enrolled.isEmpty()) {
        HostKey last = enrolled.removeLast();
        enrolled.add(new HostKey(last.getPublicKey(), last.getFrom(), from));
      } else {
        required = List.of(new SigningPeriod(from, null));
      }
      enrolled.add(new HostKey(ByteBuffer.wrap(to.verifying().encoded()), from, null));
      signing.add(to);
      topic.write(HOST, List.copyOf(enrolled), required);
    }

    private Authorship expected(SigningKey by, long logTimeMs) {
      if (required.isEmpty() || logTimeMs < required.getFirst().getFrom().toEpochMilli()) {
        return Authorship.NOT_ASKED;
      }
      for (int i = 0; i < enrolled.size(); i++) {
        HostKey key = enrolled.get(i);
        boolean begun = logTimeMs >= key.getFrom().toEpochMilli();
        boolean ended = key.getUntil() != null && logTimeMs >= key.getUntil().toEpochMilli();
        if (begun && !ended && signing.get(i) == by) {
          return Authorship.SIGNED;
        }
      }
      return Authorship.FORGED;
    }
  }

  @Property(tries = 150)
  void all_readers_judge_alike_while_keys_change_under_load(@ForAll Random random) {
    long[] nowMs = {1_000_000};
    Keys keys = new Keys();
    List<Logged> log = new ArrayList<>();
    List<AuthorCheck> readers = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      readers.add(new AuthorCheck(keys.topic.reader(() -> Instant.ofEpochMilli(nowMs[0]))));
    }
    int[] read = new int[READERS];
    long countsMs = 0;
    for (int step = 0; step < STEPS; step++) {
      nowMs[0] += random.nextLong(1, TopicEnrolments.LEAD.toMillis());
      switch (random.nextInt(6)) {
        case 0 -> {
          long leadMs = TopicEnrolments.LEAD.toMillis() + 1 + random.nextLong(60_000);
          countsMs = Math.max(countsMs + 1, nowMs[0] + leadMs);
          keys.change(KEYS.get(random.nextInt(KEYS.size())), Instant.ofEpochMilli(countsMs));
        }
        case 1, 2 -> {
          int reader = random.nextInt(READERS);
          read[reader] = readOn(readers.get(reader), log, read[reader]);
        }
        default -> {
          SigningKey by = KEYS.get(random.nextInt(KEYS.size()));
          log.add(new Logged(nowMs[0], by, keys.expected(by, nowMs[0])));
        }
      }
    }
    for (int i = 0; i < READERS; i++) {
      readOn(readers.get(i), log, read[i]);
      readOn(new AuthorCheck(keys.topic.reader(() -> Instant.ofEpochMilli(nowMs[0]))), log, 0);
    }
  }

  private static int readOn(AuthorCheck reader, List<Logged> log, int from) {
    for (Logged event : log.subList(from, log.size())) {
      assertEquals(
          event.expected(),
          reader.of(HOST, event.value(), event.by().sign(event.value()), event.logTimeMs()),
          () -> "the event of " + event.logTimeMs());
    }
    return log.size();
  }
}
