-- Bytes that arrived on a day in China: of each owner, and under the nil id of the whole county.

CREATE TABLE upload_day (
  county TEXT NOT NULL,
  day BIGINT NOT NULL,
  owner_id BYTEA NOT NULL,
  bytes BIGINT NOT NULL,
  PRIMARY KEY (county, day, owner_id)
);
