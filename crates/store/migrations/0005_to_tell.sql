-- Whom to tell what: made by jobs from events, and the tries to reach the person.

CREATE TABLE to_tell (
  county TEXT NOT NULL,
  telling_id BYTEA NOT NULL,
  -- The registration or case: its key seals the content, its readers may see it.
  aggregate_kind TEXT NOT NULL,
  aggregate_id BYTEA NOT NULL,
  visit_id BYTEA,
  content BYTEA NOT NULL,
  at BIGINT NOT NULL,
  state TEXT NOT NULL,
  tries BIGINT NOT NULL,
  -- What came of the last try.
  result TEXT,
  PRIMARY KEY (county, telling_id)
);
CREATE INDEX to_tell_by_state ON to_tell (county, state, at);
CREATE INDEX to_tell_by_visit ON to_tell (county, visit_id, state);

CREATE TABLE to_tell_try (
  county TEXT NOT NULL,
  telling_id BYTEA NOT NULL,
  -- 1, 2, 3 …
  number BIGINT NOT NULL,
  result TEXT NOT NULL,
  account_id BYTEA NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (county, telling_id, number)
);

-- The readers of registrations that have something to be told, as in case_reader. They never change,
-- and are written with the first row: a registration itself stays as cheap as it was.
CREATE TABLE to_tell_reader (
  county TEXT NOT NULL,
  registration_id BYTEA NOT NULL,
  reader BYTEA NOT NULL,
  admits BIGINT NOT NULL,
  PRIMARY KEY (county, registration_id, reader)
);
