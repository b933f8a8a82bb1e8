package dev.irqledger.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.Source;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.EventSealer;
import dev.irqledger.wire.KnownHeads;
import dev.irqledger.wire.SealedEvent;
import dev.irqledger.wire.avro.Violation;
import dev.irqledger.wire.signature.Enrolment;
import dev.irqledger.wire.signature.Enrolment.Period;
import dev.irqledger.wire.signature.SigningKey;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SignedEventsTest {
  private static final Period ALWAYS = new Period(0, Long.MAX_VALUE);
  private final SigningKey own = SigningKey.generate();
  private final SigningKey foreign = SigningKey.generate();
  private final ModelledFleet fleet = new ModelledFleet();
  private final DeviceKey device = ModelledFleet.device("hv-1", 1);

  /** Of an agent that says that it is hv-1, and has begun later than all. */
  private SealedEvent forged() {
    return new EventSealer(
            EventCodec.releasedOnly(), Long.MAX_VALUE / 2, "boot", KnownHeads.FIRST_EPOCH)
        .seal(
            new UUID(9, 9),
            device,
            Source.AGENT_CALL,
            Actor.UNKNOWN,
            1,
            new DeviceReset(OptionalInt.of(0), 5, null));
  }

  @Test
  void an_agent_with_another_hosts_name_changes_no_state_and_is_told_of() {
    try (LedgerDriver ledger = new LedgerDriver()) {
      ledger.enrol(
          "hv-1",
          new Enrolment(List.of(new Enrolment.Key(own.verifying(), ALWAYS)), List.of(ALWAYS)));
      SealedEvent opened = fleet.open(device, "vm-1", "dmar0");
      ledger.appendSigned(opened, own.sign(opened.bytes()));
      ledger.append(forged());
      ledger.appendSigned(forged(), foreign.sign(forged().bytes()));
      SealedEvent set = fleet.set(device, "vm-1", SetIrqs.triggers(IrqIndex.MSIX, 0, 10, 11));
      ledger.appendSigned(set, own.sign(set.bytes()));
      assertEquals(
          List.of("no signature", "a signature by none of the host's keys of that time"),
          ledger.violations().stream().map(Violation::getReported).toList());
      assertEquals(set.event().hash(), ledger.stored().get(device).state().head().hash());
    }
  }
}
