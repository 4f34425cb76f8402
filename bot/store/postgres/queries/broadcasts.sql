-- Many people's messages at once.

-- name: lock_people(people)!
-- Before any row of theirs elsewhere, as an erasure does, and always in the same order: so nobody waits for each other.
SELECT 1 FROM people WHERE id = ANY (:people::bigint[]) ORDER BY id FOR NO KEY UPDATE;

-- name: put_back_all(broadcast, people)!
UPDATE broadcast_people SET state = 'waiting'
WHERE broadcast = :broadcast::bigint AND person = ANY (:people::bigint[]) AND state = 'flight';

-- name: land_all(broadcast, people, fates)!
UPDATE broadcast_people SET state = landed.fate
FROM unnest(:people::bigint[], :fates::text[]) AS landed (person, fate)
WHERE broadcast_people.broadcast = :broadcast::bigint AND broadcast_people.person = landed.person
    AND broadcast_people.state IN ('flight', 'unknown');

-- name: leave_all(people, at)!
UPDATE people SET gone_at = COALESCE(gone_at, :at::bigint) WHERE id = ANY (:people::bigint[]);
