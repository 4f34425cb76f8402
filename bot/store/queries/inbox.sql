-- Letters: what came, until it is done with. Every statement here means the same to SQLite and to PostgreSQL.

-- name: know(letter, at)!
-- One row if the update is new, none if it is known: the unique key decides, whoever comes first.
INSERT INTO known_updates (update_id, at) VALUES (:letter, :at)
ON CONFLICT (update_id) DO NOTHING;

-- name: keep(letter, person, body, at)!
INSERT INTO inbox (update_id, person, body, at) VALUES (:letter, :person, :body, :at)
ON CONFLICT (update_id) DO NOTHING;

-- name: people_waiting()
-- Who waits longest comes first. From one person to the next in the index: it costs what there are people, not what
-- there are letters.
WITH RECURSIVE people (id) AS (
    SELECT MIN(person) FROM inbox
    UNION ALL
    SELECT (SELECT MIN(inbox.person) FROM inbox WHERE inbox.person > people.id)
    FROM people WHERE people.id IS NOT NULL
)
SELECT id FROM people WHERE id IS NOT NULL
ORDER BY (SELECT MIN(inbox.update_id) FROM inbox WHERE inbox.person = people.id);

-- name: waiting(person, after, most)
SELECT update_id, person, body, begun, answer FROM inbox
WHERE person = :person AND update_id > :after
ORDER BY update_id
LIMIT :most;

-- name: waits(letter)
-- Whose letter this is, if it is not done yet.
SELECT person FROM inbox WHERE update_id = :letter;

-- name: begin_work(letter, by)!
UPDATE inbox SET begun = begun + :by WHERE update_id = :letter;

-- name: answer(letter, answer)!
UPDATE inbox SET answer = :answer WHERE update_id = :letter;

-- name: let_go(letter)!
DELETE FROM inbox WHERE update_id = :letter;

-- name: bury(reference, letter, reason, shape, at)!
INSERT INTO dead_letters (reference, update_id, reason, shape, at)
VALUES (:reference, :letter, :reason, :shape, :at)
ON CONFLICT (reference) DO NOTHING;

-- name: purge_dead(before, most)!
DELETE FROM dead_letters WHERE reference IN
    (SELECT reference FROM dead_letters WHERE at < :before LIMIT :most);

-- name: purge_known(before, most)!
-- What still waits stays known, however old it is.
DELETE FROM known_updates WHERE update_id IN
    (SELECT known_updates.update_id FROM known_updates
     LEFT JOIN inbox ON inbox.update_id = known_updates.update_id
     WHERE known_updates.at < :before AND inbox.update_id IS NULL
     LIMIT :most);
