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
      PastRoutes past,
      StreamRoute stream,
      OperationRoutes operations,
      ConsoleRoutes console) {
    guarded(gate, "/v1/hosts", devices::hosts);
    guarded(gate, "/v1/hosts/{host}/pressure", findings::pressure);
    guarded(gate, "/v1/devices", devices::devices);
    guarded(
        gate,
        "/v1/devices/{host}/{device}",
        forwarding.toOwnerOrCopy(devices::device, devices::copy));
    guarded(gate, "/v1/devices/{host}/{device}/history", devices::history);
    guarded(gate, "/v1/violations", findings::violations);
    guarded(gate, "/v1/hosts/{host}/holders", past::holders);
    guarded(gate, "/v1/hosts/{host}/what-if", past::whatIf);
    guarded(gate, "/v1/timeline", past::timeline);
    guarded(gate, "/v1/step", past::step);
    guarded(gate, "/v1/rules", past::rules);
    guarded(gate, "/v1/about", past::about);
    // Streams last: they have their own number of places.
    handlers.put("/v1/stream", gate.guarded(stream::follow));
    handlers.put("/metrics", gate.guarded(operations::metrics));
    handlers.put("/openapi.json", gate.guarded(operations::openApi));
    handlers.put("/healthz", gate.open(operations::healthz));
    handlers.put("/readyz", gate.open(operations::readyz));
    // The page tells nothing by itself: it asks for the token that its questions need.
    handlers.put("/", gate.open(console::page));
    handlers.put("/assets/{file}", gate.open(console::asset));
  }

  private void guarded(Gate gate, String path, Handler route) {
    handlers.put(path, gate.guarded(gate.counted(route)));
  }

  Map<String, Handler> handlers() {
    return Collections.unmodifiableMap(handlers);
  }
}
