-- When a person wants their daily tip, and when the next one is due. Times are seconds since 1970-01-01 UTC.

ALTER TABLE people ADD COLUMN zone TEXT;             -- IANA time zone
ALTER TABLE people ADD COLUMN tip_minute INTEGER;    -- of the local day; NULL: they never chose
ALTER TABLE people ADD COLUMN tip_days INTEGER;      -- weekdays as bits, Monday is 1
ALTER TABLE people ADD COLUMN tips_on INTEGER;       -- 1, or 0 for whoever stopped them
ALTER TABLE people ADD COLUMN paused_until INTEGER;
ALTER TABLE people ADD COLUMN next_tip_at INTEGER;
ALTER TABLE people ADD COLUMN last_tip_on INTEGER;   -- the local date, as days since 1970-01-01
ALTER TABLE people ADD COLUMN tip_claim INTEGER;     -- until when somebody is at work on what is due

-- What is due is found without a look at anybody else.
CREATE INDEX people_by_next_tip ON people (next_tip_at) WHERE next_tip_at IS NOT NULL AND gone_at IS NULL;
CREATE INDEX people_by_tip_claim ON people (tip_claim) WHERE tip_claim IS NOT NULL;

-- What is known of the database as a whole.
CREATE TABLE notes (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
