package dev.irqledger.core.whatif;

import dev.irqledger.core.policy.Pool;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event of the log beside what would have been.
 *
 * @param loggedShort the pool that the call found empty in the log; null where none was
 * @param nowShort the pool that it would have found empty; null where none was
 * @param copiesShort the pools that the same call of added devices would have found empty
 * @param same whether result and vectors are those of the log: the mode, which vectors hold an irq,
 *     and which of them are armed
 * @param allocatedAgain how many irqs would have been allocated that the log's device still had
 */
public record Step(
    @Nullable Pool loggedShort,
    @Nullable Pool nowShort,
    List<Pool> copiesShort,
    boolean same,
    int allocatedAgain) {
  /** Nothing was done, here and there. */
  static final Step NONE = new Step(null, null, List.of(), true, 0);
}
