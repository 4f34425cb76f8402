-- Times are seconds since 1970-01-01 UTC. Texts that are keys are compared byte by byte, as SQLite does.

CREATE TABLE people (
    id         bigint PRIMARY KEY,  -- Telegram's user id
    language   text,                -- BCP 47 tag, as Telegram told it
    source     text,                -- the word of the deep link that first brought them
    started_at bigint,
    seen_at    bigint,
    gone_at    bigint               -- since when they block the bot; NULL: they do not
);

-- A mark is anything done, ticked, chosen or seen, so a new kind of content needs no new table.
CREATE TABLE marks (
    person bigint           NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    kind   text COLLATE "C" NOT NULL,
    item   text COLLATE "C" NOT NULL,
    value  text             NOT NULL,
    at     bigint           NOT NULL,  -- when the value became what it is
    PRIMARY KEY (person, kind, item)
);
