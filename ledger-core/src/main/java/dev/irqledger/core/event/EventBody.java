package dev.irqledger.core.event;

/** What happened. */
public sealed interface EventBody
    permits DeviceOpened,
        InterruptsSet,
        DeviceReset,
        DeviceReleased,
        StateObserved,
        CommandRefused {}
