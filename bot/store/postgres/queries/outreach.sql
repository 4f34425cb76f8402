-- Whose tip is due, where several replicas may ask.

-- name: claim_due(now, most, until)
WITH claimed AS (
    UPDATE people SET tip_claim = :until::bigint
    WHERE id IN (
        SELECT id FROM people
        WHERE next_tip_at <= :now::bigint AND gone_at IS NULL
            AND (tip_claim IS NULL OR tip_claim <= :now::bigint)
        ORDER BY next_tip_at, id
        LIMIT :most::integer
        FOR UPDATE SKIP LOCKED
    )
    RETURNING *
)
SELECT
    claimed.id, claimed.language, claimed.source, claimed.started_at, claimed.seen_at, claimed.gone_at,
    claimed.zone, claimed.tip_minute, claimed.tip_days, claimed.tips_on, claimed.paused_until,
    claimed.next_tip_at, claimed.last_tip_on,
    marks.kind, marks.item, marks.value, marks.at
FROM claimed
LEFT JOIN marks ON marks.person = claimed.id
ORDER BY claimed.next_tip_at, claimed.id, marks.kind, marks.item;

-- name: lock_known(people)
-- Those of them who are known, locked always in the same order, so that nobody waits for each other.
SELECT id FROM people WHERE id = ANY (:people::bigint[]) ORDER BY id FOR UPDATE;

-- name: all_tipped(people, due_ats, next_ats, tipped_ons)!
UPDATE people SET
    next_tip_at = CASE WHEN people.next_tip_at = done.due_at THEN done.next_at ELSE people.next_tip_at END,
    last_tip_on = COALESCE(done.tipped_on, people.last_tip_on)
FROM unnest(:people::bigint[], :due_ats::bigint[], :next_ats::bigint[], :tipped_ons::integer[])
    AS done (person, due_at, next_at, tipped_on)
WHERE people.id = done.person AND people.tip_minute IS NOT NULL;

-- name: all_marked(people, kinds, items, contents, at)!
INSERT INTO marks (person, kind, item, value, at)
SELECT mark.person, mark.kind, mark.item, mark.value, :at::bigint
FROM unnest(:people::bigint[], :kinds::text[], :items::text[], :contents::text[])
    AS mark (person, kind, item, value)
ON CONFLICT (person, kind, item) DO UPDATE SET value = excluded.value, at = excluded.at
WHERE marks.value <> excluded.value;

-- name: give_up_claims(people)!
UPDATE people SET tip_claim = NULL WHERE id = ANY (:people::bigint[]);

-- name: replan_all(people, next_ats)!
UPDATE people SET next_tip_at = new.next_at
FROM unnest(:people::bigint[], :next_ats::bigint[]) AS new (person, next_at)
WHERE people.id = new.person;
