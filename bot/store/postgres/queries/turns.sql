-- What a turn does, in one statement.

-- name: save_turn(person, at, touched, starts, source, sees, language, back, gone, settles, zone, plans, minute, days, tips_on, paused_until, next_at, kinds, items, contents, dropped_kinds, dropped_items, replica, letters, answers)!
-- The same as the statements of people.sql one after the other, for a turn that names no mark twice and erases nobody.
WITH known AS (
    INSERT INTO people (
        id, language, source, started_at, seen_at, gone_at,
        zone, tip_minute, tip_days, tips_on, paused_until, next_tip_at
    )
    SELECT
        :person::bigint,
        :language::text,
        :source::text,
        CASE WHEN :starts::boolean THEN :at::bigint END,
        CASE WHEN :sees::boolean THEN :at::bigint END,
        CASE WHEN :gone::boolean THEN :at::bigint END,
        :zone::text,
        :minute::integer,
        :days::integer,
        :tips_on::integer,
        :paused_until::bigint,
        :next_at::bigint
    WHERE :touched::boolean
    ON CONFLICT (id) DO UPDATE SET
        language = CASE WHEN :sees::boolean THEN excluded.language ELSE people.language END,
        source = CASE WHEN :starts::boolean
            THEN COALESCE(NULLIF(people.source, ''), excluded.source) ELSE people.source END,
        started_at = COALESCE(people.started_at, excluded.started_at),
        seen_at = COALESCE(excluded.seen_at, people.seen_at),
        gone_at = CASE
            WHEN :gone::boolean
                THEN COALESCE(CASE WHEN NOT :back::boolean THEN people.gone_at END, excluded.gone_at)
            WHEN NOT :back::boolean THEN people.gone_at
        END,
        zone = CASE WHEN :settles::boolean THEN excluded.zone ELSE people.zone END,
        tip_minute = CASE WHEN :plans::boolean THEN excluded.tip_minute ELSE people.tip_minute END,
        tip_days = CASE WHEN :plans::boolean THEN excluded.tip_days ELSE people.tip_days END,
        tips_on = CASE WHEN :plans::boolean THEN excluded.tips_on ELSE people.tips_on END,
        paused_until = CASE WHEN :plans::boolean THEN excluded.paused_until ELSE people.paused_until END,
        next_tip_at = CASE WHEN :plans::boolean THEN excluded.next_tip_at ELSE people.next_tip_at END
    WHERE :starts::boolean OR :sees::boolean OR :back::boolean OR :gone::boolean
        OR :settles::boolean OR :plans::boolean
), remembered AS (
    INSERT INTO marks (person, kind, item, value, at)
    SELECT :person::bigint, mark.kind, mark.item, mark.value, :at::bigint
    FROM unnest(:kinds::text[], :items::text[], :contents::text[]) AS mark (kind, item, value)
    ON CONFLICT (person, kind, item) DO UPDATE SET value = excluded.value, at = excluded.at
    WHERE marks.value <> excluded.value
), forgotten AS (
    DELETE FROM marks USING unnest(:dropped_kinds::text[], :dropped_items::text[]) AS mark (kind, item)
    WHERE marks.person = :person::bigint AND marks.kind = mark.kind AND marks.item = mark.item
)
SELECT hold_lanes(:replica::integer, :letters::bigint[], :answers::text[]);

-- name: hold_lanes(replica, letters, answers)!
SELECT hold_lanes(:replica::integer, :letters::bigint[], :answers::text[]);
