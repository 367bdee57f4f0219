"""The library's tables as DuckDB makes them of ``rows``: one row per review, its reading nested, numbered.

``rows`` has the columns of `pullquote.scale.schema.row_schema` and ``review``, the number of the review. The function
``name_key`` (`functions`) must be there. Each SELECT gives the columns of the table of its name in
``library/schema.sql``, in the order of reviews and claims.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..library.keys import name_key
from ..library.rows import SURE_OF_FILM

if TYPE_CHECKING:
    import duckdb

#: Mentions with what tells entities apart, and those in the order in which they are first named.
_NAMED = """(
    SELECT review, mentions, keys, list_filter(keys, lambda k, i: list_position(keys, k) = i) AS entities
    FROM (SELECT review, mentions, list_transform(mentions, lambda m: m.type || ' ' || m.name) AS keys FROM rows)
)"""

#: Opinions with the number of sentences that begin before them or where they begin.
_JUDGED = """(
    SELECT review, ends, opinions, list_transform(opinions, lambda o: len(list_filter(starts, lambda s: s <= o.start)))
        AS places
    FROM (
        SELECT review, opinions, list_transform(segments, lambda s: s.start) AS starts,
               list_transform(segments, lambda s: s."end") AS ends FROM rows
    )
)"""

#: Names of people in the order in which they come.
_PEOPLE = """(
    SELECT review, 0 AS kind, n, m.name AS name FROM (
        SELECT review, unnest(mentions) AS m, unnest(range(len(mentions))) AS n FROM rows
    ) WHERE m.type = 'PERSON'
    UNION ALL
    SELECT review, 1, n, c.person FROM (
        SELECT review, unnest(credits) AS c, unnest(range(len(credits))) AS n FROM rows
    )
)"""

REVIEWS = """
    SELECT review, key, id, source, origin, text, film_key AS film, film_by, film_id, title, year, headline,
           rating, rating_value, rating_scale, rating_stars, author, written, url, NULL::TIMESTAMP AS added
    FROM rows
"""

READINGS = """
    SELECT review AS reading, review, model, schema, NULL::TIMESTAMP AS read_at, film.title AS film_title,
           film.start AS film_start, film."end" AS film_end, film.confidence AS film_confidence, warnings,
           NULL::TIMESTAMP AS replaced_at, NULL::JSON AS replaced, NULL::JSON AS machine
    FROM rows
"""

#: Claims of the readings.
CLAIMS = {
    "segments": """
        SELECT review, n::INTEGER AS segment, s.start AS start, s."end" AS end_, s.role AS role,
               s.polarity AS polarity, s.spoiler AS spoiler, s.confidence AS confidence
        FROM (SELECT review, unnest(segments) AS s, unnest(range(len(segments))) AS n FROM rows)
    """,
    "mentions": f"""
        SELECT review, n::INTEGER AS mention, (entity - 1)::INTEGER AS entity, m.start AS start, m."end" AS end_,
               m.type AS type, m.name AS name, m.confidence AS confidence
        FROM (
            SELECT review, unnest(mentions) AS m, unnest(range(len(mentions))) AS n,
                   unnest(list_transform(keys, lambda k: list_position(entities, k))) AS entity FROM {_NAMED}
        )
    """,
    "entities": f"""
        SELECT review, n::INTEGER AS entity, split_part(e, ' ', 1) AS type, e[strpos(e, ' ') + 1 :] AS name,
               name_key(e[strpos(e, ' ') + 1 :]) AS key, times::INTEGER AS mentions
        FROM (
            SELECT review, unnest(entities) AS e, unnest(range(len(entities))) AS n,
                   unnest(list_transform(entities, lambda e: len(list_filter(keys, lambda k: k = e)))) AS times
            FROM {_NAMED}
        )
    """,
    "credits": """
        SELECT review, n::INTEGER AS credit, c.person AS person, name_key(c.person) AS person_key, c.role AS role,
               c."character" AS "character", name_key(nullif(c."character", '')) AS character_key, c.start AS start,
               c."end" AS end_, c.confidence AS confidence
        FROM (SELECT review, unnest(credits) AS c, unnest(range(len(credits))) AS n FROM rows)
    """,
    "relations": """
        SELECT review, n::INTEGER AS relation_no, r.subject AS subject, r.relation AS relation, r.object AS object,
               r.start AS start, r."end" AS end_, r.confidence AS confidence
        FROM (SELECT review, unnest(relations) AS r, unnest(range(len(relations))) AS n FROM rows)
    """,
    "opinions": f"""
        SELECT review, n::INTEGER AS opinion,
               CASE WHEN place > 0 AND o.start < ends[place] THEN place - 1 END::INTEGER AS segment,
               o.start AS start, o."end" AS end_, o.quote AS quote, o.aspect AS aspect, o.polarity AS polarity,
               o.target AS target, name_key(nullif(o.target, '')) AS target_key, o.confidence AS confidence
        FROM (
            SELECT review, ends, unnest(opinions) AS o, unnest(range(len(opinions))) AS n, unnest(places) AS place
            FROM {_JUDGED}
        )
    """,
    "verdicts": """
        SELECT review, verdict.sentiment AS sentiment, verdict.stars AS stars, verdict.recommend AS recommend,
               verdict.stated_rating.text AS stated, verdict.stated_rating.value AS stated_value,
               verdict.stated_rating.scale AS stated_scale, verdict.stated_rating.start AS stated_start,
               verdict.stated_rating."end" AS stated_end,
               list_transform(verdict.evidence, lambda e: {'start': e.start, 'end_': e."end"}) AS evidence
        FROM rows
    """,
}

#: The fullest form of each name, the first of those as long.
PEOPLE = f"""
    SELECT name_key(name) AS person, arg_max(name, (length(name), -review, -kind, -n)) AS name
    FROM {_PEOPLE} GROUP BY 1
"""

#: What the rows themselves tell of their films: what sources call them first, else what the first reading calls them.
FILMS = f"""
    SELECT film_key AS film, coalesce(first.title, first.told) AS title, first.year AS year,
           CASE WHEN first.title IS NOT NULL THEN 'given' WHEN first.told IS NOT NULL THEN 'text' END AS title_by
    FROM (
        SELECT film_key, arg_min(
            {{'title': title, 'told': told, 'year': CASE WHEN told IS NULL THEN year END::SMALLINT}},
            (title IS NULL AND told IS NULL, review)
        ) AS first
        FROM (
            SELECT review, film_key, title, year, CASE WHEN film_by = 'text' AND title IS NULL
                AND film.confidence >= {SURE_OF_FILM} THEN film.title END AS told
            FROM rows WHERE film_key IS NOT NULL
        ) GROUP BY film_key
    )
"""


def functions(connection: duckdb.DuckDBPyConnection) -> None:
    """See that ``connection`` has the functions that the tables are made with."""
    there = connection.execute("SELECT 1 FROM duckdb_functions() WHERE function_name = 'name_key'").fetchall()
    if not there:
        connection.create_function("name_key", name_key, ["VARCHAR"], "VARCHAR", side_effects=False)


def listed(addresses: Iterable[str]) -> str:
    """Files as a list in SQL, where a view or a common table allows for no parameter."""
    return "[" + ", ".join("'" + address.replace("'", "''") + "'" for address in addresses) + "]"
