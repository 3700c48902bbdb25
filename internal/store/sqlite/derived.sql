-- What can be dropped and made again. shape tells with which tables and types
-- it was made; when the program has others, all of this is dropped as the file
-- is opened.

CREATE TABLE shape (value TEXT NOT NULL);

CREATE TABLE layers (
  version BLOB PRIMARY KEY REFERENCES versions (id),
  stage   TEXT NOT NULL,
  body    BLOB NOT NULL
);

-- The numbers by which postings call versions. A number is never given twice;
-- dead ones are those of versions whose keys were forgotten.
CREATE TABLE numbers (
  number  INTEGER PRIMARY KEY AUTOINCREMENT,
  version BLOB NOT NULL UNIQUE
);

CREATE TABLE dead (number INTEGER PRIMARY KEY);

-- Postings, packed as store/segment.go says. The directory of a segment is, for
-- each of its parts, the least key and the part: 16 bytes, the highest first.
-- hints lists the hints of each eight parts of a large segment, 8 bytes each
-- (store/hint.go).
CREATE TABLE segments (
  segment   INTEGER PRIMARY KEY AUTOINCREMENT,
  level     INTEGER NOT NULL,
  postings  INTEGER NOT NULL,
  directory BLOB NOT NULL,
  hints     BLOB NOT NULL
);

CREATE TABLE parts (
  part INTEGER PRIMARY KEY AUTOINCREMENT,
  body BLOB NOT NULL
);

CREATE TABLE hints (
  hint INTEGER PRIMARY KEY AUTOINCREMENT,
  body BLOB NOT NULL
);

CREATE TABLE overlaps (
  a    BLOB NOT NULL,
  b    BLOB NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (a, b)
) WITHOUT ROWID;

CREATE INDEX overlaps_b ON overlaps (b, a);

-- With rowids: the keys have an index of their own. Were the values in it,
-- whoever looks a key up would read those that lie on the way in whole, and
-- that of a great family has a hundred megabytes.
CREATE TABLE derived (
  kind  TEXT NOT NULL,
  key   TEXT NOT NULL,
  value BLOB NOT NULL,
  PRIMARY KEY (kind, key)
);

CREATE TABLE cursors (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
