-- One text for both databases: SQLite reads BYTEA as BLOB and BIGINT as INTEGER (see migrate.rs).
-- Times are microseconds since 1970 UTC. Ids are 16 bytes. Every table that grows leads with the county.

CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value BYTEA NOT NULL
);

CREATE TABLE data_key (
  county TEXT NOT NULL,
  aggregate_kind TEXT NOT NULL,
  aggregate_id BYTEA NOT NULL,
  key_id BYTEA NOT NULL,
  -- NULL once the aggregate is erased: the row stays as its tombstone.
  wrapped BYTEA,
  created_at BIGINT NOT NULL,
  erased_at BIGINT,
  PRIMARY KEY (county, aggregate_kind, aggregate_id)
);

CREATE TABLE aggregate_head (
  county TEXT NOT NULL,
  aggregate_kind TEXT NOT NULL,
  aggregate_id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  hash BYTEA NOT NULL,
  checkpoint_version BIGINT NOT NULL DEFAULT 0,
  checkpoint_hash BYTEA,
  PRIMARY KEY (county, aggregate_kind, aggregate_id)
);

CREATE TABLE event (
  county TEXT NOT NULL,
  aggregate_kind TEXT NOT NULL,
  aggregate_id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  event_id BYTEA NOT NULL,
  type TEXT NOT NULL,
  type_version BIGINT NOT NULL,
  captured_at BIGINT NOT NULL,
  received_at BIGINT NOT NULL,
  actor BYTEA NOT NULL,
  payload BYTEA NOT NULL,
  prev_hash BYTEA NOT NULL,
  hash BYTEA NOT NULL,
  PRIMARY KEY (county, aggregate_kind, aggregate_id, version)
);

CREATE TABLE command_answer (
  county TEXT NOT NULL,
  command_id BYTEA NOT NULL,
  content_digest BYTEA NOT NULL,
  -- Under whose key the answer is sealed; NULL while the command runs.
  aggregate_kind TEXT,
  aggregate_id BYTEA,
  answer BYTEA,
  at BIGINT NOT NULL,
  PRIMARY KEY (county, command_id)
);

CREATE TABLE lookup (
  county TEXT NOT NULL,
  kind TEXT NOT NULL,
  digest BYTEA NOT NULL,
  aggregate_kind TEXT NOT NULL,
  aggregate_id BYTEA NOT NULL,
  PRIMARY KEY (county, kind, digest, aggregate_kind, aggregate_id)
);
CREATE UNIQUE INDEX lookup_unique_code ON lookup (county, kind, digest)
  WHERE kind IN ('number', 'query_code', 'sealed_code');
CREATE INDEX lookup_of_aggregate ON lookup (county, aggregate_kind, aggregate_id);

CREATE TABLE ledger_state (
  county TEXT NOT NULL,
  visit_id BYTEA NOT NULL,
  next_serial BIGINT NOT NULL,
  -- Free places per slot and counters, as JSON without personal data.
  state TEXT NOT NULL,
  PRIMARY KEY (county, visit_id)
);

CREATE TABLE feed_sequence (
  county TEXT PRIMARY KEY,
  last BIGINT NOT NULL
);
CREATE TABLE feed (
  county TEXT NOT NULL,
  position BIGINT NOT NULL,
  aggregate_kind TEXT NOT NULL,
  aggregate_id BYTEA NOT NULL,
  topic TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (county, position)
);
CREATE TABLE feed_reader (
  county TEXT NOT NULL,
  reader TEXT NOT NULL,
  position BIGINT NOT NULL,
  PRIMARY KEY (county, reader, position)
);

CREATE TABLE job (
  county TEXT NOT NULL,
  job_id BYTEA NOT NULL,
  kind TEXT NOT NULL,
  aggregate_kind TEXT NOT NULL,
  aggregate_id BYTEA NOT NULL,
  payload BYTEA NOT NULL,
  run_at BIGINT NOT NULL,
  tries BIGINT NOT NULL DEFAULT 0,
  leased_until BIGINT,
  lease BYTEA,
  last_error TEXT,
  PRIMARY KEY (county, job_id)
);
CREATE INDEX job_due ON job (run_at);

CREATE TABLE checkpoint (
  county TEXT NOT NULL,
  number BIGINT NOT NULL,
  at BIGINT NOT NULL,
  heads BIGINT NOT NULL,
  root BYTEA NOT NULL,
  previous BYTEA NOT NULL,
  signature BYTEA NOT NULL,
  PRIMARY KEY (county, number)
);
