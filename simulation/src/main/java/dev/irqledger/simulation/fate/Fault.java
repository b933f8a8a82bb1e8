package dev.irqledger.simulation.fate;

/** What can go wrong in a run, in words for the table that a run ends with. */
public enum Fault {
  ACK_LOST("an acknowledgement is lost, and the producer asks again"),
  ACK_LOST_FOR_GOOD("a record is appended, and its producer is told that it failed"),
  ACK_LATE("an acknowledgement comes after the agent's patience"),
  REQUEST_LOST("a produce request is lost on its way"),
  REQUEST_REFUSED("a broker refuses a produce request for good"),
  REQUEST_LANDS_LATE("a request of a producer that is gone is appended after all"),
  DUPLICATE_SUPPRESSED("a broker knows a request by its sequence, and appends nothing"),
  DUPLICATE_APPENDED("an event is in the log once more"),
  BROKER_AWAY("a partition has no broker for a while"),
  PARTITIONS_REORDERED("a record is folded after a later one of another partition"),
  KILLED_BEFORE_INTENT("the agent dies before the intent is durable"),
  KILLED_AFTER_INTENT("the agent dies between the intent and the call"),
  KILLED_AFTER_CALL("the agent dies between the call and its durable outcome"),
  KILLED_AFTER_OUTCOME("the agent dies between the outcome and the answer"),
  KILLED_PUBLISHING("the agent dies while it sends a batch"),
  KILLED_BEFORE_ACK("the agent dies while it waits for acknowledgements"),
  KILLED_BEFORE_TRIM("the agent dies between the acknowledgements and the trim"),
  KILLED_AFTER_TRIM("the agent dies right after the trim"),
  KILLED_TAKING_OVER("the agent dies while it takes over from the one before"),
  KILLED_WATCHING("the agent dies while it takes down what it observed"),
  KILLED_IDLE("the agent dies between two of its works"),
  TORN_COMMIT("a commit is on the disk in part"),
  DISK_FULL("the journal finds the disk full"),
  REBOOT("the host is booted"),
  ZOMBIE("an agent of an old epoch lives on beside the new one"),
  CLOCK_FORWARD("the host's clock jumps ahead"),
  CLOCK_BACK("the host's clock jumps back"),
  SERVICE_CRASH("a task of the service dies with what it did not commit"),
  REQUEST_CAME_AGAIN("a request of irq.commands is delivered again"),
  COMMIT_LOST("the commit of a consumer's position fails"),
  BREACH("the kernel breaks a rule");

  private final String words;

  Fault(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
