package dev.irqledger.web.http;

import dev.irqledger.core.policy.Pool;
import dev.irqledger.core.rule.ReleasePolicy;
import dev.irqledger.replay.timeline.Series;
import dev.irqledger.replay.whatif.HostAccount;
import dev.irqledger.replay.whatif.Mark;
import dev.irqledger.replay.whatif.Peak;
import dev.irqledger.replay.whatif.PolicyName;
import dev.irqledger.replay.whatif.Shortage;
import dev.irqledger.replay.whatif.Side;
import dev.irqledger.web.WhatIfHistory;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Both histories of a host's pools: what happened, and what would have. */
record WhatIfForm(
    PositionForm position,
    String policy,
    List<PoolForm> pools,
    ShortagesForm shortages,
    CostForm cost,
    @Nullable MarkForm partedAt,
    SeriesForm log,
    SeriesForm modelled) {

  static WhatIfForm of(ReleasePolicy policy, WhatIfHistory history) {
    HostAccount account = history.account();
    return new WhatIfForm(
        PositionForm.of(history.position()),
        PolicyName.of(policy),
        Arrays.stream(Pool.values()).map(pool -> PoolForm.of(pool, account)).toList(),
        ShortagesForm.of(account),
        CostForm.of(account),
        MarkForm.of(account.parting()),
        SeriesForm.of(history.logged()),
        SeriesForm.of(history.modelled()));
  }

  /** An event of the log. */
  record MarkForm(PositionForm position, String event, String device) {
    static @Nullable MarkForm of(@Nullable Mark mark) {
      return mark == null ? null : ofEvent(mark);
    }

    static MarkForm ofEvent(Mark mark) {
      return new MarkForm(
          PositionForm.of(mark.position()),
          mark.event().id().toString(),
          mark.event().device().bdf().text());
    }
  }

  /** The most that was in use, and when. */
  record PeakForm(int peak, @Nullable MarkForm at) {
    static PeakForm of(Peak peak) {
      return new PeakForm(peak.most(), MarkForm.of(peak.at()));
    }
  }

  /** A pool; its size is null where nobody said it and nothing ran out. */
  record PoolForm(String pool, @Nullable Integer size, PeakForm log, PeakForm policy) {
    static PoolForm of(Pool pool, HostAccount account) {
      return new PoolForm(
          pool.name(),
          account.sizes().of(pool),
          PeakForm.of(account.peak(Side.LOG, pool)),
          PeakForm.of(account.peak(Side.POLICY, pool)));
    }
  }

  /** Calls that find a pool empty; the first of each kind are told one by one. */
  record ShortagesForm(long log, long policy, long avoided, long caused, List<ShortageForm> told) {
    static ShortagesForm of(HostAccount account) {
      return new ShortagesForm(
          account.shortages().count(Side.LOG),
          account.shortages().count(Side.POLICY),
          account.shortages().count(Shortage.Kind.AVOIDED),
          account.shortages().count(Shortage.Kind.CAUSED),
          account.shortages().told().stream().map(ShortageForm::of).toList());
    }
  }

  /** One such call. */
  record ShortageForm(String kind, String pool, MarkForm at) {
    static ShortageForm of(Shortage shortage) {
      return new ShortageForm(
          shortage.kind().name(), shortage.pool().name(), MarkForm.ofEvent(shortage.at()));
    }
  }

  /** What keeping irqs saves; null where nothing of the kind was measured. */
  record CostForm(long allocatedAgain, @Nullable Long estimateNanos) {
    static CostForm of(HostAccount account) {
      OptionalLong estimate = account.cost().estimateNanos();
      return new CostForm(
          account.cost().allocatedAgain(), estimate.isEmpty() ? null : estimate.getAsLong());
    }
  }

  /** What was held from each of these moments on. */
  record SeriesForm(
      List<String> logTime, List<Integer> armed, List<Integer> cached, List<Integer> reserved) {
    static SeriesForm of(Series series) {
      List<Series.Sample> samples = series.samples();
      return new SeriesForm(
          samples.stream().map(s -> Instant.ofEpochMilli(s.logTimeMillis()).toString()).toList(),
          column(samples, s -> s.held().armed()),
          column(samples, s -> s.held().cached()),
          column(samples, s -> s.held().reserved()));
    }

    private static List<Integer> column(
        List<Series.Sample> samples, ToIntFunction<Series.Sample> of) {
      return samples.stream().mapToInt(of).boxed().toList();
    }
  }
}
