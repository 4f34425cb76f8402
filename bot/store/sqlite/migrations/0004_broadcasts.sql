-- What operators send to many, and who is to get it. Times are seconds since 1970-01-01 UTC.

CREATE TABLE broadcasts (
    id       INTEGER PRIMARY KEY,              -- drawn at random, so that an old button never means another one
    admin    INTEGER NOT NULL,                 -- who made it
    language TEXT,                             -- the admin's
    state    TEXT    NOT NULL,                 -- draft, on, paused, cancelled
    post     TEXT,                             -- what is sent, as JSON; NULL: not written yet, or forgotten
    audience TEXT    NOT NULL,                 -- who gets it, as JSON
    revision INTEGER NOT NULL,
    message  INTEGER,                          -- that shows the admin how far it is
    at       INTEGER NOT NULL,                 -- when the draft was changed last, or it was confirmed
    number   INTEGER,                          -- in the order in which they were confirmed
    ended_at INTEGER,
    tally    TEXT                              -- what came of it, as JSON, once it has ended
) STRICT;

CREATE UNIQUE INDEX broadcasts_one_draft ON broadcasts (admin) WHERE state = 'draft';
CREATE INDEX broadcasts_under_way ON broadcasts (number) WHERE ended_at IS NULL AND state <> 'draft';

CREATE TABLE broadcast_people (
    broadcast INTEGER NOT NULL REFERENCES broadcasts (id) ON DELETE CASCADE,
    person    INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    state     TEXT    NOT NULL,                -- waiting, flight, sent, failed, blocked, unknown
    PRIMARY KEY (broadcast, person)
) STRICT, WITHOUT ROWID;

CREATE INDEX broadcast_people_by_state ON broadcast_people (broadcast, state, person);
-- For whoever is erased.
CREATE INDEX broadcast_people_by_person ON broadcast_people (person);
