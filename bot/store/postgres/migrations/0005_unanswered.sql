-- What was asked in vain, for operators to read. Nothing says who asked.

CREATE TABLE unanswered (
    id       bigint  PRIMARY KEY,        -- made of the three below: what is asked twice on a day is kept once
    day      integer NOT NULL,           -- of UTC, as days since 1970-01-01
    language text    NOT NULL,           -- of the content that had no answer
    text     text    NOT NULL,
    ignored  integer NOT NULL DEFAULT 0  -- 1: no operator wants to see it
);

CREATE INDEX unanswered_by_day ON unanswered (day);
