package dev.irqledger.web;

/**
 * What a ledger is of.
 *
 * @param live whether it goes on: a service's does, an archive's does not
 * @param name what it is called: the archive's directory, or nothing for a service
 */
public record About(boolean live, String name) {}
