-- Lists tell how many places are free without reading a ledger each. Filled when rows are rebuilt.

ALTER TABLE ledger_state ADD COLUMN free BIGINT NOT NULL DEFAULT 0;
