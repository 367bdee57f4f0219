"""Quotes with the sentence they stand in and where they come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

#: Shorter quotes tell nothing and longer ones everything; sentences so long are no sentences.
_SHORTEST, _LONGEST, _LONGEST_SENTENCE = 12, 200, 600


@dataclass(frozen=True, slots=True)
class Candidate:
    """A quote that may be shown: it lies in one sentence, which judges as it does and gives nothing away.

    Spans count code points of the review; those of the sentence are ``sentence_start``, ``sentence_end``.
    """

    review: int
    opinion: int
    start: int
    end: int
    quote: str
    aspect: str
    polarity: str
    target: str | None
    confidence: float
    sentence_start: int
    sentence_end: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a critic: the review by its number here and its id in its source, the span, the whole sentence."""

    quote: str
    aspect: str
    polarity: str
    target: str | None
    confidence: float
    sentence: str
    review: int
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    id: str
    source: str
    author: str | None
    url: str | None


#: Ways to part candidates into groups, of which each gives its surest.
BY_ASPECT = "o.aspect, o.polarity"
BY_SIDE = "o.polarity"


def candidates(
    cursor: duckdb.DuckDBPyConnection,
    *,
    by: str = BY_ASPECT,
    each: int,
    where: str = "TRUE",
    values: Sequence[object] = (),
) -> list[Candidate]:
    """The surest quotes in scope, at most ``each`` of every group.

    Args:
        by: `BY_ASPECT` or `BY_SIDE`.
        where: further SQL on the opinion ``o``, with ``values`` for its parameters.
    """
    rows = cursor.execute(
        f"""
        SELECT o.review, o.opinion, o.start, o.end_, o.quote, o.aspect, o.polarity, o.target, o.confidence,
               s.start, s.end_
        FROM own_opinions o JOIN own_segments s USING (review, segment)
        WHERE o.polarity = s.polarity AND o.polarity IN ('positive', 'negative') AND o.end_ <= s.end_
          AND o.end_ - o.start BETWEEN {_SHORTEST} AND {_LONGEST} AND s.end_ - s.start <= {_LONGEST_SENTENCE}
          AND NOT s.veiled AND {where}
        QUALIFY row_number() OVER (PARTITION BY {by} ORDER BY o.confidence DESC, o.review, o.opinion) <= {int(each)}
        ORDER BY o.confidence DESC, o.review, o.opinion
        """,
        list(values),
    ).fetchall()
    return [Candidate(*row) for row in rows]


def sourced(cursor: duckdb.DuckDBPyConnection, chosen: Sequence[Candidate]) -> dict[tuple[int, int], Quote]:
    """Each of ``chosen`` with its sentence and source, by numbers of review and opinion.

    Texts are long, so they are looked up for what is shown alone.
    """
    if not chosen:
        return {}
    rows = cursor.execute(
        """
        WITH wanted AS (
            SELECT DISTINCT * FROM (
                SELECT unnest($1::BIGINT[]) AS review, unnest($2::INTEGER[]) AS start, unnest($3::INTEGER[]) AS end_
            )
        )
        SELECT r.review, w.start, substring(r.text, w.start + 1, w.end_ - w.start), r.id, r.source, r.author, r.url
        FROM reviews r JOIN wanted w USING (review)
        """,
        [[c.review for c in chosen], [c.sentence_start for c in chosen], [c.sentence_end for c in chosen]],
    ).fetchall()
    told = {(review, start): rest for review, start, *rest in rows}
    quotes = {}
    for c in chosen:
        sentence, *origin = told[c.review, c.sentence_start]
        quotes[c.review, c.opinion] = Quote(
            c.quote, c.aspect, c.polarity, c.target, c.confidence, sentence,
            c.review, c.start, c.end, c.sentence_start, c.sentence_end, *origin,
        )  # fmt: skip
    return quotes
