package dev.irqledger.web;

import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.Replayer;
import dev.irqledger.replay.timeline.Series;
import dev.irqledger.replay.whatif.HostAccount;
import dev.irqledger.replay.whatif.Side;
import dev.irqledger.replay.whatif.WhatIf;
import dev.irqledger.wire.FoldedState;
import org.jspecify.annotations.Nullable;

/** Watches the replay of one host, and keeps what both of its histories held over time. */
final class TwoHistories implements Replayer.Observer {
  private final String host;
  private final WhatIf whatIf;
  private final Series logged = new Series();
  private final Series modelled = new Series();

  TwoHistories(String host, WhatIf whatIf) {
    this.host = host;
    this.whatIf = whatIf;
  }

  @Override
  public void begun(FoldedState state) {
    whatIf.begun(state);
  }

  @Override
  public void folded(LogRecord record, InterruptEvent event, Folded folded) {
    whatIf.folded(record, event, folded);
    HostAccount account = account();
    if (account != null) {
      logged.add(sample(record, account, Side.LOG));
      modelled.add(sample(record, account, Side.POLICY));
    }
  }

  private static Series.Sample sample(LogRecord record, HostAccount account, Side side) {
    return new Series.Sample(record.logTimeMillis(), account.totals(side).vectors());
  }

  private @Nullable HostAccount account() {
    return whatIf.hosts().get(host);
  }

  WhatIfHistory history(Position position) {
    HostAccount account = account();
    if (account == null) {
      throw new QueryException(
          QueryException.Kind.NOT_FOUND, "there is no event of " + host + " up to then");
    }
    return new WhatIfHistory(position, account, logged, modelled);
  }
}
