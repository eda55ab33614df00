-- Tablets on which officials work without a network, each with its holder.

CREATE TABLE tablet (
  -- Made on the tablet, for the space of one official.
  id BYTEA PRIMARY KEY,
  account_id BYTEA NOT NULL,
  -- What its holder calls it, sealed under the technical key.
  name BYTEA NOT NULL,
  registered_at BIGINT NOT NULL,
  last_contact_at BIGINT NOT NULL,
  -- Said to be lost: it is refused from then on, for good.
  lost_at BIGINT
);
CREATE INDEX tablet_of_account ON tablet (account_id);
