-- Whose tip is due. Every statement here means the same to SQLite and to PostgreSQL.

-- name: first_unclaimed()
-- One row, or none.
SELECT next_tip_at FROM people
WHERE next_tip_at IS NOT NULL AND gone_at IS NULL AND tip_claim IS NULL
ORDER BY next_tip_at LIMIT 1;

-- name: first_claimed()
-- When a claim on somebody who is due runs out; one row.
SELECT MIN(CASE WHEN tip_claim > next_tip_at THEN tip_claim ELSE next_tip_at END) FROM people
WHERE tip_claim IS NOT NULL AND next_tip_at IS NOT NULL AND gone_at IS NULL;

-- name: count_due(first, last)
SELECT COUNT(*) FROM people WHERE next_tip_at >= :first AND next_tip_at < :last AND gone_at IS NULL;

-- name: give_up_claim(person)!
UPDATE people SET tip_claim = NULL WHERE id = :person;

-- name: is_known(person)
-- One row, or none.
SELECT 1 FROM people WHERE id = :person;

-- name: planned(after, most)
-- As the query "person" without marks, each row after the id of the person.
SELECT
    id, language, source, started_at, seen_at, gone_at,
    zone, tip_minute, tip_days, tips_on, paused_until, next_tip_at, last_tip_on,
    NULL, NULL, NULL, NULL
FROM people
WHERE id > :after AND tips_on = 1
ORDER BY id
LIMIT :most;

-- name: replan(person, next_at)!
UPDATE people SET next_tip_at = :next_at WHERE id = :person;

-- name: note(name)
-- One row, or none.
SELECT value FROM notes WHERE name = :name;

-- name: take_note(name, value)!
INSERT INTO notes (name, value) VALUES (:name, :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;
