-- A library of readings, version 3. One DuckDB file; every table can be asked with plain SQL.
--
-- Spans (start, end_) are half-open and count Unicode code points of reviews.text:
--   substring(text, start + 1, end_ - start) are the words themselves.
-- Claims (segments, mentions, entities, credits, relations, opinions, verdicts) are those of the review's
-- reading in force, with what readers corrected; what the machine read there is kept whole in readings.machine,
-- and what an earlier reading claimed in readings.replaced.
-- Rows of one review stand together and in the order of reviews.review, so that one review is found fast.

-- What this file is: version, id, and counters that tell whether derived data is up to date.
CREATE TABLE meta (
    name  VARCHAR NOT NULL,        -- 'schema', 'library', 'created', 'changes'
    value VARCHAR NOT NULL
);

-- One row per review, as it came.
CREATE TABLE reviews (
    review       BIGINT NOT NULL,  -- its number here, from 1, in order of arrival
    key          VARCHAR NOT NULL, -- what it is known by: 32 hex digits, BLAKE2b of text, film and author
    id           VARCHAR NOT NULL, -- its id in the source
    source       VARCHAR NOT NULL, -- file or folder it was ingested from, as named on the command line
    origin       VARCHAR NOT NULL, -- where exactly: "reviews.csv:12"
    text         VARCHAR NOT NULL USING COMPRESSION uncompressed, -- the review to the letter; all spans count in it
                                   -- (not packed: an answer shows a few texts, and packed ones
                                   -- can be unpacked by the thousand only)
    film         VARCHAR,          -- the film it is about: films.film
    film_by      VARCHAR,          -- who says so: 'given' (id in the source), 'title' (title in the source),
                                   -- 'link' (pullquote link), 'text' (the reading's own film title)
    film_id      VARCHAR,          -- film id as the source gives it
    title        VARCHAR,          -- film title as the source gives it
    year         SMALLINT,         -- year of the film as the source gives it
    headline     VARCHAR,          -- the review's own heading
    rating       VARCHAR,          -- the reviewer's score to the letter: "3.5/5", "B+"
    rating_value DOUBLE,
    rating_scale DOUBLE,           -- the best score on its scale
    rating_stars DOUBLE,           -- the same from 1 to 10
    author       VARCHAR,
    written      DATE,
    url          VARCHAR,
    added        TIMESTAMP NOT NULL -- UTC
);

-- One row per time a review was read. The reading in force has replaced_at null.
CREATE TABLE readings (
    reading         BIGINT NOT NULL,  -- its number, from 1; a correction gives it the next one
    review          BIGINT NOT NULL,
    model           VARCHAR NOT NULL, -- name/version of the model that read
    schema          VARCHAR NOT NULL, -- form of the reading: "pullquote.reading/1"
    read_at         TIMESTAMP NOT NULL, -- UTC
    film_title      VARCHAR,          -- the film's name by the text, and its span
    film_start      INTEGER,
    film_end        INTEGER,
    film_confidence DOUBLE,
    warnings        VARCHAR[] NOT NULL,
    replaced_at     TIMESTAMP,        -- when a later reading took its place
    replaced        JSON,             -- the machine's whole reading, once it is replaced
    machine         JSON              -- the machine's whole reading, while the claims are corrected ones
);

-- Sentences in reading order.
CREATE TABLE segments (
    review     BIGINT NOT NULL,
    segment    INTEGER NOT NULL,   -- number within the review, from 0
    start      INTEGER NOT NULL,
    end_       INTEGER NOT NULL,
    role       VARCHAR NOT NULL,   -- plot, opinion, context, meta
    polarity   VARCHAR NOT NULL,   -- positive, negative, mixed, neutral
    spoiler    DOUBLE NOT NULL,     -- probability that it gives the story away
    confidence DOUBLE NOT NULL      -- of the role
);

-- Every occurrence of every name.
CREATE TABLE mentions (
    review     BIGINT NOT NULL,
    mention    INTEGER NOT NULL,   -- number within the review, from 0
    entity     INTEGER NOT NULL,   -- entities.entity of the same review
    start      INTEGER NOT NULL,
    end_       INTEGER NOT NULL,
    type       VARCHAR NOT NULL,   -- PERSON, CHARACTER, WORK, ORG, PLACE, EVENT
    name       VARCHAR NOT NULL,   -- fullest form in the review
    confidence DOUBLE NOT NULL
);

-- Whoever and whatever a review names, once each.
CREATE TABLE entities (
    review   BIGINT NOT NULL,
    entity   INTEGER NOT NULL,     -- number within the review, from 0
    type     VARCHAR NOT NULL,
    name     VARCHAR NOT NULL,
    key      VARCHAR NOT NULL,     -- the name without case, accents, signs, honorifics: joins reviews
    mentions INTEGER NOT NULL      -- how often it is named
);

-- Who did what on the film, and who plays whom.
CREATE TABLE credits (
    review        BIGINT NOT NULL,
    credit        INTEGER NOT NULL,
    person        VARCHAR NOT NULL, -- as the review names them, fullest form
    person_key    VARCHAR NOT NULL, -- people.person
    role          VARCHAR NOT NULL, -- director, writer, actor, ...
    character     VARCHAR,
    character_key VARCHAR,
    start         INTEGER NOT NULL,
    end_          INTEGER NOT NULL,
    confidence    DOUBLE NOT NULL
);

-- How characters stand to each other: "subject relation object".
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

-- What was praised and panned.
CREATE TABLE opinions (
    review     BIGINT NOT NULL,
    opinion    INTEGER NOT NULL,   -- number within the review, from 0
    segment    INTEGER,            -- the sentence it begins in
    start      INTEGER NOT NULL,
    end_       INTEGER NOT NULL,
    quote      VARCHAR NOT NULL,   -- the words at the span
    aspect     VARCHAR NOT NULL,   -- overall, story, writing, acting, ...
    polarity   VARCHAR NOT NULL,   -- positive, negative, mixed
    target     VARCHAR,            -- whom or what it judges, where named
    target_key VARCHAR,
    confidence DOUBLE NOT NULL
);

-- The review as a whole; one row per review.
CREATE TABLE verdicts (
    review       BIGINT NOT NULL,
    sentiment    DOUBLE NOT NULL,   -- calibrated probability that it is favourable
    stars        DOUBLE NOT NULL,   -- estimate, 1 to 10
    recommend    VARCHAR NOT NULL, -- yes, no, mixed, none
    stated       VARCHAR,          -- a score spelled out in the text, to the letter
    stated_value DOUBLE,
    stated_scale DOUBLE,
    stated_start INTEGER,
    stated_end   INTEGER,
    evidence     STRUCT(start INTEGER, end_ INTEGER)[] NOT NULL -- the passages that weigh most
);

-- Films that reviews here are about. A film known by its title alone has an id made of it: "title:la misma luna (2007)".
CREATE TABLE films (
    film     VARCHAR NOT NULL,
    title    VARCHAR,              -- null while nobody has told it
    year     SMALLINT,
    title_by VARCHAR               -- 'given' by a source, 'catalogue', or 'text' (what most reviews of it call it)
);

-- People credited or named in reviews here, once each.
CREATE TABLE people (
    person    VARCHAR NOT NULL,    -- the key of their name
    name      VARCHAR NOT NULL     -- as most fully written
);

-- Which film a review is about by `pullquote link`, with probability and evidence.
CREATE TABLE links (
    review      BIGINT NOT NULL,
    film        VARCHAR NOT NULL,
    probability DOUBLE NOT NULL,
    evidence    JSON NOT NULL,     -- what spoke for it: title span, year, people
    linked_at   TIMESTAMP NOT NULL
);

-- What could not be read, and why. Gone once the same place is read well.
CREATE TABLE failures (
    source    VARCHAR NOT NULL,
    origin    VARCHAR NOT NULL,
    reason    VARCHAR NOT NULL,
    failed_at TIMESTAMP NOT NULL
);

-- What readers mended; the machine's reading is never overwritten (readings.machine).
CREATE TABLE corrections (
    correction BIGINT NOT NULL,    -- its number, from 1, in the order they were made
    review     BIGINT NOT NULL,
    author     VARCHAR NOT NULL,
    made_at    TIMESTAMP NOT NULL, -- UTC
    kind       VARCHAR NOT NULL,   -- 'segment', 'mention', 'credit', 'relation', 'opinion', 'film', 'verdict', or
                                   -- 'checked': the whole reading is right
    before     JSON,               -- the claim it replaces, null where one is added
    after      JSON,               -- the claim in its place, null where one is taken out; the reading checked
    undone_at  TIMESTAMP,
    set_aside  VARCHAR             -- why it does not fit the reading in force, made by another model since
);

-- Sentences with their words, for people who ask by hand.
CREATE VIEW sentences AS
SELECT s.review, s.segment, substring(r.text, s.start + 1, s.end_ - s.start) AS words,
       s.role, s.polarity, s.spoiler, s.confidence
FROM segments s JOIN reviews r USING (review);

-- Stars of each review: the reviewer's own where there are any, else the reading's estimate.
CREATE VIEW ratings AS
SELECT r.review, r.film, coalesce(r.rating_stars, v.stars) AS stars, r.rating_stars IS NOT NULL AS given,
       v.sentiment, v.recommend
FROM reviews r JOIN verdicts v USING (review);
