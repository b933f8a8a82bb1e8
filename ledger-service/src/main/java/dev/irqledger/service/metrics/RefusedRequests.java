package dev.irqledger.service.metrics;

import dev.irqledger.web.http.Refusal;
import dev.irqledger.web.http.Refusals;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.LoggerFactory;

/**
 * Counts whom the HTTP API turns away, and tells of it in the log: of the first at once, and then
 * once a minute for each reason, so that whoever tries often does not fill the disk.
 */
final class RefusedRequests implements Refusals {
  private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

  private final Map<Refusal, Told> reasons = new EnumMap<>(Refusal.class);
  private final LongSupplier nanoTime;
  private final Consumer<String> log;

  /** How often there was a reason to refuse, and when that was told. */
  private record Told(Counter counter, AtomicLong quietUntil) {}

  /** As the service's log tells of it. */
  RefusedRequests(MeterRegistry registry) {
    this(registry, System::nanoTime, LoggerFactory.getLogger(RefusedRequests.class)::warn);
  }

  /**
   * @param nanoTime measures how long the log is quiet, in nanoseconds from any beginning
   */
  RefusedRequests(MeterRegistry registry, LongSupplier nanoTime, Consumer<String> log) {
    this.nanoTime = nanoTime;
    this.log = log;
    for (Refusal why : Refusal.values()) {
      Counter counter =
          Counter.builder("irq.ledger.http.refused")
              .description("Requests and connections that the HTTP API turned away")
              .tag("reason", why.name().toLowerCase(Locale.ROOT))
              .register(registry);
      reasons.put(why, new Told(counter, new AtomicLong(nanoTime.getAsLong())));
    }
  }

  @Override
  public void refused(Refusal why, String from) {
    Told told = reasons.get(why);
    if (told == null) {
      throw new IllegalArgumentException("no counter for " + why);
    }
    told.counter.increment();
    long now = nanoTime.getAsLong();
    long quietUntil = told.quietUntil.get();
    if (now - quietUntil >= 0 && told.quietUntil.compareAndSet(quietUntil, now + QUIET_NANOS)) {
      log.accept(
          "refused a request from %s: %s; %d since the start (irq_ledger_http_refused_total)"
              .formatted(from, why.words(), (long) told.counter.count()));
    }
  }
}
