package dev.irqledger.faults;

import java.io.IOException;

/** What can happen to a node, and what makes it good again. */
enum Fault {
  /** kill -9, and a start later. */
  KILL {
    @Override
    void strike(Node node) throws InterruptedException {
      node.kill();
    }

    @Override
    void heal(Node node) throws IOException {
      node.start();
    }
  },
  /** An orderly end, and a start later. */
  RESTART {
    @Override
    void strike(Node node) throws InterruptedException {
      node.end();
    }

    @Override
    void heal(Node node) throws IOException {
      node.start();
    }
  },
  /** SIGSTOP, and SIGCONT later. */
  PAUSE {
    @Override
    void strike(Node node) throws IOException {
      node.halt();
    }

    @Override
    void heal(Node node) throws IOException {
      node.resume();
    }
  },
  /** No packet comes or goes. */
  CUT_NETWORK {
    @Override
    void strike(Node node) throws IOException {
      node.cut();
    }

    @Override
    void heal(Node node) throws IOException {
      node.mend();
    }
  },
  /**
   * No byte is free on its disk. A broker is started again once there is room: one whose mapped
   * index met the full disk (SIGBUS) may go on without some of its threads.
   */
  FULL_DISK {
    @Override
    void strike(Node node) throws IOException {
      node.disk().fill();
    }

    @Override
    void heal(Node node) throws IOException, InterruptedException {
      node.disk().free();
      if (node.kind() == Node.Kind.BROKER) {
        node.kill();
        node.start();
      }
    }
  };

  abstract void strike(Node node) throws IOException, InterruptedException;

  abstract void heal(Node node) throws IOException, InterruptedException;
}
