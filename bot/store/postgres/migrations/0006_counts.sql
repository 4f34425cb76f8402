-- What happened on each date (UTC), by name: numbers only, of nobody in particular.

CREATE TABLE counts (
    day   bigint NOT NULL,           -- since 1970-01-01
    name  text   NOT NULL,
    value bigint NOT NULL,
    PRIMARY KEY (day, name)
);
