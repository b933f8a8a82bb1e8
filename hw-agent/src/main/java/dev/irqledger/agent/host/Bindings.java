package dev.irqledger.agent.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.irqledger.agent.journal.Entry;
import dev.irqledger.agent.journal.Journal;
import dev.irqledger.agent.journal.JournalException;
import dev.irqledger.agent.sysfs.DriverBinding;
import dev.irqledger.agent.sysfs.FormerDriver;
import dev.irqledger.agent.sysfs.HostSetupException;
import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Bdf;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Devices that the agent took from their drivers. The journal knows how each was before, so that it
 * is given back also by the agent after one that died.
 */
public final class Bindings {
  private static final Logger LOG = LoggerFactory.getLogger(Bindings.class);
  private static final String VFIO_PCI = "vfio-pci";
  private static final JsonMapper JSON = new JsonMapper();

  private final @Nullable DriverBinding drivers;
  private final Journal journal;
  private final Map<Bdf, FormerDriver> taken = new TreeMap<>();

  /** How a device was before, for the journal. */
  private record Former(@Nullable String driver, @Nullable String override) {}

  /**
   * @param drivers null where the host has none
   */
  public Bindings(@Nullable DriverBinding drivers, Journal journal) {
    this.drivers = drivers;
    this.journal = journal;
  }

  /**
   * Takes a device from its driver and binds it to vfio-pci.
   *
   * @param force also where the host uses the device
   * @return false if it was bound to it already
   * @throws HostSetupException if that cannot be done; then nothing is other than before
   */
  public synchronized boolean bind(Bdf device, boolean force) {
    if (drivers == null || taken.containsKey(device) || drivers.plan(device, VFIO_PCI).isEmpty()) {
      return false;
    }
    FormerDriver former = drivers.former(device);
    // before it is touched: a death in between must not forget whom it belongs to
    journal.write(new Entry.Bound(device, write(former)));
    try {
      taken.put(device, drivers.bind(device, VFIO_PCI, force));
      return true;
    } catch (HostSetupException | VfioException e) {
      journal.write(new Entry.PutBack(device));
      throw e;
    }
  }

  /** Gives a device back to the driver that it was taken from. */
  public synchronized void putBack(Bdf device) {
    FormerDriver former = taken.remove(device);
    if (former != null) {
      putBack(former);
    }
  }

  /** Gives all devices back. */
  public synchronized void putBackAll() {
    taken.values().forEach(this::putBack);
    taken.clear();
  }

  /** Gives back what an agent before had taken when it died. */
  public synchronized void putBackLeft(Map<Bdf, String> left) {
    left.forEach((device, former) -> putBack(read(device, former)));
  }

  private void putBack(FormerDriver former) {
    if (drivers == null) {
      return;
    }
    try {
      drivers.putBack(former);
      journal.write(new Entry.PutBack(former.device()));
    } catch (HostSetupException | VfioException | JournalException e) {
      // the journal still has it, so the next agent tries again
      LOG.warn("{} was not given back: {}", former.device(), e.getMessage());
    }
  }

  private static String write(FormerDriver former) {
    try {
      return JSON.writeValueAsString(new Former(former.driver(), former.override()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FormerDriver read(Bdf device, String text) {
    try {
      Former former = JSON.readValue(text, Former.class);
      return new FormerDriver(device, former.driver(), former.override());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the journal's binding of " + device + " makes no sense", e);
    }
  }
}
