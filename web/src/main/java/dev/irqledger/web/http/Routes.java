package dev.irqledger.web.http;

import io.javalin.http.Handler;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which path is answered by whom. All is read with GET. */
final class Routes {
  private final Map<String, Handler> handlers = new LinkedHashMap<>();

  Routes(
      Gate gate,
      Forwarding forwarding,
      DeviceRoutes devices,
      FindingRoutes findings,
      StreamRoute stream,
      OperationRoutes operations) {
    guarded(gate, "/v1/hosts", devices::hosts);
    guarded(gate, "/v1/hosts/{host}/pressure", findings::pressure);
    guarded(gate, "/v1/devices", devices::devices);
    guarded(
        gate,
        "/v1/devices/{host}/{device}",
        forwarding.toOwnerOrCopy(devices::device, devices::copy));
    guarded(gate, "/v1/devices/{host}/{device}/history", devices::history);
    guarded(gate, "/v1/violations", findings::violations);
    // Streams last: they have their own number of places.
    handlers.put("/v1/stream", gate.guarded(stream::follow));
    handlers.put("/metrics", gate.guarded(operations::metrics));
    handlers.put("/openapi.json", gate.guarded(operations::openApi));
    handlers.put("/healthz", gate.open(operations::healthz));
    handlers.put("/readyz", gate.open(operations::readyz));
  }

  private void guarded(Gate gate, String path, Handler route) {
    handlers.put(path, gate.guarded(gate.counted(route)));
  }

  Map<String, Handler> handlers() {
    return Collections.unmodifiableMap(handlers);
  }
}
