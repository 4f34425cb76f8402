-- Times are seconds since 1970-01-01 UTC.

CREATE TABLE people (
    id         INTEGER PRIMARY KEY,  -- Telegram's user id
    language   TEXT,                 -- BCP 47 tag, as Telegram told it
    source     TEXT,                 -- the word of the deep link that first brought them
    started_at INTEGER,
    seen_at    INTEGER,
    gone_at    INTEGER               -- since when they block the bot; NULL: they do not
) STRICT;

-- A mark is anything done, ticked, chosen or seen, so a new kind of content needs no new table. The primary key
-- is the table: a person's marks lie side by side and are read in one go.
CREATE TABLE marks (
    person INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    kind   TEXT    NOT NULL,
    item   TEXT    NOT NULL,
    value  TEXT    NOT NULL,
    at     INTEGER NOT NULL,         -- when the value became what it is
    PRIMARY KEY (person, kind, item)
) STRICT, WITHOUT ROWID;
