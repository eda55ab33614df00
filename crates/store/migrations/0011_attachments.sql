-- Photos and recordings. Their bytes are in the object store, sealed under the key of what named them.

CREATE TABLE attachment (
  county TEXT NOT NULL,
  -- The registration or case that names it: nobody else's upload can take its place.
  owner_id BYTEA NOT NULL,
  attachment_id BYTEA NOT NULL,
  owner_kind TEXT NOT NULL,
  -- image or audio
  kind TEXT NOT NULL,
  -- arriving, checking, received, refused
  state TEXT NOT NULL,
  -- Bytes as announced, and those on the disk.
  length BIGINT NOT NULL,
  arrived BIGINT NOT NULL,
  -- Why it was refused.
  reason TEXT,
  -- Where it is kept, its bytes once opened, and the SHA-256 of the object as it lies there.
  object TEXT,
  kept_bytes BIGINT,
  digest BYTEA,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (county, owner_id, attachment_id)
);
CREATE INDEX attachment_by_day ON attachment (county, created_at);
CREATE INDEX attachment_by_state ON attachment (state, updated_at);

-- What has arrived of one that is on its way.
CREATE TABLE attachment_piece (
  county TEXT NOT NULL,
  owner_id BYTEA NOT NULL,
  attachment_id BYTEA NOT NULL,
  start BIGINT NOT NULL,
  length BIGINT NOT NULL,
  object TEXT NOT NULL,
  PRIMARY KEY (county, owner_id, attachment_id, start)
);
