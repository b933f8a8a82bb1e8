package dev.irqledger.web.http;

import dev.irqledger.core.state.Change;
import dev.irqledger.core.state.VectorState;
import org.jspecify.annotations.Nullable;

/**
 * One difference between before and after an event.
 *
 * @param change which kind of difference
 * @param vector the vector that it is about; null where it is about none
 * @param before what was: a phase, a mode, a descriptor; null where it cannot be told
 * @param after what is
 */
record ChangeForm(
    String change, @Nullable Integer vector, @Nullable String before, @Nullable String after) {

  static ChangeForm of(Change change) {
    String kind = change.getClass().getSimpleName();
    return switch (change) {
      case Change.ModeChanged(var before, var after) ->
          new ChangeForm(kind, null, before.label(), after.label());
      case Change.VectorChanged(int vector, VectorState before, VectorState after) ->
          new ChangeForm(kind, vector, phase(before), phase(after));
      case Change.AllReleased(var before) ->
          new ChangeForm(kind, null, before.counts().allocated() + " irqs", "0 irqs");
      case Change.TriggerChanged(var index, int before, int after) ->
          new ChangeForm(kind, null, index + " " + fd(before), index + " " + fd(after));
      case Change.EventfdSignalled(int fd) -> new ChangeForm(kind, null, null, fd(fd));
    };
  }

  private static String phase(@Nullable VectorState state) {
    return state == null ? "FREE" : state.phase().name();
  }

  private static String fd(int fd) {
    Integer known = VectorForm.descriptor(fd);
    return known == null ? "fd ?" : known < 0 ? "none" : "fd " + known;
  }
}
