CREATE TABLE events (
  host VARCHAR NOT NULL,
  device VARCHAR NOT NULL,
  log_partition INTEGER NOT NULL,
  log_offset BIGINT NOT NULL,
  log_time TIMESTAMPTZ NOT NULL,
  host_time TIMESTAMPTZ,
  event_id UUID NOT NULL,
  boot_id VARCHAR,
  epoch BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  source VARCHAR NOT NULL,
  vm VARCHAR,
  vm_id UUID,
  pid INTEGER,
  command VARCHAR,
  command_id UUID,
  type VARCHAR NOT NULL,
  what VARCHAR NOT NULL,
  call_index VARCHAR,
  call_start BIGINT,
  call_count BIGINT,
  result INTEGER,
  errno VARCHAR,
  latency_nanos BIGINT,
  kernel VARCHAR,
  cause VARCHAR,
  applied BOOLEAN NOT NULL,
  holder VARCHAR,
  mode VARCHAR NOT NULL,
  armed INTEGER NOT NULL,
  cached INTEGER NOT NULL,
  reserved INTEGER NOT NULL,
  armed_change INTEGER NOT NULL,
  cached_change INTEGER NOT NULL,
  reserved_change INTEGER NOT NULL,
  uncertain VARCHAR,
  hash VARCHAR NOT NULL,
  previous_hash VARCHAR
);
COMMENT ON TABLE events IS 'Every event of the log, with what the device held after it';
COMMENT ON COLUMN events.host IS 'the host';
COMMENT ON COLUMN events.device IS 'the device''s PCI address on that host';
COMMENT ON COLUMN events.log_partition IS 'the partition of irq.events';
COMMENT ON COLUMN events.log_offset IS 'the offset in that partition: a host''s events in their order';
COMMENT ON COLUMN events.log_time IS 'when the broker appended it';
COMMENT ON COLUMN events.host_time IS 'the host''s clock; null where not known';
COMMENT ON COLUMN events.event_id IS 'the event''s id';
COMMENT ON COLUMN events.boot_id IS 'the host''s boot; null where not known';
COMMENT ON COLUMN events.epoch IS 'the agent''s incarnation on the host';
COMMENT ON COLUMN events.sequence IS 'numbers the device''s events within an epoch, from 1';
COMMENT ON COLUMN events.source IS 'AGENT_CALL, OBSERVED_CALL, OBSERVED_STATE or IMPORTED';
COMMENT ON COLUMN events.vm IS 'the virtual machine that made the call, where it is known';
COMMENT ON COLUMN events.vm_id IS 'its UUID, where it is known';
COMMENT ON COLUMN events.pid IS 'the process, where it is known';
COMMENT ON COLUMN events.command IS 'the process''s short name, where it is known';
COMMENT ON COLUMN events.command_id IS 'the request of irq.commands that it answers';
COMMENT ON COLUMN events.type IS 'DeviceOpened, InterruptsSet, DeviceReset, DeviceReleased, StateObserved or CommandRefused';
COMMENT ON COLUMN events.what IS 'what happened, in words';
COMMENT ON COLUMN events.call_index IS 'INTX, MSI, MSIX, ERR or REQ, of a VFIO_DEVICE_SET_IRQS';
COMMENT ON COLUMN events.call_start IS 'its first vector';
COMMENT ON COLUMN events.call_count IS 'its number of vectors';
COMMENT ON COLUMN events.result IS 'what the call returned; null where there was none, or nobody saw it';
COMMENT ON COLUMN events.errno IS 'the same by name, such as ENOSPC; null unless it failed';
COMMENT ON COLUMN events.latency_nanos IS 'how long the call took, in nanoseconds';
COMMENT ON COLUMN events.kernel IS 'the host''s kernel release, of a DeviceOpened';
COMMENT ON COLUMN events.cause IS 'why a device was released, or a command refused';
COMMENT ON COLUMN events.applied IS 'false for a redelivery, a conflict or a stale epoch';
COMMENT ON COLUMN events.holder IS 'who last acted on the device; null once it was released';
COMMENT ON COLUMN events.mode IS 'the device''s mode after it: none, intx, msi or msix';
COMMENT ON COLUMN events.armed IS 'the device''s armed vectors after it';
COMMENT ON COLUMN events.cached IS 'its cached vectors after it: irq kept, trigger removed';
COMMENT ON COLUMN events.reserved IS 'its reserved vectors after it: irq allocated, never a trigger';
COMMENT ON COLUMN events.armed_change IS 'how many armed vectors more than before';
COMMENT ON COLUMN events.cached_change IS 'how many cached vectors more than before';
COMMENT ON COLUMN events.reserved_change IS 'how many reserved vectors more than before';
COMMENT ON COLUMN events.uncertain IS 'why the state after it is not certain; null where it is';
COMMENT ON COLUMN events.hash IS 'SHA-256 of the value''s bytes';
COMMENT ON COLUMN events.previous_hash IS 'the hash that it names as that of the device''s event before';

CREATE TABLE changes (
  host VARCHAR NOT NULL,
  device VARCHAR NOT NULL,
  log_partition INTEGER NOT NULL,
  log_offset BIGINT NOT NULL,
  ordinal INTEGER NOT NULL,
  log_time TIMESTAMPTZ NOT NULL,
  host_time TIMESTAMPTZ,
  event_id UUID,
  holder VARCHAR,
  change VARCHAR NOT NULL,
  vector INTEGER,
  phase_before VARCHAR,
  phase_after VARCHAR,
  irq_before INTEGER,
  irq_after INTEGER,
  trigger_before INTEGER,
  trigger_after INTEGER,
  dynamic BOOLEAN,
  what VARCHAR NOT NULL
);
COMMENT ON TABLE changes IS 'What each event changed, a row for each vector';
COMMENT ON COLUMN changes.host IS 'the host';
COMMENT ON COLUMN changes.device IS 'the device''s PCI address on that host';
COMMENT ON COLUMN changes.log_partition IS 'where the event is in the log';
COMMENT ON COLUMN changes.log_offset IS 'where the event is in its partition';
COMMENT ON COLUMN changes.ordinal IS 'numbers the changes of one event, from 1';
COMMENT ON COLUMN changes.log_time IS 'when the broker appended the event';
COMMENT ON COLUMN changes.host_time IS 'the host''s clock; null where not known';
COMMENT ON COLUMN changes.event_id IS 'the event; null for BEGAN';
COMMENT ON COLUMN changes.holder IS 'as in events';
COMMENT ON COLUMN changes.change IS 'VECTOR; MODE; TRIGGER (of INTx, ERR or REQ); SIGNAL (by a loopback); BEGAN: what the device held where a pruned log begins';
COMMENT ON COLUMN changes.vector IS 'the vector; null for the others';
COMMENT ON COLUMN changes.phase_before IS 'FREE, RESERVED, ARMED or CACHED';
COMMENT ON COLUMN changes.phase_after IS 'FREE, RESERVED, ARMED or CACHED';
COMMENT ON COLUMN changes.irq_before IS 'its Linux irq before; null where free or not known';
COMMENT ON COLUMN changes.irq_after IS 'its Linux irq after; null where free or not known';
COMMENT ON COLUMN changes.trigger_before IS 'its eventfd before; null where none, or the number was not seen';
COMMENT ON COLUMN changes.trigger_after IS 'its eventfd after; null where none, or the number was not seen';
COMMENT ON COLUMN changes.dynamic IS 'whether its irq was allocated after the mode was enabled; null where free';
COMMENT ON COLUMN changes.what IS 'the change in words';

CREATE TABLE violations (
  violation_id UUID NOT NULL,
  rule VARCHAR NOT NULL,
  host VARCHAR NOT NULL,
  device VARCHAR NOT NULL,
  log_partition INTEGER NOT NULL,
  log_offset BIGINT NOT NULL,
  log_time TIMESTAMPTZ NOT NULL,
  host_time TIMESTAMPTZ,
  event_id UUID NOT NULL,
  epoch BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  vectors INTEGER[] NOT NULL,
  expected VARCHAR NOT NULL,
  reported VARCHAR NOT NULL
);
COMMENT ON TABLE violations IS 'Rules of the kernel or the log that an event breaks';
COMMENT ON COLUMN violations.violation_id IS 'the same each time the log is folded';
COMMENT ON COLUMN violations.rule IS 'its stable name';
COMMENT ON COLUMN violations.host IS 'the host';
COMMENT ON COLUMN violations.device IS 'the device''s PCI address on that host';
COMMENT ON COLUMN violations.log_partition IS 'where the event is in the log';
COMMENT ON COLUMN violations.log_offset IS 'where the event is in its partition';
COMMENT ON COLUMN violations.log_time IS 'when the broker appended the event';
COMMENT ON COLUMN violations.host_time IS 'the host''s clock; null where not known';
COMMENT ON COLUMN violations.event_id IS 'the event that breaks it';
COMMENT ON COLUMN violations.epoch IS 'the event''s epoch';
COMMENT ON COLUMN violations.sequence IS 'the event''s sequence';
COMMENT ON COLUMN violations.vectors IS 'the vectors concerned, at most 16';
COMMENT ON COLUMN violations.expected IS 'what the rule asks for';
COMMENT ON COLUMN violations.reported IS 'what the event says';

CREATE TABLE devices (
  host VARCHAR NOT NULL,
  device VARCHAR NOT NULL,
  open BOOLEAN,
  mode VARCHAR NOT NULL,
  armed INTEGER NOT NULL,
  cached INTEGER NOT NULL,
  reserved INTEGER NOT NULL,
  violations BIGINT NOT NULL,
  events BIGINT NOT NULL,
  redeliveries BIGINT NOT NULL,
  uncertain VARCHAR,
  uncertain_since TIMESTAMPTZ,
  kernel VARCHAR,
  dynamic_msix BOOLEAN,
  msix_vectors INTEGER,
  pci_id VARCHAR,
  driver VARCHAR,
  iommu_group INTEGER,
  iommu_unit VARCHAR,
  physical_function VARCHAR,
  boot_id VARCHAR,
  epoch BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  event_id UUID,
  host_time TIMESTAMPTZ,
  log_partition INTEGER NOT NULL,
  log_offset BIGINT NOT NULL,
  log_time TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE devices IS 'The state of every device at the point';
COMMENT ON COLUMN devices.host IS 'the host';
COMMENT ON COLUMN devices.device IS 'the device''s PCI address on that host';
COMMENT ON COLUMN devices.open IS 'whether it is open; null where not known';
COMMENT ON COLUMN devices.mode IS 'none, intx, msi or msix';
COMMENT ON COLUMN devices.armed IS 'vectors with a trigger: they hold CPU vectors';
COMMENT ON COLUMN devices.cached IS 'vectors whose trigger was removed and whose irq is kept';
COMMENT ON COLUMN devices.reserved IS 'vectors with an irq that never had a trigger';
COMMENT ON COLUMN devices.violations IS 'rules broken so far';
COMMENT ON COLUMN devices.events IS 'events applied so far';
COMMENT ON COLUMN devices.redeliveries IS 'events that came again, without effect';
COMMENT ON COLUMN devices.uncertain IS 'why its state is not certain; null where it is';
COMMENT ON COLUMN devices.uncertain_since IS 'since when, by the host''s clock';
COMMENT ON COLUMN devices.kernel IS 'the host''s kernel release when it was opened';
COMMENT ON COLUMN devices.dynamic_msix IS 'whether MSI-X vectors are allocated one by one; null where not known';
COMMENT ON COLUMN devices.msix_vectors IS 'how many MSI-X vectors it has; null where not known';
COMMENT ON COLUMN devices.pci_id IS 'vendor and device';
COMMENT ON COLUMN devices.driver IS 'the driver that has it';
COMMENT ON COLUMN devices.iommu_group IS 'its IOMMU group';
COMMENT ON COLUMN devices.iommu_unit IS 'its IOMMU unit, which has its interrupt-remapping table';
COMMENT ON COLUMN devices.physical_function IS 'of a virtual function';
COMMENT ON COLUMN devices.boot_id IS 'the host''s boot at its last event';
COMMENT ON COLUMN devices.epoch IS 'of its last event';
COMMENT ON COLUMN devices.sequence IS 'of its last event';
COMMENT ON COLUMN devices.event_id IS 'its last event';
COMMENT ON COLUMN devices.host_time IS 'of its last event';
COMMENT ON COLUMN devices.log_partition IS 'of its last event';
COMMENT ON COLUMN devices.log_offset IS 'of its last event';
COMMENT ON COLUMN devices.log_time IS 'of its last event';

CREATE TABLE vectors (
  host VARCHAR NOT NULL,
  device VARCHAR NOT NULL,
  vector INTEGER NOT NULL,
  phase VARCHAR NOT NULL,
  irq INTEGER,
  trigger INTEGER,
  dynamic BOOLEAN NOT NULL,
  since TIMESTAMPTZ
);
COMMENT ON TABLE vectors IS 'Every allocated vector at the point';
COMMENT ON COLUMN vectors.host IS 'the host';
COMMENT ON COLUMN vectors.device IS 'the device''s PCI address on that host';
COMMENT ON COLUMN vectors.vector IS 'the vector, 0 to 2047';
COMMENT ON COLUMN vectors.phase IS 'RESERVED, ARMED or CACHED';
COMMENT ON COLUMN vectors.irq IS 'its Linux irq; null where not known';
COMMENT ON COLUMN vectors.trigger IS 'its eventfd; null where none, or the number was not seen';
COMMENT ON COLUMN vectors.dynamic IS 'whether its irq was allocated after the mode was enabled';
COMMENT ON COLUMN vectors.since IS 'when it entered its phase, by the host''s clock; null where not known';
