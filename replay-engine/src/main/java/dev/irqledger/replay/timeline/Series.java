package dev.irqledger.replay.timeline;

import dev.irqledger.core.state.VectorCounts;
import java.util.ArrayList;
import java.util.List;

/**
 * What a host's devices held, over time. However long that was, no more samples are kept than can
 * be drawn; of two neighbours the one with more irqs stays, so that no peak is lost.
 */
public final class Series {
  private static final int MOST = 4096;

  private final List<Sample> samples = new ArrayList<>();

  /** So many additions stand behind one sample. */
  private int stride = 1;

  private int pending;

  /**
   * What was held from a moment on.
   *
   * @param logTimeMillis milliseconds since 1970, by the broker's clock
   */
  public record Sample(long logTimeMillis, VectorCounts held) {
    private static Sample greater(Sample a, Sample b) {
      return b.held.allocated() > a.held.allocated() ? b : a;
    }
  }

  /** Takes the next sample, in the order of the log. */
  public void add(Sample sample) {
    if (pending % stride == 0) {
      samples.add(sample);
    } else {
      samples.set(samples.size() - 1, Sample.greater(samples.getLast(), sample));
    }
    pending = (pending + 1) % stride;
    if (samples.size() > MOST) {
      thin();
    }
  }

  private void thin() {
    List<Sample> half = new ArrayList<>();
    for (int i = 0; i + 1 < samples.size(); i += 2) {
      half.add(Sample.greater(samples.get(i), samples.get(i + 1)));
    }
    if (samples.size() % 2 == 1) {
      half.add(samples.getLast());
    }
    samples.clear();
    samples.addAll(half);
    stride *= 2;
    pending = 0;
  }

  /** In the order of the log. */
  public List<Sample> samples() {
    return List.copyOf(samples);
  }
}
