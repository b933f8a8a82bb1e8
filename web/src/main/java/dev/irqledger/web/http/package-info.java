/**
 * The answers over HTTP: routes, parameters, problems, limits. Asks {@code dev.irqledger.web} and
 * keeps no knowledge of its own.
 */
@NullMarked
package dev.irqledger.web.http;

import org.jspecify.annotations.NullMarked;
