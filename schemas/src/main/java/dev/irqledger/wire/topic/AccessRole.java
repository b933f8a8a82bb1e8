package dev.irqledger.wire.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What a kind of program may do on a cluster that authorizes its clients: each right that it needs,
 * and no other. Every right to read or to write implies the one to describe.
 */
public enum AccessRole {
  /** A host's agent: writes events and signs of life; reads what is asked of it. */
  AGENT {
    @Override
    void add(Rights rights, String host) {
      rights.write(Topic.EVENTS, Topic.AGENT_STATUS);
      rights.read(Topic.COMMANDS, Topic.POLICIES, Topic.SCHEMAS);
      rights.allow(ResourceType.GROUP, PatternType.LITERAL, agentGroup(host), AclOperation.READ);
    }
  },

  /** An instance of the service: folds, publishes what comes of it, and creates what is missing. */
  SERVICE {
    @Override
    void add(Rights rights, String applicationId) {
      for (Topic topic : Topic.values()) {
        rights.topic(topic, AclOperation.READ, AclOperation.CREATE, AclOperation.DESCRIBE_CONFIGS);
      }
      rights.write(
          Topic.DEVICE_STATE,
          Topic.VIOLATIONS,
          Topic.HOST_PRESSURE,
          Topic.QUARANTINE,
          Topic.SCHEMAS,
          Topic.COMMANDS);
      // Changelogs, positions and transactions of Kafka Streams are called after the application.
      rights.allow(
          ResourceType.TOPIC,
          PatternType.PREFIXED,
          applicationId + "-",
          AclOperation.READ,
          AclOperation.WRITE,
          AclOperation.CREATE,
          AclOperation.DELETE,
          AclOperation.DESCRIBE_CONFIGS);
      rights.allow(
          ResourceType.GROUP,
          PatternType.LITERAL,
          applicationId,
          AclOperation.READ,
          AclOperation.DELETE);
      rights.allow(
          ResourceType.TRANSACTIONAL_ID,
          PatternType.PREFIXED,
          applicationId + "-",
          AclOperation.WRITE,
          AclOperation.DESCRIBE);
    }
  },

  /** Who looks: replay, watch, other consumers without a group. */
  READER {
    @Override
    void add(Rights rights, String unused) {
      rights.read(Topic.values());
    }
  },

  /** Who looks, sets policies and sends commands. */
  OPERATOR {
    @Override
    void add(Rights rights, String unused) {
      rights.read(Topic.values());
      rights.write(Topic.POLICIES, Topic.COMMANDS);
    }
  },

  /** Who says by which keys hosts sign their events, and when they must; nobody else may. */
  ENROLLER {
    @Override
    void add(Rights rights, String unused) {
      rights.read(Topic.KEYS, Topic.SCHEMAS);
      rights.write(Topic.KEYS);
    }
  };

  private static final String ANY_ADDRESS = "*";

  abstract void add(Rights rights, String of);

  /** The group in whose name a host's agent commits how far it got with its requests. */
  public static String agentGroup(String host) {
    return "irq-ledger-agent-" + host;
  }

  /**
   * The rights, as Kafka keeps them.
   *
   * @param principal who is to have them, such as {@code User:hv-1}
   * @param of the host of an agent, the application id of a service; of no meaning for others
   */
  public List<AclBinding> bindings(String principal, String of) {
    Rights rights = new Rights(principal, new ArrayList<>());
    add(rights, of);
    return List.copyOf(rights.bindings());
  }

  /** Those that are gathered for somebody. */
  record Rights(String principal, List<AclBinding> bindings) {
    void read(Topic... topics) {
      Set.of(topics).stream().sorted().forEach(topic -> topic(topic, AclOperation.READ));
    }

    void write(Topic... topics) {
      Set.of(topics).stream().sorted().forEach(topic -> topic(topic, AclOperation.WRITE));
    }

    void topic(Topic topic, AclOperation... operations) {
      allow(ResourceType.TOPIC, PatternType.LITERAL, topic.topicName(), operations);
    }

    void allow(ResourceType type, PatternType pattern, String name, AclOperation... operations) {
      for (AclOperation operation : operations) {
        bindings.add(
            new AclBinding(
                new ResourcePattern(type, name, pattern),
                new AccessControlEntry(
                    principal, ANY_ADDRESS, operation, AclPermissionType.ALLOW)));
      }
    }
  }
}
