-- What cannot be made again. A change here raises schemaVersion in sqlite.go
-- and needs a step that brings older files up.
--
-- IDs are the bytes of the hexadecimal, which sort alike. Bodies are zstd
-- frames with a checksum.

CREATE TABLE captures (
  id      BLOB PRIMARY KEY,            -- SHA-256 of the raw bytes
  path    TEXT NOT NULL,
  url     TEXT NOT NULL,
  outlet  TEXT NOT NULL,
  fetched TEXT NOT NULL,               -- RFC 3339, '' when unknown
  reason  TEXT NOT NULL DEFAULT '',    -- of the quarantine, '' for a good one
  held    INTEGER NOT NULL DEFAULT 0,  -- 1: quarantined
  place   TEXT NOT NULL DEFAULT '',    -- of the quarantined capture, for people
  raw     BLOB NOT NULL
);

CREATE INDEX captures_held ON captures (id) WHERE held = 1;

CREATE TABLE versions (
  id      BLOB PRIMARY KEY,
  name    TEXT NOT NULL,
  capture BLOB NOT NULL REFERENCES captures (id),
  outlet  TEXT NOT NULL,               -- outlet and url: the article
  url     TEXT NOT NULL,
  given   TEXT NOT NULL,               -- JSON
  hash    BLOB NOT NULL,               -- SHA-256 of the text
  text    BLOB                         -- NULL: the capture's raw bytes are the text
);

CREATE INDEX versions_article ON versions (outlet, url);
