-- Sums over the reviews of each film in a folder of readings. Everything here can be added to: a new file of readings
-- is counted by itself, and its counts are added.

-- Files that are in the sums; digest tells whether one has changed since.
CREATE TABLE parts (
    part   VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    rows   BIGINT NOT NULL
);

-- Reviews that are in the sums, so that one that stands twice counts once.
CREATE TABLE seen (
    key UHUGEINT NOT NULL
);

-- One row per film. Stars are the reviewer's own where there are any, else the reading's estimate.
CREATE TABLE films (
    film       VARCHAR NOT NULL,
    title      VARCHAR,            -- what a source calls it, else what a reading does that files its review under it
    year       SMALLINT,
    reviews    BIGINT NOT NULL,
    given      BIGINT NOT NULL,    -- reviews with stars of the reviewer's own
    favourable BIGINT NOT NULL,
    stars      DOUBLE NOT NULL,    -- sum of the stars
    squares    DOUBLE NOT NULL,    -- sum of their squares
    histogram  BIGINT[] NOT NULL   -- reviews at 1, 2, ..., 10 stars, halves rounded up
);

-- One row per film and aspect: reviews by their voice, and quotes.
CREATE TABLE aspects (
    film         VARCHAR NOT NULL,
    aspect       VARCHAR NOT NULL,
    praise       BIGINT NOT NULL,
    blame        BIGINT NOT NULL,
    mixed        BIGINT NOT NULL,
    praise_quotes BIGINT NOT NULL,
    blame_quotes BIGINT NOT NULL,
    mixed_quotes BIGINT NOT NULL
);
