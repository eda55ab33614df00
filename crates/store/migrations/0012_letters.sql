-- What came in a letter and was not carried out: the device that sent it may never open its own copy again.

CREATE TABLE letter_refusal (
  county TEXT NOT NULL,
  command_id BYTEA NOT NULL,
  -- Why, sealed under the technical key.
  answer BYTEA NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (county, command_id)
);
