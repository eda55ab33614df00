-- Technical records: small repositories of their own, no events (architecture §1, invariant 2).

CREATE TABLE session (
  token_hash BYTEA PRIMARY KEY,
  account_id BYTEA NOT NULL,
  created_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  revoked_at BIGINT
);
CREATE INDEX session_of_account ON session (account_id);

CREATE TABLE reading_session (
  county TEXT NOT NULL,
  token_hash BYTEA NOT NULL,
  grant_id BYTEA NOT NULL,
  aggregate_kind TEXT NOT NULL,
  aggregate_id BYTEA NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (county, token_hash)
);

CREATE TABLE attempt (
  county TEXT NOT NULL,
  subject BYTEA NOT NULL,
  -- The times of the counted failures, 8 bytes each, oldest first.
  failures BYTEA NOT NULL,
  last_at BIGINT NOT NULL,
  PRIMARY KEY (county, subject)
);
CREATE TABLE attempt_budget (
  county TEXT NOT NULL,
  day BIGINT NOT NULL,
  failures BIGINT NOT NULL,
  PRIMARY KEY (county, day)
);

CREATE TABLE draft (
  county TEXT NOT NULL,
  draft_id BYTEA NOT NULL,
  content BYTEA NOT NULL,
  updated_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (county, draft_id)
);

CREATE TABLE setting (
  county TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (county, name)
);

CREATE TABLE account (
  account_id BYTEA PRIMARY KEY,
  county TEXT NOT NULL,
  name TEXT NOT NULL,
  title TEXT NOT NULL,
  portfolio TEXT NOT NULL,
  unit_id BYTEA,
  level TEXT NOT NULL,
  roles TEXT NOT NULL,
  password_hash TEXT,
  totp_secret BYTEA,
  totp_last_step BIGINT NOT NULL DEFAULT 0,
  status TEXT NOT NULL,
  link_hash BYTEA,
  link_expires_at BIGINT,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX account_name ON account (county, name);

CREATE TABLE unit (
  unit_id BYTEA PRIMARY KEY,
  county TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  division TEXT,
  phone TEXT
);

CREATE TABLE division (
  county TEXT NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  parent TEXT,
  level TEXT NOT NULL,
  PRIMARY KEY (county, code)
);

CREATE TABLE calendar (
  county TEXT NOT NULL,
  version BIGINT NOT NULL,
  csv TEXT NOT NULL,
  imported_at BIGINT NOT NULL,
  PRIMARY KEY (county, version)
);
