-- Whom a registrant does not want to know: scoped inside the query of a visit's list.

-- `reader` is a keyed digest of the key: a restriction may hold a person's name.
CREATE TABLE registration_closed (
  county TEXT NOT NULL,
  registration_id BYTEA NOT NULL,
  reader BYTEA NOT NULL,
  PRIMARY KEY (county, registration_id, reader)
);
