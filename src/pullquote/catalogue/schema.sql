-- A catalogue of films, version 1. One DuckDB file, built by `pullquote catalogue build`; it is never changed, only
-- built anew.

-- What this file is: 'catalogue' (its version), 'built' (UTC), 'sources'.
CREATE TABLE meta (
    name  VARCHAR NOT NULL,
    value VARCHAR NOT NULL
);

-- One row per film or series.
CREATE TABLE films (
    film     VARCHAR NOT NULL, -- its id in the source: tt0133093
    title    VARCHAR NOT NULL,
    original VARCHAR,          -- its title in its own language, where the source tells it
    kind     VARCHAR,          -- movie, tvMovie, short, tvShort, tvSeries, tvMiniSeries, tvSpecial, video
    year     SMALLINT,
    votes    INTEGER           -- how many people rated it, where title.ratings was among the files
);

-- What a film is found by: every key of every title of it. Sorted by key.
CREATE TABLE titles (
    key     VARCHAR NOT NULL,  -- a title without case, accents, signs, spaces, leading article
    film    VARCHAR NOT NULL,  -- films.film
    extent  VARCHAR NOT NULL,  -- 'whole', or 'short': the part before the colon
    origin  VARCHAR NOT NULL,  -- of which title: 'title', 'original', 'aka'
    article VARCHAR NOT NULL,  -- 'the', 'a', 'an' where the title began with it, else ''
    title   VARCHAR NOT NULL   -- that title as the source writes it
);

-- People with a credit on one of the films.
CREATE TABLE people (
    person VARCHAR NOT NULL,   -- their id in the source: nm0000206
    name   VARCHAR NOT NULL,
    key    VARCHAR NOT NULL    -- the name without case, accents, signs, honorifics
);

-- Who did what on which film. Sorted by film.
CREATE TABLE credits (
    film       VARCHAR NOT NULL,
    person     VARCHAR NOT NULL, -- people.person
    role       VARCHAR NOT NULL, -- as the source names it: director, actor, composer, ...
    characters VARCHAR           -- as the source writes them: ["Neo"]
);
