-- What can be dropped and made again. shape tells with which tables and types
-- it was made; when the program has others, all of this is dropped as the file
-- is opened.

CREATE TABLE shape (value TEXT NOT NULL);

CREATE TABLE layers (
  version BLOB PRIMARY KEY REFERENCES versions (id),
  stage   TEXT NOT NULL,
  body    BLOB NOT NULL
);

-- key holds the unsigned key with its highest bit turned, so that it sorts as
-- an unsigned number.
CREATE TABLE keys (
  key     INTEGER NOT NULL,
  version BLOB NOT NULL,
  PRIMARY KEY (key, version)
) WITHOUT ROWID;

-- The same by version, eight bytes a key, for when a version's keys must go.
CREATE TABLE keysets (
  version BLOB NOT NULL PRIMARY KEY,
  keys    BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE overlaps (
  a    BLOB NOT NULL,
  b    BLOB NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (a, b)
) WITHOUT ROWID;

CREATE INDEX overlaps_b ON overlaps (b, a);

CREATE TABLE derived (
  kind  TEXT NOT NULL,
  key   TEXT NOT NULL,
  value BLOB NOT NULL,
  PRIMARY KEY (kind, key)
) WITHOUT ROWID;

CREATE TABLE cursors (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
