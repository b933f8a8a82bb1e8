package dev.irqledger.service;

import static dev.irqledger.service.ModelledFleet.device;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.wire.avro.Violation;
import dev.irqledger.wire.avro.ViolationKind;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The first device has irq 25 as its vector 0. */
final class SharedIrqTest {
  private static final DeviceKey FIRST = device("hv-1", 1);
  private static final DeviceKey SECOND = device("hv-1", 2);
  private static final String VM = "web-1";

  private final LedgerDriver ledger = new LedgerDriver();
  private final ModelledFleet fleet = new ModelledFleet();

  @BeforeEach
  void begin() {
    ledger.append(fleet.open(FIRST, VM, "dmar0"));
    ledger.append(fleet.set(FIRST, VM, SetIrqs.triggers(IrqIndex.MSIX, 0, 10)));
    ledger.append(fleet.open(SECOND, VM, "dmar0"));
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private int irq() {
    return ledger.stored().get(FIRST).state().interrupts().vectors().get(0).irq();
  }

  private void secondGetsTheSame() {
    InterruptsSet set =
        new InterruptsSet(
            SetIrqs.triggers(IrqIndex.MSIX, 0, 11),
            OptionalInt.of(0),
            900,
            KernelView.whole(InterruptMode.MSIX, List.of(new KernelView.Seen(0, irq(), true))));
    ledger.append(fleet.seal(SECOND, VM, set));
  }

  private void firstActs() {
    ledger.append(fleet.set(FIRST, VM, SetIrqs.triggers(IrqIndex.MSIX, 0, Eventfd.NONE)));
  }

  @Test
  void an_irq_that_two_devices_have_is_found_once_the_first_one_shows_that_it_has_it_still() {
    secondGetsTheSame();
    assertEquals(List.of(), ledger.violations());
    firstActs();
    List<Violation> found = ledger.violations();
    assertEquals(1, found.size());
    Violation shared = found.getFirst();
    assertEquals("IRQ_UNIQUE_ON_HOST", shared.getRule());
    assertEquals(ViolationKind.KERNEL, shared.getKind());
    assertEquals(FIRST.bdf().text(), shared.getDevice());
    assertEquals(4, shared.getOffset());
    assertEquals(
        "vector 0: irq " + irq() + ", as vector 0 of " + SECOND.bdf(), shared.getReported());
    firstActs();
    assertEquals(List.of(), ledger.violations());
  }

  @Test
  void a_release_that_is_told_late_is_no_breach() {
    secondGetsTheSame();
    ledger.append(fleet.close(FIRST, VM));
    ledger.append(fleet.open(FIRST, VM, "dmar0"));
    firstActs();
    assertEquals(List.of(), ledger.violations());
  }

  @Test
  void what_the_agent_refused_is_no_evidence_since_it_need_not_have_the_device() {
    secondGetsTheSame();
    ledger.append(fleet.seal(FIRST, VM, new CommandRefused("open failed: -EBUSY")));
    assertEquals(List.of(), ledger.violations());
  }

  @Test
  void an_irq_that_the_second_one_gave_back_is_no_breach() {
    secondGetsTheSame();
    ledger.append(fleet.close(SECOND, VM));
    firstActs();
    assertEquals(List.of(), ledger.violations());
  }

  @Test
  void devices_of_two_hosts_may_have_the_same_irq() {
    DeviceKey elsewhere = device("hv-2", 1);
    ledger.append(fleet.open(elsewhere, VM, "dmar0"));
    ledger.append(fleet.set(elsewhere, VM, SetIrqs.triggers(IrqIndex.MSIX, 0, 10)));
    firstActs();
    ledger.append(fleet.set(elsewhere, VM, SetIrqs.triggers(IrqIndex.MSIX, 0, Eventfd.NONE)));
    assertEquals(List.of(), ledger.violations());
  }
}
