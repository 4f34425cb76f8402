-- What came and is not done with. Times are seconds since 1970-01-01 UTC.

CREATE TABLE inbox (
    update_id INTEGER PRIMARY KEY,            -- Telegram's
    person    INTEGER NOT NULL,               -- whose turn it is; 0: nobody's
    body      TEXT    NOT NULL,               -- the update as JSON
    at        INTEGER NOT NULL,               -- when it came
    begun     INTEGER NOT NULL DEFAULT 0,     -- how often work on it began after a process that had it died
    answer    TEXT                            -- what its turn shows, stored with what its turn changes
) STRICT;

CREATE INDEX inbox_by_person ON inbox (person, update_id);

-- The ids of all that came lately, so that what Telegram delivers again is recognised. No more is kept of it.
CREATE TABLE known_updates (
    update_id INTEGER PRIMARY KEY,
    at        INTEGER NOT NULL
) STRICT;

CREATE INDEX known_updates_by_age ON known_updates (at);

-- What could not be handled: no words, no person.
CREATE TABLE dead_letters (
    reference TEXT    PRIMARY KEY,            -- the code in the log, and in the apology
    update_id INTEGER,
    reason    TEXT    NOT NULL,
    shape     TEXT    NOT NULL,               -- what the update was built of, without what stood in it
    at        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX dead_letters_by_age ON dead_letters (at);
