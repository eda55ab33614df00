-- What screens read. Written in the same transaction as the events; rebuilt from them.

-- A visit's public state. `notice` holds the folded visit: nothing in it is anybody's secret.
CREATE TABLE visit_row (
  county TEXT NOT NULL,
  visit_id BYTEA NOT NULL,
  -- Days since 0001-01-01 of the newest version's visit.
  day BIGINT NOT NULL,
  published BIGINT NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (county, visit_id)
);
CREATE INDEX visit_row_by_day ON visit_row (county, published, day);

CREATE TABLE registration_row (
  county TEXT NOT NULL,
  registration_id BYTEA NOT NULL,
  visit_id BYTEA NOT NULL,
  serial BIGINT,
  status TEXT NOT NULL,
  subject TEXT NOT NULL,
  sealed BIGINT NOT NULL,
  people BIGINT NOT NULL,
  arrived BIGINT NOT NULL,
  PRIMARY KEY (county, registration_id)
);
CREATE INDEX registration_row_by_visit ON registration_row (county, visit_id, serial);

CREATE TABLE case_row (
  county TEXT NOT NULL,
  case_id BYTEA NOT NULL,
  registration_id BYTEA,
  visit_id BYTEA,
  procedure TEXT NOT NULL,
  subject TEXT NOT NULL,
  sealed BIGINT NOT NULL,
  unread BIGINT NOT NULL,
  received_on BIGINT NOT NULL,
  issues BIGINT NOT NULL,
  resolved_on_spot BIGINT NOT NULL,
  answered BIGINT NOT NULL,
  PRIMARY KEY (county, case_id)
);
CREATE INDEX case_row_by_registration ON case_row (county, registration_id);
CREATE INDEX case_row_by_visit ON case_row (county, visit_id);

CREATE TABLE matter_row (
  county TEXT NOT NULL,
  matter_id BYTEA NOT NULL,
  published BIGINT NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (county, matter_id)
);
CREATE INDEX matter_row_published ON matter_row (county, published);
