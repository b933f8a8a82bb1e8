/**
 * The screen of {@code replay step}: what keys do, what is shown, and the terminal around it. Only
 * {@code TerminalLoop} knows a terminal; what it shows is a function of the session and the size.
 * Uses JLine, {@code dev.irqledger.cli} for words, and {@code dev.irqledger.replay.step}.
 */
@NullMarked
package dev.irqledger.cli.step;

import org.jspecify.annotations.NullMarked;
