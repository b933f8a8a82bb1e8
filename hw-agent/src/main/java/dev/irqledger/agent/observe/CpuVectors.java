package dev.irqledger.agent.observe;

import dev.irqledger.recordings.ProbeRecord;

/**
 * A host's CPU vectors at one moment, from an {@code irq_matrix} event. Source: {@code
 * kernel/irq/matrix.c} and {@code include/trace/events/irq_matrix.h}; the kernel takes all numbers
 * of an event under one lock.
 *
 * <p>The kernel counts a vector of an online CPU as available until it is allocated, or reserved as
 * a managed one (spread over all CPUs by a host's driver). What is free and what is allocated thus
 * add up to all vectors of the online CPUs, but for the system's own and for managed reservations
 * that are not in use, neither of which a passed-through device can get. So the total is exact as
 * long as no CPU goes offline: vectors that a CPU held when it went are counted until they are
 * freed.
 *
 * @param total vectors that devices, the host's own included, have or can get
 * @param free those that nobody has
 * @param onlineCpus the CPUs that are counted
 * @param monoNanos when, by {@code CLOCK_MONOTONIC}
 */
public record CpuVectors(long total, long free, int onlineCpus, long monoNanos) {
  static CpuVectors of(ProbeRecord.Matrix matrix) {
    return new CpuVectors(
        matrix.available() + matrix.allocated(),
        matrix.available(),
        matrix.onlineCpus(),
        matrix.nanos());
  }
}
