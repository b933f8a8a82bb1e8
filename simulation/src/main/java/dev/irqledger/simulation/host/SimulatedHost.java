package dev.irqledger.simulation.host;

import dev.irqledger.agent.vfio.DevicePreset;
import dev.irqledger.agent.vfio.HostCapacity;
import dev.irqledger.agent.vfio.ModelledHost;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.simulation.fate.Chance;
import dev.irqledger.simulation.fate.Fault;
import dev.irqledger.simulation.log.SimulatedRequests.GroupPosition;
import dev.irqledger.wire.topic.HostPartitioner;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A host through its boots, with the agents that it has one after the other. */
public final class SimulatedHost {
  private static final List<KernelRelease> KERNELS =
      List.of(new KernelRelease("6.12.111+deb12-amd64"), new KernelRelease("6.1.0-50-amd64"));
  private static final List<DevicePreset> PRESETS =
      List.of(DevicePreset.NVME, DevicePreset.XHCI, DevicePreset.E1000E, DevicePreset.EDU);

  /** At which touch of the world an agent that is to die does so, at the latest. */
  private static final int LATEST_DEATH = 24;

  /** And every other time: most works are short. */
  private static final int EARLY_DEATH = 7;

  private final String name;
  private final Surroundings around;
  private final KernelRelease release;
  private final HostCapacity capacity;
  private final List<Bdf> devices = new ArrayList<>();
  private final List<DevicePreset> presets = new ArrayList<>();
  private final GroupPosition group = new GroupPosition();
  private final InstantSource clock;
  private final List<AgentProcess> all = new ArrayList<>();
  private final List<AgentProcess> zombies = new ArrayList<>();
  private ModelledHost kernel;
  private Monitor monitor;
  private @Nullable AgentProcess agent;
  private Duration clockError = Duration.ZERO;
  private boolean diskFull;
  private int boots;

  public SimulatedHost(String name, Surroundings around) {
    this.name = name;
    this.around = around;
    Chance chance = around.fate().chance();
    this.release = chance.oneOf(KERNELS);
    this.capacity = new HostCapacity(8 + chance.below(12), 16 + chance.below(30));
    for (int i = 0; i < 3; i++) {
      devices.add(new Bdf("0000:0%d:00.0".formatted(i + 1)));
      presets.add(chance.oneOf(PRESETS));
    }
    this.clock = around.time().clock(() -> clockError);
    this.kernel = boot();
    this.monitor = new Monitor(kernel);
  }

  private ModelledHost boot() {
    ModelledHost booted =
        new ModelledHost(name, release, capacity, clock, name + "-boot-" + ++boots);
    for (int i = 0; i < devices.size(); i++) {
      booted.add(devices.get(i), presets.get(i));
    }
    return booted;
  }

  public String name() {
    return name;
  }

  /** Which partition has its events and requests. */
  public int partition() {
    return HostPartitioner.partition(name, around.events().partitions());
  }

  public List<Bdf> devices() {
    return devices;
  }

  /** The kernel of this boot. */
  public ModelledHost kernel() {
    return kernel;
  }

  InstantSource clock() {
    return clock;
  }

  GroupPosition group() {
    return group;
  }

  boolean diskFull() {
    return diskFull;
  }

  /** Whether requests to it are read from now on. */
  public boolean takesRequests() {
    return group.placed();
  }

  /** The agent of the newest epoch; null while there is none. */
  private @Nullable AgentProcess alive() {
    return agent != null && !agent.dead() ? agent : null;
  }

  public boolean agentAlive() {
    return alive() != null;
  }

  /** How many events the living agent's journal holds that the log may not have. */
  public long backlog() {
    AgentProcess living = alive();
    return living == null ? 0 : living.agent().journal().backlog();
  }

  /** Whether the living agent has that device open. */
  public boolean agentHolds(Bdf device) {
    AgentProcess living = alive();
    return living != null && living.holds(device);
  }

  /** The living agent, or a zombie. */
  private @Nullable AgentProcess anyAgent() {
    if (!zombies.isEmpty() && around.fate().chance().oneIn(2)) {
      return around.fate().chance().oneOf(zombies);
    }
    return alive();
  }

  private int diesIn() {
    Chance chance = around.fate().chance();
    return around.fate().strikes(Fault.KILLED_AFTER_CALL, 12)
        ? chance.below(chance.oneIn(2) ? LATEST_DEATH : EARLY_DEATH)
        : -1;
  }

  /** Starts an agent where none lives, on the disk as the one before left it. */
  public void startAgent() {
    if (agentAlive()) {
      return;
    }
    DiskImage left = agent == null ? null : agent.disk().image();
    start(left);
  }

  private void start(@Nullable DiskImage left) {
    AgentProcess next =
        new AgentProcess(
            this, around, SimulatedDisk.newFolder(around.folder().resolve(name), all.size()));
    if (left != null) {
      left.writeTo(next.disk().folder());
    }
    all.add(next);
    agent = next;
    next.start(diesIn());
  }

  /** A user's operation on one of its devices. */
  public void operate(boolean mayBreak) {
    Chance chance = around.fate().chance();
    AgentProcess by = anyAgent();
    if (by == null) {
      startAgent();
      return;
    }
    Bdf device = chance.oneOf(devices);
    boolean open = by.holds(device);
    String op = open ? Operations.next(chance) : Operations.first(chance);
    boolean breaks = around.fate().strikes(Fault.BREACH, 2);
    Breach breach = chance.oneOf(List.of(Breach.values()));
    boolean plants =
        breaks && mayBreak && open && !by.zombie() && around.account().certain(name, device);
    by.perform(device, op, plants ? breach : null, diesIn());
    zombies.removeIf(AgentProcess::dead);
  }

  /** An agent brings a batch to the log; true where it did. */
  public boolean drain() {
    AgentProcess by = anyAgent();
    if (by == null) {
      startAgent();
      return false;
    }
    boolean delivered = by.drain(diesIn());
    zombies.removeIf(AgentProcess::dead);
    return delivered;
  }

  /** The agent deals with requests. */
  public void poll() {
    AgentProcess living = alive();
    if (living != null) {
      living.poll(diesIn());
    }
  }

  /** The agent looks at what others have, if it is time. */
  public void watch() {
    AgentProcess living = alive();
    if (living != null) {
      around.time().pass(AgentProcess.LOOKS.plusMillis(1));
      living.watch(diesIn());
    }
  }

  /** Another program makes a call. */
  public void monitorActs() {
    monitor.act(around.fate().chance().oneOf(devices), around.fate().chance());
  }

  /** The agent is killed while it does nothing. */
  public void killAgent() {
    AgentProcess living = alive();
    if (living != null && around.fate().strikes(Fault.KILLED_IDLE, 1)) {
      living.die(Fault.KILLED_IDLE);
    }
  }

  /** Everything that runs on the host ends, and every device is released. */
  public void reboot() {
    if (!around.fate().strikes(Fault.REBOOT, 1)) {
      return;
    }
    around.fate().count(Fault.REBOOT);
    if (agent != null) {
      agent.end();
    }
    endZombies();
    monitor.close();
    kernel = boot();
    monitor = new Monitor(kernel);
  }

  /** The agent's state is copied and another one started on it, while the old one lives on. */
  public void split() {
    AgentProcess living = alive();
    if (living == null || !around.fate().strikes(Fault.ZOMBIE, 1)) {
      return;
    }
    around.fate().count(Fault.ZOMBIE);
    around.account().split(name);
    DiskImage copy = living.disk().image();
    living.becomeZombie();
    zombies.add(living);
    agent = null;
    start(copy);
  }

  /** No agent of an old epoch lives any more. */
  public void endZombies() {
    zombies.forEach(AgentProcess::end);
    zombies.clear();
  }

  public void fillDisk(boolean to) {
    diskFull = to;
    for (AgentProcess process : all) {
      if (!process.dead()) {
        process.disk().full(to);
      }
    }
  }

  /** The host's clock is set. */
  public void jump(Duration by, Fault how) {
    clockError = clockError.plus(by);
    around.fate().count(how);
  }

  /** How it is, for people. */
  public String told() {
    AgentProcess living = alive();
    return (living == null ? "no agent" : "backlog " + backlog())
        + (zombies.isEmpty() ? "" : ", zombies " + zombies.size());
  }

  /** Frees all that it held in this JVM. */
  public void clear() {
    all.forEach(AgentProcess::clear);
  }
}
