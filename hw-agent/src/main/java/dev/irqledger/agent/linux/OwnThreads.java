package dev.irqledger.agent.linux;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The kernel's numbers of the threads that made calls; each is entered before its call. */
final class OwnThreads {
  private final SystemCalls calls;
  private final Set<Integer> numbers = ConcurrentHashMap.newKeySet();

  OwnThreads(SystemCalls calls) {
    this.calls = calls;
  }

  void enter() {
    numbers.add(calls.gettid());
  }

  boolean contains(int tid) {
    return numbers.contains(tid);
  }

  Set<Integer> numbers() {
    return Set.copyOf(numbers);
  }
}
