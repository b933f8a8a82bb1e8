package dev.irqledger.faults;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A bridge in this program's network namespace, and a namespace behind it for each node, with a
 * cable that can be cut. It has no other way out: whoever started this program gave it a network
 * namespace of its own.
 */
final class Network {
  private static final String BRIDGE = "br0";

  /** The address of this program. */
  static final String HERE = "10.77.0.1";

  private final Map<String, String> addresses = new LinkedHashMap<>();

  /**
   * Makes the bridge.
   *
   * @throws IOException if this program has no network namespace to do so in
   */
  Network() throws IOException {
    SystemCommand.run("ip", "link", "set", "lo", "up");
    SystemCommand.run("ip", "link", "add", BRIDGE, "type", "bridge");
    SystemCommand.run("ip", "address", "add", HERE + "/24", "dev", BRIDGE);
    SystemCommand.run("ip", "link", "set", BRIDGE, "up");
  }

  /** A namespace of that name, of at most ten letters; gives the address in it. */
  String add(String name) throws IOException {
    String address = "10.77.0." + (11 + addresses.size());
    addresses.put(name, address);
    SystemCommand.run("ip", "netns", "add", name);
    SystemCommand.run(
        "ip", "link", "add", cable(name), "type", "veth", "peer", "name", "eth0", "netns", name);
    SystemCommand.run("ip", "link", "set", cable(name), "master", BRIDGE, "up");
    SystemCommand.run("ip", "-n", name, "address", "add", address + "/24", "dev", "eth0");
    SystemCommand.run("ip", "-n", name, "link", "set", "eth0", "up");
    SystemCommand.run("ip", "-n", name, "link", "set", "lo", "up");
    return address;
  }

  /** What runs a command there; the process is the command itself. */
  List<String> inside(String name) {
    return List.of("ip", "netns", "exec", name);
  }

  /** What is on its way is lost, and nobody is told. */
  void cut(String name) throws IOException {
    SystemCommand.run("ip", "link", "set", cable(name), "down");
  }

  /** The cable is whole again. */
  void mend(String name) throws IOException {
    SystemCommand.run("ip", "link", "set", cable(name), "up");
  }

  private static String cable(String name) {
    return "to-" + name;
  }
}
