package dev.irqledger.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.core.device.DeviceCapabilities;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.event.DeviceIdentity;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.Interrupts;
import dev.irqledger.core.state.Phase;
import dev.irqledger.core.state.Profile;
import dev.irqledger.core.state.VectorMap;
import dev.irqledger.core.state.VectorState;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.ResolvedPoint;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.LogPosition;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Programs read this: a change that breaks one of these lines breaks them. */
class StateJsonTest {
  private static String print(Image image) {
    StringWriter out = new StringWriter();
    StateJson.print(image, new PrintWriter(out, true));
    return out.toString().strip();
  }

  private static Image image(long logTime, SortedMap<DeviceKey, FoldedState> devices) {
    ResolvedPoint point = new ResolvedPoint(new TreeMap<>(Map.of(0, 41L)));
    return new Image(point, logTime, devices, 1, new Image.Unreadable());
  }

  @Test
  void the_fields_of_a_state_are_stable() {
    DeviceKey key = DeviceKey.parse("hv-1/0000:01:00.0");
    VectorMap vectors =
        VectorMap.EMPTY
            .with(0, new VectorState(Phase.ARMED, 29, 5, false, 0))
            .with(3, new VectorState(Phase.CACHED, 0, Eventfd.NONE, true, 0))
            .with(4, new VectorState(Phase.RESERVED, 31, Eventfd.NONE, true, 0));
    DeviceState state =
        DeviceState.unseen(key)
            .with(
                new Profile(
                    KernelRelease.UNKNOWN,
                    DeviceCapabilities.UNSEEN,
                    KernelGeneration.DYNAMIC,
                    DeviceIdentity.UNKNOWN,
                    Profile.Openness.OPEN))
            .with(Interrupts.NONE.withMode(InterruptMode.MSIX).withVectors(vectors));
    TreeMap<DeviceKey, FoldedState> devices = new TreeMap<>();
    devices.put(key, new FoldedState(state, new LogPosition(0, 41, 1_000)));
    assertEquals(
        "{\"point\":{\"token\":\"offset:0@41\",\"logTime\":\"1970-01-01T00:00:01Z\"},"
            + "\"devices\":[{\"host\":\"hv-1\",\"device\":\"0000:01:00.0\",\"mode\":\"msix\","
            + "\"dynamicMsix\":true,\"vectors\":["
            + "{\"vector\":0,\"linuxIrq\":29,\"phase\":\"ARMED\",\"trigger\":5},"
            + "{\"vector\":3,\"linuxIrq\":null,\"phase\":\"CACHED\",\"trigger\":-1},"
            + "{\"vector\":4,\"linuxIrq\":31,\"phase\":\"RESERVED\",\"trigger\":-1}],"
            + "\"intxTrigger\":-1,\"errTrigger\":-1,\"reqTrigger\":-1,"
            + "\"uncertain\":false,\"uncertainReason\":null,\"violations\":0,\"events\":0,"
            + "\"redeliveries\":0,\"epoch\":0,\"sequence\":0,"
            + "\"position\":{\"partition\":0,\"offset\":41},"
            + "\"pastUncertainty\":null}]}",
        print(image(1_000, devices)));
  }

  @Test
  void before_the_first_record_there_is_no_log_time() {
    assertEquals(
        "{\"point\":{\"token\":\"offset:0@41\",\"logTime\":null},\"devices\":[]}",
        print(image(Image.NO_TIME, new TreeMap<>())));
  }
}
