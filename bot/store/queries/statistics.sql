-- How many people do what, and what waits. Every statement here means the same to SQLite and to PostgreSQL.

-- name: schema()
SELECT MAX(number) FROM migrations;

-- name: depths(now)
SELECT
    (SELECT COUNT(*) FROM inbox),
    (SELECT MIN(at) FROM inbox),
    (SELECT COUNT(*) FROM people WHERE next_tip_at <= :now AND gone_at IS NULL),
    (SELECT COUNT(*) FROM broadcasts
     JOIN broadcast_people ON broadcast_people.broadcast = broadcasts.id
     WHERE broadcasts.ended_at IS NULL AND broadcasts.state <> 'draft'
     AND broadcast_people.state IN ('waiting', 'flight'));

-- name: add_count(day, name, value)!
INSERT INTO counts (day, name, value) VALUES (:day, :name, :value)
ON CONFLICT (day, name) DO UPDATE SET value = counts.value + excluded.value;

-- name: counts(first)
SELECT day, name, value FROM counts WHERE day >= :first ORDER BY day, name;

-- name: headcount(now, day, week, month)
SELECT
    COUNT(*),
    COUNT(started_at),
    COUNT(CASE WHEN started_at >= :day THEN 1 END),
    COUNT(CASE WHEN started_at >= :week THEN 1 END),
    COUNT(CASE WHEN started_at >= :month THEN 1 END),
    COUNT(CASE WHEN seen_at >= :day THEN 1 END),
    COUNT(CASE WHEN seen_at >= :week THEN 1 END),
    COUNT(CASE WHEN seen_at >= :month THEN 1 END),
    COUNT(gone_at),
    COUNT(CASE WHEN tips_on = 1 AND gone_at IS NULL THEN 1 END),
    COUNT(CASE WHEN tips_on = 1 AND gone_at IS NULL AND paused_until > :now THEN 1 END),
    COUNT(CASE WHEN tips_on = 0 THEN 1 END)
FROM people;

-- name: marked(kind)
SELECT item, value, COUNT(*) FROM marks WHERE kind = :kind GROUP BY item, value;

-- name: paces(kind, value)
-- Whole days from the start to the mark.
SELECT marks.item, (marks.at - people.started_at) / 86400, COUNT(*)
FROM marks JOIN people ON people.id = marks.person
WHERE marks.kind = :kind AND marks.value = :value AND people.started_at IS NOT NULL
GROUP BY 1, 2;

-- name: sources()
SELECT COALESCE(source, ''), COUNT(*) FROM people WHERE started_at IS NOT NULL GROUP BY 1;

-- name: joined(first)
-- By days since 1970-01-01.
SELECT started_at / 86400, COUNT(*) FROM people WHERE started_at >= :first GROUP BY 1;
