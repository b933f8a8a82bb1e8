package dev.irqledger.replay;

import static dev.irqledger.core.rule.Transition.ARMED;
import static dev.irqledger.core.rule.Transition.CLEARED;
import static dev.irqledger.core.rule.Transition.ENABLED;
import static dev.irqledger.core.rule.Transition.GROWN;
import static dev.irqledger.core.rule.Transition.REARMED;
import static dev.irqledger.core.rule.Transition.RETRIGGERED;
import static dev.irqledger.core.rule.Transition.TORN_DOWN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.irqledger.core.device.DeviceCapabilities;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.IrqIndexInfo;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.DeviceIdentity;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.point.Point;
import dev.irqledger.core.rule.Transition;
import dev.irqledger.wire.EventCodec;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class VectorStoryTest {
  private static final String DEVICE = "hv/0000:01:00.0";
  private final InMemoryLog log = new InMemoryLog(1);

  VectorStoryTest() {
    IrqIndexInfo none = new IrqIndexInfo(0, 0);
    log.append(
        DEVICE,
        new DeviceOpened(
            new KernelRelease("6.12.0"),
            new DeviceCapabilities(List.of(none, none, new IrqIndexInfo(64, 1), none, none)),
            DeviceIdentity.UNKNOWN));
  }

  private void set(SetIrqs call) {
    log.append(DEVICE, new InterruptsSet(call, OptionalInt.of(0), 0, null));
  }

  private void triggers(int start, int... fds) {
    set(SetIrqs.triggers(IrqIndex.MSIX, start, fds));
  }

  private VectorStory story(int vector) {
    VectorStory story = new VectorStory(vector);
    EventCodec codec = EventCodec.releasedOnly();
    ResolvedPoint end =
        new PointResolver(log, codec, InstantSource.system()).resolve(Point.LATEST, null);
    var _ = new Replayer(log, codec).replay(end, _ -> true, _ -> true, story);
    return story;
  }

  private List<Transition> transitions(int vector) {
    return story(vector).chapters().stream().map(VectorStory.Chapter::transition).toList();
  }

  @Test
  void each_event_that_changed_the_vector_is_told_with_what_it_was_for_it() {
    triggers(0, 5, -1, 6);
    triggers(1, 7);
    triggers(1, -1);
    triggers(1, 8);
    triggers(1, 9);
    triggers(7, 3);
    assertEquals(List.of(ENABLED, ARMED, CLEARED, REARMED, RETRIGGERED), transitions(1));
    assertEquals(List.of(ENABLED), transitions(0));
    assertEquals(List.of(GROWN), transitions(7));
    assertEquals(List.of(), transitions(8));
    assertNull(story(8).now());
  }

  @Test
  void a_free_vector_is_explained_by_its_last_life() {
    triggers(0, 5);
    set(SetIrqs.disable(IrqIndex.MSIX));
    triggers(0, 6);
    triggers(0, -1);
    set(SetIrqs.disable(IrqIndex.MSIX));
    assertEquals(List.of(ENABLED, CLEARED, TORN_DOWN), transitions(0));
    assertEquals(3, story(0).chapters().getFirst().record().offset());
    triggers(0, 7);
    assertEquals(List.of(ENABLED), transitions(0));
    assertNotNull(story(0).now());
  }

  @Test
  void of_a_long_story_the_end_is_kept_and_the_rest_counted() {
    for (int i = 0; i < 600; i++) {
      triggers(0, 5);
      triggers(0, -1);
    }
    VectorStory story = story(0);
    assertEquals(1000, story.chapters().size());
    assertEquals(200, story.left());
    assertEquals(CLEARED, story.chapters().getLast().transition());
  }
}
