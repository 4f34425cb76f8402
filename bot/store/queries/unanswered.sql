-- What was asked in vain. Every statement here means the same to SQLite and to PostgreSQL.

-- name: note_question(id, day, language, text)!
INSERT INTO unanswered (id, day, language, text) VALUES (:id, :day, :language, :text)
ON CONFLICT (id) DO NOTHING;

-- name: unanswered(since, most)
SELECT id, text, language, day FROM unanswered
WHERE day >= :since AND ignored = 0
ORDER BY day DESC, id
LIMIT :most;

-- name: ignore_question(id)!
UPDATE unanswered SET ignored = 1 WHERE id = :id;

-- name: purge_unanswered(before, most)!
DELETE FROM unanswered WHERE id IN (SELECT id FROM unanswered WHERE day < :before LIMIT :most);
