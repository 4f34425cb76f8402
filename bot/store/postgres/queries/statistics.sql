-- How many people do what, in PostgreSQL's own words.

-- name: finished(kind)
SELECT steps, COUNT(*) FROM (
    SELECT STRING_AGG(item || '=' || value, ' ' ORDER BY item) AS steps FROM marks WHERE kind = :kind GROUP BY person
) AS people
GROUP BY steps;
