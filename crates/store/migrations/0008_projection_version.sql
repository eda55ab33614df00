-- Which form the rows of the projections have. One row: 0 says nobody knows, so they are rebuilt.

CREATE TABLE projection_version (
  version BIGINT NOT NULL
);
INSERT INTO projection_version (version) VALUES (0);
