-- Broadcasts and who is to get them. Every statement here means the same to SQLite and to PostgreSQL.

-- name: keep_draft(broadcast, admin, language, post, audience, revision, at)!
INSERT INTO broadcasts (id, admin, language, state, post, audience, revision, at)
VALUES (:broadcast, :admin, :language, 'draft', :post, :audience, :revision, :at)
ON CONFLICT (id) DO UPDATE SET
    language = excluded.language, post = excluded.post, audience = excluded.audience,
    revision = excluded.revision, at = excluded.at
WHERE broadcasts.state = 'draft' AND broadcasts.admin = excluded.admin;

-- name: drop_other_drafts(admin, broadcast)!
DELETE FROM broadcasts WHERE admin = :admin AND state = 'draft' AND id <> :broadcast;

-- name: draft_of(admin)
SELECT id, admin, at, language, state, post, audience, revision, message, ended_at FROM broadcasts
WHERE admin = :admin AND state = 'draft';

-- name: broadcast(broadcast)
SELECT id, admin, at, language, state, post, audience, revision, message, ended_at FROM broadcasts
WHERE id = :broadcast;

-- name: broadcasts_under_way()
SELECT id, admin, at, language, state, post, audience, revision, message, ended_at FROM broadcasts
WHERE ended_at IS NULL AND state <> 'draft'
ORDER BY number, id;

-- name: broadcast_languages()
SELECT LOWER(language), COUNT(*) FROM people
WHERE gone_at IS NULL AND language IS NOT NULL
GROUP BY LOWER(language);

-- name: confirm_draft(broadcast, admin, revision, message, at)!
UPDATE broadcasts SET
    state = 'on', message = :message, at = :at,
    number = (SELECT COALESCE(MAX(number), 0) + 1 FROM broadcasts)
WHERE id = :broadcast AND admin = :admin AND revision = :revision AND state = 'draft' AND post IS NOT NULL;

-- name: steer_broadcast(broadcast, state)!
UPDATE broadcasts SET state = :state
WHERE id = :broadcast AND state IN ('on', 'paused') AND ended_at IS NULL;

-- name: show_broadcast_on(broadcast, message)!
UPDATE broadcasts SET message = :message WHERE id = :broadcast;

-- name: broadcast_result(broadcast)
-- One row, if it has ended.
SELECT tally FROM broadcasts WHERE id = :broadcast AND ended_at IS NOT NULL;

-- name: count_by_fate(broadcast)
SELECT state, COUNT(*) FROM broadcast_people WHERE broadcast = :broadcast GROUP BY state;

-- name: take_people(broadcast, most)
-- Whoever is gone by now would cost a call, and then be blocked all the same.
UPDATE broadcast_people SET state = CASE
    WHEN EXISTS (SELECT 1 FROM people WHERE people.id = broadcast_people.person AND people.gone_at IS NOT NULL)
    THEN 'blocked' ELSE 'flight' END
WHERE broadcast = :broadcast AND state = 'waiting' AND person IN (
    SELECT person FROM broadcast_people
    WHERE broadcast = :broadcast AND state = 'waiting'
        AND EXISTS (SELECT 1 FROM broadcasts WHERE id = :broadcast AND state = 'on')
    ORDER BY person LIMIT :most
) RETURNING person, state;

-- name: lose_flights()!
UPDATE broadcast_people SET state = 'unknown' WHERE state = 'flight';

-- name: end_broadcast(broadcast, tally, at)!
UPDATE broadcasts SET post = NULL, tally = :tally, ended_at = :at
WHERE id = :broadcast AND state <> 'draft' AND ended_at IS NULL;

-- name: purge_drafts(before)!
DELETE FROM broadcasts WHERE state = 'draft' AND at < :before;

-- name: purge_recipients(most)!
DELETE FROM broadcast_people WHERE (broadcast, person) IN (
    SELECT broadcast_people.broadcast, broadcast_people.person FROM broadcast_people
    JOIN broadcasts ON broadcasts.id = broadcast_people.broadcast
    WHERE broadcasts.ended_at IS NOT NULL LIMIT :most
);
