-- What the worklist filters and orders by, and who may see a case: scoped inside the query.

ALTER TABLE case_row ADD COLUMN danger BIGINT NOT NULL DEFAULT 0;
-- Days since 0001-01-01 of the first day on which something is due; none when nothing is. For order
-- and filters: what a screen shows is counted anew by the calendar in force.
ALTER TABLE case_row ADD COLUMN due BIGINT;
ALTER TABLE case_row ADD COLUMN in_register BIGINT NOT NULL DEFAULT 0;
CREATE INDEX case_row_by_urgency ON case_row (county, danger, due, received_on);

-- One row for each reader a case is open to (admits = 1) or closed from (0). `reader` is a keyed
-- digest of the key: a restriction may hold a person's name.
CREATE TABLE case_reader (
  county TEXT NOT NULL,
  case_id BYTEA NOT NULL,
  reader BYTEA NOT NULL,
  admits BIGINT NOT NULL,
  PRIMARY KEY (county, case_id, reader)
);
