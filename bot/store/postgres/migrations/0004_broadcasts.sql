-- What operators send to many, and who is to get it. Times are seconds since 1970-01-01 UTC.

CREATE TABLE broadcasts (
    id       bigint PRIMARY KEY,               -- drawn at random, so that an old button never means another one
    admin    bigint NOT NULL,                  -- who made it
    language text,                             -- the admin's
    state    text   NOT NULL,                  -- draft, on, paused, cancelled
    post     text,                             -- what is sent, as JSON; NULL: not written yet, or forgotten
    audience text   NOT NULL,                  -- who gets it, as JSON
    revision bigint NOT NULL,
    message  bigint,                           -- that shows the admin how far it is
    at       bigint NOT NULL,                  -- when the draft was changed last, or it was confirmed
    number   bigint,                           -- in the order in which they were confirmed
    ended_at bigint,
    tally    text                              -- what came of it, as JSON, once it has ended
);

CREATE UNIQUE INDEX broadcasts_one_draft ON broadcasts (admin) WHERE state = 'draft';
CREATE INDEX broadcasts_under_way ON broadcasts (number) WHERE ended_at IS NULL AND state <> 'draft';

CREATE TABLE broadcast_people (
    broadcast bigint NOT NULL REFERENCES broadcasts (id) ON DELETE CASCADE,
    person    bigint NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    state     text COLLATE "C" NOT NULL,       -- waiting, flight, sent, failed, blocked, unknown
    PRIMARY KEY (broadcast, person)
);

CREATE INDEX broadcast_people_by_state ON broadcast_people (broadcast, state, person);
-- For whoever is erased.
CREATE INDEX broadcast_people_by_person ON broadcast_people (person);
