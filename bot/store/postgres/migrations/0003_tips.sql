-- When a person wants their daily tip, and when the next one is due. Times are seconds since 1970-01-01 UTC.

ALTER TABLE people
    ADD COLUMN zone text,             -- IANA time zone
    ADD COLUMN tip_minute integer,    -- of the local day; NULL: they never chose
    ADD COLUMN tip_days integer,      -- weekdays as bits, Monday is 1
    ADD COLUMN tips_on integer,       -- 1, or 0 for whoever stopped them
    ADD COLUMN paused_until bigint,
    ADD COLUMN next_tip_at bigint,
    ADD COLUMN last_tip_on integer,   -- the local date, as days since 1970-01-01
    ADD COLUMN tip_claim bigint;      -- until when somebody is at work on what is due

-- What is due is found without a look at anybody else.
CREATE INDEX people_by_next_tip ON people (next_tip_at) WHERE next_tip_at IS NOT NULL AND gone_at IS NULL;
CREATE INDEX people_by_tip_claim ON people (tip_claim) WHERE tip_claim IS NOT NULL;

-- What is known of the database as a whole.
CREATE TABLE notes (
    name  text COLLATE "C" PRIMARY KEY,
    value text NOT NULL
);
