/**
 * The commands {@code access}: rights on a cluster that authorizes its clients. What each role may
 * do stands in {@code wire.topic.AccessRole}.
 */
@NullMarked
package dev.irqledger.cli.access;

import org.jspecify.annotations.NullMarked;
