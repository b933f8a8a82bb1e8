package dev.irqledger.wire.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.core.event.Authorship;
import dev.irqledger.wire.avro.HostKey;
import dev.irqledger.wire.avro.HostKeys;
import dev.irqledger.wire.avro.SigningPeriod;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorCheckTest {
  private static final byte[] VALUE = "an event".getBytes(StandardCharsets.UTF_8);
  private static final SigningKey OLD = SigningKey.generate();
  private static final SigningKey NEW = SigningKey.generate();
  private static final SigningKey FOREIGN = SigningKey.generate();

  /** hv-1: the old key from 100 to 300, the new one from 250 on; signing required from 150. */
  private static final Enrolment HV_1 =
      Enrolment.of(
          keys(
              "hv-1",
              List.of(enrolled(OLD, 100, 300L), enrolled(NEW, 250, null)),
              List.of(period(150, null))));

  private static HostKey enrolled(SigningKey key, long fromMs, Long untilMs) {
    return new HostKey(
        ByteBuffer.wrap(key.verifying().encoded()),
        Instant.ofEpochMilli(fromMs),
        untilMs == null ? null : Instant.ofEpochMilli(untilMs));
  }

  private static HostKeys keys(String host, List<HostKey> keys, List<SigningPeriod> required) {
    return HostKeys.newBuilder().setHost(host).setKeys(keys).setRequired(required).build();
  }

  private static SigningPeriod period(long fromMs, Long untilMs) {
    return new SigningPeriod(
        Instant.ofEpochMilli(fromMs), untilMs == null ? null : Instant.ofEpochMilli(untilMs));
  }

  private static AuthorCheck check(Map<String, Enrolment> byHost) {
    return new AuthorCheck((host, _) -> byHost.getOrDefault(host, Enrolment.NONE));
  }

  private static byte[] signature(String by) {
    return switch (by) {
      case "none" -> null;
      case "old" -> OLD.sign(VALUE);
      case "new" -> NEW.sign(VALUE);
      case "foreign" -> FOREIGN.sign(VALUE);
      case "other-event" -> NEW.sign("another event".getBytes(StandardCharsets.UTF_8));
      case "short" -> new byte[] {1, 2, 3};
      case "empty" -> new byte[0];
      case "long" -> new byte[1 << 16];
      default -> throw new AssertionError(by);
    };
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          149, none,        NOT_ASKED
          149, foreign,     NOT_ASKED
          150, none,        UNSIGNED
          150, old,         SIGNED
          150, new,         FORGED
          249, new,         FORGED
          250, new,         SIGNED
          250, old,         SIGNED
          299, old,         SIGNED
          300, old,         FORGED
          300, new,         SIGNED
          300, foreign,     FORGED
          300, other-event, FORGED
          300, short,       FORGED
          300, empty,       FORGED
          300, long,        FORGED
          """)
  void a_record_is_judged_by_what_held_at_its_log_time(
      long logTimeMs, String by, Authorship expected) {
    AuthorCheck check = check(Map.of("hv-1", HV_1));
    assertEquals(expected, check.of("hv-1", VALUE, signature(by), logTimeMs));
  }

  @Test
  void where_every_host_must_sign_one_without_a_key_cannot() {
    AuthorCheck check =
        check(
            Map.of(
                Enrolments.EVERY_HOST,
                Enrolment.of(keys("*", List.of(), List.of(period(200, 400L))))));
    assertEquals(Authorship.NOT_ASKED, check.of("hv-9", VALUE, null, 199));
    assertEquals(Authorship.NO_KEY, check.of("hv-9", VALUE, FOREIGN.sign(VALUE), 200));
    assertEquals(Authorship.NO_KEY, check.of("hv-9", VALUE, null, 399));
    assertEquals(Authorship.NOT_ASKED, check.of("hv-9", VALUE, null, 400));
  }

  @Test
  void bytes_that_are_no_key_let_nobody_in() {
    HostKey none = new HostKey(ByteBuffer.wrap(new byte[44]), Instant.EPOCH, null);
    HostKey tooLong = new HostKey(ByteBuffer.wrap(new byte[1 << 10]), Instant.EPOCH, null);
    Enrolment read = Enrolment.of(keys("hv-1", List.of(none, tooLong), List.of(period(0, null))));
    assertEquals(Authorship.NO_KEY, check(Map.of("hv-1", read)).of("hv-1", VALUE, null, 5));
  }

  @Test
  void what_cannot_be_read_lifts_nothing() {
    AuthorCheck check = check(Map.of("hv-1", Enrolment.UNREADABLE));
    assertEquals(Authorship.NO_KEY, check.of("hv-1", VALUE, NEW.sign(VALUE), 0));
  }
}
