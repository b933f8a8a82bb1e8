package dev.irqledger.web;

import dev.irqledger.wire.avro.HostPressure;

/**
 * What a host's devices hold together.
 *
 * @param position the last record that was folded into it
 */
public record Pressure(Position position, HostPressure report) {}
