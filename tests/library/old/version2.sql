-- The library's tables as version 2 had them, with one review, to prove that old files are brought up to date.
CREATE TABLE meta (
    name  VARCHAR NOT NULL,
    value VARCHAR NOT NULL
);
CREATE TABLE reviews (
    review       BIGINT NOT NULL,
    key          VARCHAR NOT NULL,
    id           VARCHAR NOT NULL,
    source       VARCHAR NOT NULL,
    origin       VARCHAR NOT NULL,
    text         VARCHAR NOT NULL USING COMPRESSION uncompressed,
    film         VARCHAR,
    film_by      VARCHAR,
    film_id      VARCHAR,
    title        VARCHAR,
    year         SMALLINT,
    headline     VARCHAR,
    rating       VARCHAR,
    rating_value DOUBLE,
    rating_scale DOUBLE,
    rating_stars DOUBLE,
    author       VARCHAR,
    written      DATE,
    url          VARCHAR,
    added        TIMESTAMP NOT NULL
);
CREATE TABLE readings (
    reading         BIGINT NOT NULL,
    review          BIGINT NOT NULL,
    model           VARCHAR NOT NULL,
    schema          VARCHAR NOT NULL,
    read_at         TIMESTAMP NOT NULL,
    film_title      VARCHAR,
    film_start      INTEGER,
    film_end        INTEGER,
    film_confidence DOUBLE,
    warnings        VARCHAR[] NOT NULL,
    replaced_at     TIMESTAMP,
    replaced        JSON
);
CREATE TABLE segments (
    review     BIGINT NOT NULL,
    segment    INTEGER NOT NULL,
    start      INTEGER NOT NULL,
    end_       INTEGER NOT NULL,
    role       VARCHAR NOT NULL,
    polarity   VARCHAR NOT NULL,
    spoiler    DOUBLE NOT NULL,
    confidence DOUBLE NOT NULL
);
CREATE TABLE mentions (
    review     BIGINT NOT NULL,
    mention    INTEGER NOT NULL,
    entity     INTEGER NOT NULL,
    start      INTEGER NOT NULL,
    end_       INTEGER NOT NULL,
    type       VARCHAR NOT NULL,
    name       VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL
);
CREATE TABLE entities (
    review   BIGINT NOT NULL,
    entity   INTEGER NOT NULL,
    type     VARCHAR NOT NULL,
    name     VARCHAR NOT NULL,
    key      VARCHAR NOT NULL,
    mentions INTEGER NOT NULL
);
CREATE TABLE credits (
    review        BIGINT NOT NULL,
    credit        INTEGER NOT NULL,
    person        VARCHAR NOT NULL,
    person_key    VARCHAR NOT NULL,
    role          VARCHAR NOT NULL,
    character     VARCHAR,
    character_key VARCHAR,
    start         INTEGER NOT NULL,
    end_          INTEGER NOT NULL,
    confidence    DOUBLE NOT NULL
);
CREATE TABLE relations (
    review      BIGINT NOT NULL,
    relation_no INTEGER NOT NULL,
    subject     VARCHAR NOT NULL,
    relation    VARCHAR NOT NULL,
    object      VARCHAR NOT NULL,
    start       INTEGER NOT NULL,
    end_        INTEGER NOT NULL,
    confidence  DOUBLE NOT NULL
);
CREATE TABLE opinions (
    review     BIGINT NOT NULL,
    opinion    INTEGER NOT NULL,
    segment    INTEGER,
    start      INTEGER NOT NULL,
    end_       INTEGER NOT NULL,
    quote      VARCHAR NOT NULL,
    aspect     VARCHAR NOT NULL,
    polarity   VARCHAR NOT NULL,
    target     VARCHAR,
    target_key VARCHAR,
    confidence DOUBLE NOT NULL
);
CREATE TABLE verdicts (
    review       BIGINT NOT NULL,
    sentiment    DOUBLE NOT NULL,
    stars        DOUBLE NOT NULL,
    recommend    VARCHAR NOT NULL,
    stated       VARCHAR,
    stated_value DOUBLE,
    stated_scale DOUBLE,
    stated_start INTEGER,
    stated_end   INTEGER,
    evidence     STRUCT(start INTEGER, end_ INTEGER)[] NOT NULL
);
CREATE TABLE films (
    film     VARCHAR NOT NULL,
    title    VARCHAR,
    year     SMALLINT,
    title_by VARCHAR
);
CREATE TABLE people (
    person    VARCHAR NOT NULL,
    name      VARCHAR NOT NULL
);
CREATE TABLE links (
    review      BIGINT NOT NULL,
    film        VARCHAR NOT NULL,
    probability DOUBLE NOT NULL,
    evidence    JSON NOT NULL,
    linked_at   TIMESTAMP NOT NULL
);
CREATE TABLE failures (
    source    VARCHAR NOT NULL,
    origin    VARCHAR NOT NULL,
    reason    VARCHAR NOT NULL,
    failed_at TIMESTAMP NOT NULL
);
CREATE TABLE corrections (
    correction BIGINT NOT NULL,
    review     BIGINT NOT NULL,
    author     VARCHAR NOT NULL,
    made_at    TIMESTAMP NOT NULL,
    kind       VARCHAR NOT NULL,
    before     JSON,
    after      JSON,
    undone_at  TIMESTAMP
);
CREATE VIEW sentences AS
SELECT s.review, s.segment, substring(r.text, s.start + 1, s.end_ - s.start) AS words,
       s.role, s.polarity, s.spoiler, s.confidence
FROM segments s JOIN reviews r USING (review);
CREATE VIEW ratings AS
SELECT r.review, r.film, coalesce(r.rating_stars, v.stars) AS stars, r.rating_stars IS NOT NULL AS given,
       v.sentiment, v.recommend
FROM reviews r JOIN verdicts v USING (review);
INSERT INTO meta VALUES ('schema', '2');
INSERT INTO meta VALUES ('library', '00000000000000000000000000000000');
INSERT INTO meta VALUES ('changes', '1');
INSERT INTO meta VALUES ('created', '2026-11-26 17:48:55.423948+00');
INSERT INTO reviews VALUES (1, '70e2dce8385c299f43db2e70c47b34bf', 'a', 'made.jsonl', 'made.jsonl:a', '"The Lamp 😀" was directed by Ana Róca. Jon Vale plays Max, brother of Lily. Superb acting by Vale! 8/10 é', 'title:lamp', 'text', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-26 17:48:55.544421');
INSERT INTO readings VALUES (1, 1, 'hand/1', 'pullquote.reading/1', '2026-11-26 17:48:55.544421', 'The Lamp 😀', 1, 11, 0.9123, ['a warning'], NULL, NULL);
INSERT INTO segments VALUES (1, 0, 0, 38, 'context', 'neutral', 0.01, 0.9);
INSERT INTO segments VALUES (1, 1, 39, 75, 'plot', 'neutral', 0.71, 0.8);
INSERT INTO segments VALUES (1, 2, 76, 98, 'opinion', 'positive', 0.02, 0.7);
INSERT INTO mentions VALUES (1, 0, 0, 1, 11, 'WORK', 'The Lamp 😀', 1.0);
INSERT INTO mentions VALUES (1, 1, 1, 29, 37, 'PERSON', 'Ana Róca', 0.5);
INSERT INTO mentions VALUES (1, 2, 2, 39, 47, 'PERSON', 'Jon Vale', 1.0);
INSERT INTO mentions VALUES (1, 3, 3, 54, 57, 'CHARACTER', 'Max', 1.0);
INSERT INTO mentions VALUES (1, 4, 4, 70, 74, 'CHARACTER', 'Lily', 1.0);
INSERT INTO mentions VALUES (1, 5, 2, 93, 97, 'PERSON', 'Jon Vale', 1.0);
INSERT INTO entities VALUES (1, 0, 'WORK', 'The Lamp 😀', 'lamp', 1);
INSERT INTO entities VALUES (1, 1, 'PERSON', 'Ana Róca', 'ana roca', 1);
INSERT INTO entities VALUES (1, 2, 'PERSON', 'Jon Vale', 'jon vale', 2);
INSERT INTO entities VALUES (1, 3, 'CHARACTER', 'Max', 'max', 1);
INSERT INTO entities VALUES (1, 4, 'CHARACTER', 'Lily', 'lily', 1);
INSERT INTO credits VALUES (1, 0, 'Ana Róca', 'ana roca', 'director', NULL, NULL, 17, 37, 0.9);
INSERT INTO credits VALUES (1, 1, 'Jon Vale', 'jon vale', 'actor', 'Max', 'max', 39, 57, 0.8);
INSERT INTO relations VALUES (1, 0, 'Max', 'sibling of', 'Lily', 54, 74, 1.0);
INSERT INTO opinions VALUES (1, 0, 2, 76, 89, 'Superb acting', 'acting', 'positive', 'Jon Vale', 'jon vale', 0.83);
INSERT INTO verdicts VALUES (1, 0.9321, 8.12, 'yes', '8/10', 8.0, 10.0, 99, 103, [{'start': 76, 'end_': 98}]);
INSERT INTO films VALUES ('title:lamp', 'The Lamp 😀', NULL, 'text');
INSERT INTO people VALUES ('ana roca', 'Ana Róca');
INSERT INTO people VALUES ('jon vale', 'Jon Vale');
INSERT INTO corrections VALUES (1, 1, 'Kim', '2026-11-26 18:00:00', 'mention', '{"start":54,"end":57,"type":"CHARACTER","name":"Max","confidence":1.0}', NULL, '2026-11-26 18:01:00');
