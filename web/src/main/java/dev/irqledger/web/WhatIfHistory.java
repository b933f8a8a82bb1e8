package dev.irqledger.web;

import dev.irqledger.replay.timeline.Series;
import dev.irqledger.replay.whatif.HostAccount;

/**
 * Both histories of a host: what happened, and what would have.
 *
 * @param position up to where they go
 * @param account what they add up to
 * @param logged what was held over time
 * @param modelled what would have been held
 */
public record WhatIfHistory(
    Position position, HostAccount account, Series logged, Series modelled) {}
