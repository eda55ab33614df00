-- A command names the sign-in it was captured under, and may arrive after that has ended.

-- Named in events; tells nothing of the token.
ALTER TABLE session ADD COLUMN sign_in_id BYTEA;
-- Signed out; `revoked_at` is somebody else's doing, and nothing captured under it counts.
ALTER TABLE session ADD COLUMN ended_at BIGINT;
CREATE UNIQUE INDEX session_of_sign_in ON session (sign_in_id);
