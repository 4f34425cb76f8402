-- One person and their marks. Every statement here means the same to SQLite and to PostgreSQL.
-- Running one again with the same parameters changes nothing.

-- name: person(person)
-- A row for each mark; one row with no mark for a person without any; no row for a stranger.
SELECT
    people.language, people.source, people.started_at, people.seen_at, people.gone_at,
    people.zone, people.tip_minute, people.tip_days, people.tips_on, people.paused_until, people.next_tip_at,
    people.last_tip_on,
    marks.kind, marks.item, marks.value, marks.at
FROM people
LEFT JOIN marks ON marks.person = people.id
WHERE people.id = :person
ORDER BY marks.kind, marks.item;

-- name: add_person(person)!
INSERT INTO people (id) VALUES (:person)
ON CONFLICT (id) DO NOTHING;

-- name: start(person, source, at)!
-- The first source and the first start win.
INSERT INTO people (id, source, started_at) VALUES (:person, :source, :at)
ON CONFLICT (id) DO UPDATE SET
    source = COALESCE(NULLIF(people.source, ''), excluded.source),
    started_at = COALESCE(people.started_at, excluded.started_at),
    gone_at = NULL;

-- name: see(person, language, at)!
INSERT INTO people (id, language, seen_at) VALUES (:person, :language, :at)
ON CONFLICT (id) DO UPDATE SET language = excluded.language, seen_at = excluded.seen_at;

-- name: leave(person, at)!
INSERT INTO people (id, gone_at) VALUES (:person, :at)
ON CONFLICT (id) DO UPDATE SET gone_at = COALESCE(people.gone_at, excluded.gone_at);

-- name: come_back(person)!
INSERT INTO people (id) VALUES (:person)
ON CONFLICT (id) DO UPDATE SET gone_at = NULL;

-- name: settle_in(person, zone)!
INSERT INTO people (id, zone) VALUES (:person, :zone)
ON CONFLICT (id) DO UPDATE SET zone = excluded.zone;

-- name: schedule(person, zone, minute, days, tips_on, paused_until, next_at)!
INSERT INTO people (id, zone, tip_minute, tip_days, tips_on, paused_until, next_tip_at)
VALUES (:person, :zone, :minute, :days, :tips_on, :paused_until, :next_at)
ON CONFLICT (id) DO UPDATE SET
    zone = excluded.zone,
    tip_minute = excluded.tip_minute,
    tip_days = excluded.tip_days,
    tips_on = excluded.tips_on,
    paused_until = excluded.paused_until,
    next_tip_at = excluded.next_tip_at;

-- name: tipped(person, due_at, next_at, tipped_on)!
-- Whoever chose another time meanwhile keeps it.
UPDATE people SET
    next_tip_at = CASE WHEN next_tip_at = :due_at THEN :next_at ELSE next_tip_at END,
    last_tip_on = COALESCE(:tipped_on, last_tip_on)
WHERE id = :person AND tip_minute IS NOT NULL;

-- name: put_mark(person, kind, item, value, at)!
-- The same value again keeps the time it was first set.
INSERT INTO marks (person, kind, item, value, at) VALUES (:person, :kind, :item, :value, :at)
ON CONFLICT (person, kind, item) DO UPDATE SET value = excluded.value, at = excluded.at
WHERE marks.value <> excluded.value;

-- name: drop_mark(person, kind, item)!
DELETE FROM marks WHERE person = :person AND kind = :kind AND item = :item;

-- name: erase(person)!
-- Whatever refers to the person goes with them.
DELETE FROM people WHERE id = :person;

-- name: forget_draft(person)!
-- An operator's own words that were not sent to anybody yet.
DELETE FROM broadcasts WHERE admin = :person AND state = 'draft';
