package dev.irqledger.cli.sql;

import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.IrqIndexInfo;
import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.event.DeviceIdentity;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.LogHead;
import dev.irqledger.core.state.Profile;
import dev.irqledger.core.state.Uncertainty;
import dev.irqledger.core.state.VectorMap;
import dev.irqledger.core.state.VectorState;
import dev.irqledger.wire.FoldedState;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rows of the tables {@code devices} and {@code vectors}: the states at the point. */
final class StateRows {
  private final Rows devices;
  private final Rows vectors;

  StateRows(Rows devices, Rows vectors) {
    this.devices = devices;
    this.vectors = vectors;
  }

  void add(FoldedState folded) throws SQLException {
    DeviceState state = folded.state();
    Profile profile = state.profile();
    devices.begin().text(state.key().host()).text(state.key().bdf().text());
    devices.yes(open(profile)).text(state.interrupts().mode().label());
    devices.number(state.counts().armed()).number(state.counts().cached());
    devices.number(state.counts().reserved()).number(state.tally().violations());
    devices.number(state.tally().events()).number(state.tally().redeliveries());
    uncertainty(state.uncertainty());
    devices.strange(profile.kernel().text()).yes(dynamic(profile.generation()));
    msix(profile.capabilities().of(IrqIndex.MSIX));
    identity(profile.identity());
    head(state.head());
    devices.number(folded.position().partition()).number(folded.position().offset());
    devices.millis(folded.position().logTimeMs()).end();
    vectors(state);
  }

  private static @Nullable Boolean open(Profile profile) {
    return switch (profile.open()) {
      case UNSEEN -> null;
      case OPEN -> true;
      case CLOSED -> false;
    };
  }

  private static @Nullable Boolean dynamic(KernelGeneration generation) {
    return switch (generation) {
      case UNKNOWN -> null;
      case DYNAMIC -> true;
      case LEGACY, FIXED -> false;
    };
  }

  private void uncertainty(@Nullable Uncertainty uncertainty) throws SQLException {
    if (uncertainty == null) {
      devices.nothing().nothing();
    } else {
      devices.text(uncertainty.reason().name()).micros(uncertainty.sinceMicros());
    }
  }

  private void msix(IrqIndexInfo info) throws SQLException {
    if (info.known()) {
      devices.number(info.count());
    } else {
      devices.nothing();
    }
  }

  private void identity(DeviceIdentity identity) throws SQLException {
    devices.strange(identity.pciId()).strange(identity.driver());
    devices.number(identity.iommuGroup()).strange(identity.iommuUnit());
    devices.text(Objects.toString(identity.physicalFunction(), null));
  }

  private void head(LogHead head) throws SQLException {
    devices.strange(head.bootId()).number(head.epoch()).number(head.sequence());
    devices.id(head.eventId()).micros(head.hostTimeMicros());
  }

  private void vectors(DeviceState state) throws SQLException {
    VectorMap map = state.interrupts().vectors();
    for (int v = map.next(0); v >= 0; v = map.next(v + 1)) {
      VectorState vector = Objects.requireNonNull(map.get(v));
      vectors.begin().text(state.key().host()).text(state.key().bdf().text()).number(v);
      vectors.text(vector.phase().name()).number(ChangeRows.irq(vector));
      vectors.number(ChangeRows.trigger(vector)).yes(vector.dynamic());
      vectors.micros(vector.sinceMicros()).end();
    }
  }
}
