-- What can neither be made again nor is a text: how far feeds were followed,
-- and which of their pages are still to be fetched.

CREATE TABLE states (
  kind  TEXT NOT NULL,
  key   TEXT NOT NULL,
  value BLOB NOT NULL,
  PRIMARY KEY (kind, key)
) WITHOUT ROWID;
