package dev.irqledger.core.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.event.KernelView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** A vector map is a sorted map from vectors to states. */
class VectorMapProperties {
  /** A put, or a removal where the state is null. */
  record Put(int vector, @Nullable VectorState state) {}

  @Provide
  Arbitrary<List<Put>> puts() {
    Arbitrary<Integer> vectors =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 40),
            Arbitraries.integers().between(0, KernelView.MAX_VECTORS - 1),
            Arbitraries.of(15, 16, 255, 256, 2047));
    Arbitrary<VectorState> states =
        Arbitraries.of(
                new VectorState(Phase.ARMED, 24, 5, false, 1),
                new VectorState(Phase.ARMED, 24, Eventfd.SOME, false, 1),
                new VectorState(Phase.CACHED, 25, Eventfd.NONE, true, 2),
                new VectorState(Phase.RESERVED, 0, Eventfd.NONE, false, 3))
            .injectNull(0.4);
    return Combinators.combine(vectors, states).as(Put::new).list().ofMaxSize(80);
  }

  @Property(tries = 500)
  void it_holds_what_was_put_into_it_last(@ForAll("puts") List<Put> puts) {
    TreeMap<Integer, VectorState> expected = new TreeMap<>();
    VectorMap map = VectorMap.EMPTY;
    for (Put put : puts) {
      VectorMap before = map;
      Map<Integer, VectorState> contentBefore = content(before);
      map = map.with(put.vector(), put.state());
      apply(expected, put);
      assertEquals(expected, content(map));
      assertEquals(contentBefore, content(before));
      assertEquals(expected.isEmpty(), map.isEmpty());
      assertEquals(put.state(), map.get(put.vector()));
    }
  }

  @Property(tries = 500)
  void a_builder_gives_what_puts_one_after_another_give(
      @ForAll("puts") List<Put> puts, @ForAll("puts") List<Put> more) {
    VectorMap before = of(puts);
    NavigableMap<Integer, VectorState> contentBefore = content(before);
    VectorMapBuilder builder = new VectorMapBuilder(before);
    VectorMap expected = before;
    List<VectorMap> built = new ArrayList<>();
    List<VectorMap> asPut = new ArrayList<>();
    for (Put put : more) {
      builder.put(put.vector(), put.state());
      expected = expected.with(put.vector(), put.state());
      assertEquals(put.state(), builder.get(put.vector()));
      assertEquals(expected.counts(), builder.counts());
      if (put.vector() % 3 == 0) { // also between changes
        built.add(builder.build());
        asPut.add(expected);
      }
    }
    assertEquals(expected, builder.build());
    assertEquals(asPut, built);
    assertEquals(contentBefore, content(before));
    builder.replaceBy(before);
    assertSame(before, builder.build());
  }

  @Property(tries = 500)
  void it_counts_the_vectors_of_each_phase(@ForAll("puts") List<Put> puts) {
    VectorMap map = of(puts);
    NavigableMap<Integer, VectorState> content = content(map);
    assertEquals(
        new VectorCounts(
            count(content, Phase.ARMED),
            count(content, Phase.CACHED),
            count(content, Phase.RESERVED)),
        map.counts());
  }

  @Property(tries = 500)
  void the_same_content_is_equal_however_it_came_about(
      @ForAll("puts") List<Put> puts, @ForAll("puts") List<Put> detour) {
    VectorMap direct = of(puts);
    VectorMap roundabout = of(detour);
    for (int v = roundabout.next(0); v >= 0; v = roundabout.next(v + 1)) {
      roundabout = roundabout.with(v, null);
    }
    assertSame(VectorMap.EMPTY, roundabout);
    List<Integer> vectors = new ArrayList<>(content(direct).keySet());
    Collections.reverse(vectors);
    for (int vector : vectors) {
      roundabout = roundabout.with(vector, direct.get(vector));
    }
    assertEquals(direct, roundabout);
    assertEquals(direct.hashCode(), roundabout.hashCode());
  }

  @Property(tries = 500)
  void a_difference_is_a_vector_that_differs_and_no_other(
      @ForAll("puts") List<Put> shared, @ForAll("puts") List<Put> more) {
    VectorMap before = of(shared);
    VectorMap after = before;
    for (Put put : more) {
      after = after.with(put.vector(), put.state());
    }
    assertEquals(differences(content(before), content(after)), visited(before, after));
    assertEquals(differences(content(after), content(before)), visited(after, before));
    assertEquals(visited(before, after).isEmpty(), before.equals(after));
    if (!before.equals(after)) {
      assertNotEquals(before, after);
    }
  }

  @Property
  void the_next_vector_is_the_least_from_there_on(@ForAll("puts") List<Put> puts) {
    VectorMap map = of(puts);
    NavigableMap<Integer, VectorState> content = content(map);
    for (int vector = 0; vector <= KernelView.MAX_VECTORS; vector++) {
      Integer next = content.ceilingKey(vector);
      assertEquals(next == null ? -1 : next, map.next(vector));
    }
  }

  private static VectorMap of(List<Put> puts) {
    VectorMap map = VectorMap.EMPTY;
    for (Put put : puts) {
      map = map.with(put.vector(), put.state());
    }
    return map;
  }

  private static void apply(Map<Integer, VectorState> content, Put put) {
    if (put.state() == null) {
      content.remove(put.vector());
    } else {
      content.put(put.vector(), put.state());
    }
  }

  private static NavigableMap<Integer, VectorState> content(VectorMap map) {
    TreeMap<Integer, VectorState> content = new TreeMap<>();
    map.forEach(content::put);
    return content;
  }

  private static int count(Map<Integer, VectorState> content, Phase phase) {
    return (int) content.values().stream().filter(state -> state.phase() == phase).count();
  }

  private static List<String> visited(VectorMap before, VectorMap after) {
    List<String> visited = new ArrayList<>();
    before.forEachDifference(after, (v, was, is) -> visited.add(v + " " + was + " " + is));
    return visited;
  }

  private static List<String> differences(
      Map<Integer, VectorState> before, Map<Integer, VectorState> after) {
    TreeSet<Integer> vectors = new TreeSet<>(before.keySet());
    vectors.addAll(after.keySet());
    return vectors.stream()
        .filter(vector -> !Objects.equals(before.get(vector), after.get(vector)))
        .map(vector -> vector + " " + before.get(vector) + " " + after.get(vector))
        .toList();
  }

  @Property(tries = 500)
  void its_changed_pages_make_one_map_of_the_other(
      @ForAll("puts") List<Put> puts, @ForAll("puts") List<Put> more) {
    VectorMap before = of(puts);
    VectorMap after = before;
    for (Put put : more) {
      after = after.with(put.vector(), put.state());
    }
    List<Integer> pages = new ArrayList<>();
    before.forEachChangedPage(after, pages::add);
    VectorMap made = before;
    for (int page : pages) {
      assertNotEquals(before.page(page), after.page(page));
      made = made.withPage(page, after.page(page));
    }
    assertEquals(after, made);
    assertEquals(after.counts(), made.counts());
    TreeSet<Integer> touched = new TreeSet<>();
    before.forEachDifference(after, (vector, _, _) -> touched.add(vector / VectorMap.PAGE_VECTORS));
    assertEquals(List.copyOf(touched), pages);
  }
}
