package dev.irqledger.web;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.point.Point;
import dev.irqledger.wire.FoldedState;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One ledger, live or past: whatever the HTTP API answers comes from here. Every answer is
 * committed, carries the position that it reflects, and comes within a bounded time. Safe for use
 * by many threads.
 *
 * <p>Any method throws {@link QueryException} where there is no answer.
 */
public interface LedgerQueries {
  /** Returns where questions can be answered; throws NOT_READY, saying why, where not. */
  void requireReady();

  /**
   * All devices.
   *
   * @param host of that host; null for all hosts
   * @param at as they were then; {@link Point#LATEST} is now
   */
  Cut<DeviceRow> devices(@Nullable String host, Point at);

  /**
   * One device with its vectors; empty where it had no event up to then.
   *
   * @param at as it was then; {@link Point#LATEST} is now
   */
  Optional<FoldedState> device(DeviceKey device, Point at);

  /**
   * What happened to a device, from the first event on.
   *
   * @param at up to then
   * @param after behind that offset of the device's partition; -1 for all
   * @param most how many events at the most, from 1
   */
  HistoryPage history(DeviceKey device, Point at, long after, int most);

  /**
   * What was found.
   *
   * @param upTo findings at events behind it are left out; null for the present position
   * @param from where the page begins; null for the first one
   * @param most how many findings at the most, from 1; there can be fewer and still a next page
   */
  FindingPage findings(
      FindingFilter filter, @Nullable Position upTo, FindingPage.@Nullable Next from, int most);

  /** A host's pressure; empty where nothing is known of the host. */
  Optional<Pressure> pressure(String host);

  /**
   * What happens from now on, or from a place on.
   *
   * @param host on that host; null for all hosts
   * @param after a {@link LedgerStream.Message#place}; null for now
   */
  LedgerStream follow(@Nullable String host, @Nullable String after);

  /** How large a host's pools are, as far as that is known now. */
  default HostSizes sizes(String host) {
    return pressure(host).map(HostSizes::of).orElse(HostSizes.UNKNOWN);
  }

  /** What was: its points, its events one by one, and what would have been. */
  PastLedger past();

  /** What this is a ledger of. */
  About about();

  /**
   * One device as a copy of its state has it that is kept here, for when whoever answers for the
   * host cannot. It is committed, and may be behind.
   */
  default Optional<FoldedState> copy(DeviceKey device) {
    throw new QueryException(QueryException.Kind.NOT_READY, "no copy of its state is kept here");
  }

  /** Who else keeps copies of the states of a host's devices. */
  default List<URI> copies(String host) {
    return List.of();
  }

  /** Who answers for the devices of a host; empty where this ledger does. */
  default Optional<URI> elsewhere(String host) {
    return Optional.empty();
  }
}
