-- What came and is not done with. Times are seconds since 1970-01-01 UTC.

CREATE TABLE inbox (
    update_id bigint PRIMARY KEY,           -- Telegram's
    person    bigint NOT NULL,              -- whose turn it is; 0: nobody's
    body      text   NOT NULL,              -- the update as JSON
    at        bigint NOT NULL,              -- when it came
    begun     bigint NOT NULL DEFAULT 0,    -- how often work on it began after a process that had it died
    answer    text                          -- what its turn shows, stored with what its turn changes
);

CREATE INDEX inbox_by_person ON inbox (person, update_id);

-- The ids of all that came lately, so that what Telegram delivers again is recognised. No more is kept of it.
CREATE TABLE known_updates (
    update_id bigint PRIMARY KEY,
    at        bigint NOT NULL
);

CREATE INDEX known_updates_by_age ON known_updates (at);

-- What could not be handled: no words, no person.
CREATE TABLE dead_letters (
    reference text COLLATE "C" PRIMARY KEY, -- the code in the log, and in the apology
    update_id bigint,
    reason    text   NOT NULL,
    shape     text   NOT NULL,              -- what the update was built of, without what stood in it
    at        bigint NOT NULL
);

CREATE INDEX dead_letters_by_age ON dead_letters (at);


-- Who works on whose letters, where several processes (replicas) share this database.
--
-- A replica lives as long as its lease is renewed AND a session of its own holds an advisory lock in its name. The
-- lock goes the moment the process is killed; the lease runs out when it is frozen or unplugged.
--
-- Each function below is one statement to its caller, so one round trip and one transaction, and nothing is left
-- half-locked by a caller that freezes. They count on READ COMMITTED, where every statement in a function sees what
-- was committed before that statement began. All of them lock in this order: known_updates by id, lanes by person,
-- inbox; so no two wait for each other.

CREATE SEQUENCE replica_ids AS integer;

CREATE TABLE replicas (
    id          integer     PRIMARY KEY,
    alive_until timestamptz NOT NULL
);

CREATE TABLE lanes (
    person  bigint  PRIMARY KEY,
    replica integer NOT NULL                -- 0, which is nobody, only inside a transaction
);

-- VOLATILE: asked again while a statement waits for a lock, it must see what changed meanwhile.
-- The lock's first key is "lane" as four bytes, its second the replica.
CREATE FUNCTION replica_alive(replica integer) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM replicas WHERE replicas.id = replica AND replicas.alive_until > clock_timestamp()
    ) AND EXISTS (
        SELECT FROM pg_locks
        WHERE locktype = 'advisory' AND granted AND classid = 1818324581 AND objid = replica AND objsubid = 2
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    );
END $$;

-- Keeps the letters that are new. Returns those that are the caller's to work on; "more": the person has others, too.
CREATE FUNCTION put_letters(me integer, ids bigint[], owners bigint[], bodies text[], came_at bigint)
RETURNS TABLE (letter bigint, owner bigint, more boolean) LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    fresh bigint[];
    whose bigint[];
    crowded bigint[];
BEGIN
    -- The unique key decides what is new, whoever comes first.
    WITH known AS (
        INSERT INTO known_updates (update_id, at)
        SELECT id, came_at FROM unnest(ids) AS given (id) ORDER BY id
        ON CONFLICT (update_id) DO NOTHING
        RETURNING update_id
    )
    SELECT array_agg(known.update_id), array_agg(DISTINCT given.owner) INTO fresh, whose
    FROM known JOIN unnest(ids, owners) AS given (id, owner) ON given.id = known.update_id;
    IF fresh IS NULL THEN
        RETURN;
    END IF;

    -- Locks every lane, the lowest person first, and makes those that are missing. "WHERE false" locks a lane that is
    -- there and leaves it alone. From here to the commit nobody can take or give up any of them.
    INSERT INTO lanes (person, replica)
    SELECT each, 0 FROM unnest(whose) AS each ORDER BY each
    ON CONFLICT (person) DO UPDATE SET replica = 0 WHERE false;

    UPDATE lanes SET replica = me
    WHERE lanes.person = ANY (whose) AND lanes.replica <> me AND NOT replica_alive(lanes.replica);

    crowded := ARRAY (
        SELECT each FROM unnest(whose) AS each
        WHERE EXISTS (SELECT FROM inbox WHERE inbox.person = each)
    );

    INSERT INTO inbox (update_id, person, body, at)
    SELECT given.id, given.owner, given.body, came_at
    FROM unnest(ids, owners, bodies) AS given (id, owner, body)
    JOIN unnest(fresh) AS new (id) ON new.id = given.id
    ON CONFLICT (update_id) DO NOTHING;

    RETURN QUERY
    SELECT given.id, given.owner, given.owner = ANY (crowded)
    FROM unnest(ids, owners) AS given (id, owner)
    JOIN unnest(fresh) AS new (id) ON new.id = given.id
    JOIN lanes ON lanes.person = given.owner
    WHERE lanes.replica = me;
END $$;

-- Lets letters go, and the lanes of idle people. Returns the idle for whom more is stored; their lanes are kept.
--
-- No letter is left lying when another replica puts one for the same person meanwhile. A put locks the lane, whosever
-- it is, until its letters are committed (above). Either it has the lock first: then the lock here waits for that
-- commit, and the statement that looks for more begins after it and sees the letters. Or the lock here is first: then
-- the put waits, finds the lane kept or gone, and in the second case makes it its own. That the look for more is a
-- statement of its own matters: one that began before the lock was had would not see the letters.
CREATE FUNCTION settle_letters(me integer, done bigint[], idle bigint[])
RETURNS SETOF bigint LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM FROM lanes WHERE lanes.person = ANY (idle) AND lanes.replica = me ORDER BY lanes.person FOR UPDATE;
    DELETE FROM inbox WHERE inbox.update_id = ANY (done);
    DELETE FROM lanes
    WHERE lanes.person = ANY (idle) AND lanes.replica = me
        AND NOT EXISTS (SELECT FROM inbox WHERE inbox.person = lanes.person);
    RETURN QUERY SELECT lanes.person FROM lanes WHERE lanes.person = ANY (idle) AND lanes.replica = me;
END $$;

-- Fails with FL001 unless the caller holds the lane and all letters are there; keeps their answers. Until the end of
-- the transaction nobody else can take the lane.
CREATE FUNCTION hold_lane(me integer, whose bigint, letters bigint[], answers text[])
RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    found_letters integer;
BEGIN
    IF cardinality(letters) = 0 THEN
        RETURN;
    END IF;
    PERFORM FROM lanes WHERE lanes.person = whose AND lanes.replica = me FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE 'the lane is not held' USING ERRCODE = 'FL001';
    END IF;
    UPDATE inbox SET answer = given.answer
    FROM unnest(letters, answers) AS given (letter, answer)
    WHERE inbox.update_id = given.letter;
    GET DIAGNOSTICS found_letters = ROW_COUNT;
    IF found_letters < cardinality(letters) THEN
        RAISE 'a letter is gone' USING ERRCODE = 'FL001';
    END IF;
END $$;

CREATE FUNCTION renew_lease(me integer, seconds double precision) RETURNS void LANGUAGE sql VOLATILE AS $$
    INSERT INTO replicas (id, alive_until) VALUES (me, clock_timestamp() + make_interval(secs => seconds))
    ON CONFLICT (id) DO UPDATE SET alive_until = excluded.alive_until;
$$;

-- Takes the lanes in which letters lie and nobody alive works; returns whose they are, who waits longest first.
--
-- "held", unless it is NULL, is whom the caller knows to have: lanes in its name beyond these are dealt to it again,
-- for the answer that told it of them was lost on the way.
CREATE FUNCTION claim_lanes(me integer, held bigint[]) RETURNS SETOF bigint LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    dead integer[];
    gained bigint[];
BEGIN
    SELECT COALESCE(array_agg(each), '{}') INTO dead
    FROM (SELECT DISTINCT lanes.replica AS each FROM lanes WHERE lanes.replica <> me) AS others
    WHERE NOT replica_alive(each);

    WITH taken AS (
        INSERT INTO lanes (person, replica)
        SELECT waiting.person, me
        FROM (SELECT DISTINCT inbox.person FROM inbox) AS waiting
        LEFT JOIN lanes AS old ON old.person = waiting.person
        WHERE old.person IS NULL OR old.replica = ANY (dead)
        ORDER BY waiting.person
        ON CONFLICT (person) DO UPDATE SET replica = me
            WHERE lanes.replica <> me AND NOT replica_alive(lanes.replica)
        RETURNING lanes.person
    )
    SELECT COALESCE(array_agg(taken.person), '{}') INTO gained FROM taken;

    IF held IS NOT NULL THEN
        gained := gained || ARRAY (
            SELECT lanes.person FROM lanes
            WHERE lanes.replica = me AND lanes.person <> ALL (held || gained)
                AND EXISTS (SELECT FROM inbox WHERE inbox.person = lanes.person)
        );
    END IF;

    -- Lanes in which nothing lies and nobody works, and the dead themselves. What another works on at this moment
    -- is left for the next time.
    DELETE FROM lanes WHERE lanes.person IN (
        SELECT lanes.person FROM lanes
        WHERE (
                lanes.replica = ANY (dead)
                OR (held IS NOT NULL AND lanes.replica = me AND lanes.person <> ALL (held || gained))
            ) AND NOT EXISTS (SELECT FROM inbox WHERE inbox.person = lanes.person)
        FOR UPDATE SKIP LOCKED
    );
    DELETE FROM replicas WHERE replicas.id IN (
        SELECT replicas.id FROM replicas
        WHERE replicas.id <> me AND NOT replica_alive(replicas.id)
        FOR UPDATE SKIP LOCKED
    );

    RETURN QUERY
    SELECT inbox.person FROM inbox WHERE inbox.person = ANY (gained)
    GROUP BY inbox.person ORDER BY min(inbox.update_id);
END $$;

CREATE FUNCTION give_up_lanes(me integer) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM FROM lanes WHERE lanes.replica = me ORDER BY lanes.person FOR UPDATE;
    DELETE FROM lanes WHERE lanes.replica = me;
    DELETE FROM replicas WHERE replicas.id = me;
END $$;
