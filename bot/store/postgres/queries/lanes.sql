-- Letters, and which replica works on whose. What the functions do is told where they are made: migration 0002.

-- name: put_letters(replica, ids, people, bodies, at)
SELECT letter, owner, more
FROM put_letters(:replica::integer, :ids::bigint[], :people::bigint[], :bodies::text[], :at::bigint);

-- name: settle_letters(replica, letters, idle)
SELECT settle_letters(:replica::integer, :letters::bigint[], :idle::bigint[]);

-- name: claim_lanes(replica, held)
SELECT claim_lanes(:replica::integer, :held::bigint[]);

-- name: begin_letters(letters, by)!
UPDATE inbox SET begun = begun + :by::bigint WHERE update_id = ANY (:letters::bigint[]);

-- name: new_replica()$
SELECT nextval('replica_ids')::integer;

-- name: end_ghosts(keyspace, replica)!
-- Sessions of this replica's own that the server still believes in, though their connections are gone.
SELECT pg_terminate_backend(pid) FROM pg_locks
WHERE locktype = 'advisory' AND granted AND objsubid = 2
    AND classid = :keyspace::integer::oid AND objid = :replica::integer::oid
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND pid <> pg_backend_pid();

-- name: lock_replica(keyspace, replica)!
SELECT pg_advisory_lock(:keyspace::integer, :replica::integer);

-- name: renew_lease(replica, seconds)!
SELECT renew_lease(:replica::integer, :seconds::double precision);

-- name: give_up_lanes(replica)!
SELECT give_up_lanes(:replica::integer);

-- name: is_served()$
SELECT EXISTS (SELECT FROM replicas WHERE replica_alive(id));

-- name: try_duty(name)$
SELECT pg_try_advisory_lock(hashtextextended('firstlabel duty ' || :name::text, 0));
