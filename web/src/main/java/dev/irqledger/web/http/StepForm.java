package dev.irqledger.web.http;

import dev.irqledger.web.chronicle.Place;
import org.jspecify.annotations.Nullable;

/**
 * Where a step leads.
 *
 * @param position the point right after the event; null where there is no such event
 * @param host the event's host
 * @param device its device
 */
record StepForm(@Nullable PositionForm position, @Nullable String host, @Nullable String device) {
  static final StepForm NOWHERE = new StepForm(null, null, null);

  static StepForm of(Place place) {
    return new StepForm(
        PositionForm.of(place.position()),
        place.entry().row().key().host(),
        place.entry().row().key().bdf().text());
  }
}
