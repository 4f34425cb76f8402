-- What happened on each date (UTC), by name: numbers only, of nobody in particular.

CREATE TABLE counts (
    day   INTEGER NOT NULL,          -- since 1970-01-01
    name  TEXT    NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (day, name)
) STRICT, WITHOUT ROWID;
