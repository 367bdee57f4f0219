"""Search: a question in words to sentences of the library, by words, by meaning, or by both."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from ..errors import InputError
from ..library.answer import Answer
from .claims import Claims, claimed, unpacked
from .filters import Filters, Scope, resolved
from .found import Found, fetched, table
from .fusion import fused
from .index import Index
from .query import Query, parsed

if TYPE_CHECKING:
    import duckdb
    import numpy as np
    from lancedb.query import AsyncStandardQuery, FullTextQuery
    from numpy.typing import NDArray

By = Literal["words", "meaning", "both"]
#: Sentences that each ranking brings to the fusion, at least.
_DEPTH = 50
#: Answers read from the library at once, at least.
_TOGETHER = 10
#: Most answers to one question.
MOST = 1_000
#: Cells of the vector index that are looked into. That is all of them up to some 400,000 sentences; looking into all
#: of a larger one would take longer with every review that comes.
_CELLS = 100


@dataclass(frozen=True, slots=True)
class Answers:
    """What a search gives: answers, best first, and how many reviews the index does not know as they are now."""

    found: tuple[Found, ...]
    missing: int

    def answer(self) -> Answer:
        """The same as a table."""
        return Answer(table(self.found))


def search(
    connection: duckdb.DuckDBPyConnection, index: Index, words: str, *, filters: Filters | None = None,
    by: By = "both", limit: int = 10,
) -> Answers:  # fmt: skip
    """Sentences that answer ``words``, best first.

    By words: BM25 (Robertson and Zaragoza, 2009) over stems; text in double quotation marks must stand as it is.
    By meaning: the nearest sentence vectors. By both: the two rankings fused. Review and film of each answer are
    read from the library, and it is shown only if its words stand in the review's text there and the filters hold.
    What is said of the sentence is read there, too, if its review was read again or corrected since it was indexed.

    Args:
        connection: the library that the index belongs to.

    Raises:
        InputError: if there is nothing to search for, a filter names what is not there, or the index is damaged or
            another library's.
    """
    if by not in get_args(By):
        raise InputError(f"cannot search by {by!r}; there are: {', '.join(get_args(By))}")
    if not 1 <= limit <= MOST:
        raise InputError(f"from 1 to {MOST} answers can be had, not {limit}")
    query = parsed(words)
    with connection.cursor() as cursor:
        missing = frozenset(index.missing(cursor))
        scope = resolved(cursor, filters or Filters())
        order = index.run(_ranked(index, query, scope, by, limit))
        return Answers(tuple(_checked(cursor, index, order, query, scope, limit, missing)), len(missing))


async def _ranked(index: Index, query: Query, scope: Scope, by: By, limit: int) -> list[int]:
    """Rows of the index, best first."""
    depth = max(_DEPTH, 2 * limit)
    ways = {"words": (_by_words,), "meaning": (_by_meaning,), "both": (_by_words, _by_meaning)}[by]
    # One after the other: LanceDB uses all cores for each, and two at once come out slower.
    rankings = [await way(index, query, scope, depth) for way in ways]
    order = fused(rankings)
    if query.phrases and by == "both":
        # Vectors know nothing of phrases; what they bring may only lift what holds them.
        held = set(rankings[0])
        order = [row for row in order if row in held]
    return order


async def _by_words(index: Index, query: Query, scope: Scope, depth: int) -> list[int]:
    from lancedb.query import BooleanQuery, MatchQuery, Occur, PhraseQuery

    # LanceDB's queries have defaults that their types do not tell.
    asked: FullTextQuery = MatchQuery(query.words, "words")  # type: ignore[call-arg]
    if query.phrases:
        musts = [(Occur.MUST, PhraseQuery(phrase, "words")) for phrase in query.phrases]  # type: ignore[call-arg]
        asked = BooleanQuery([*musts, (Occur.SHOULD, asked)])
    return await _rows(index.table.query().nearest_to_text(asked).select(["_score"]), scope, depth)


async def _by_meaning(index: Index, query: Query, scope: Scope, depth: int) -> list[int]:
    vector: NDArray[np.float32] = index.sentences.vectors([query.words])[0]
    if not vector.any():
        return []
    asked = index.table.query().nearest_to(vector).column("vector").distance_type("l2").select(["_distance"])
    if scope.narrow:
        # Going through all of what little is in scope is exact, and quicker than looking for cells that hold some.
        asked = asked.bypass_vector_index()
    else:
        # 0 is without end: a filter may leave too little in any number of cells.
        asked = asked.maximum_nprobes(0 if scope.condition() else _CELLS).minimum_nprobes(_CELLS)
    return await _rows(asked, scope, depth)


async def _rows(asked: AsyncStandardQuery, scope: Scope, depth: int) -> list[int]:
    """Numbers of the rows that ``asked`` brings, best first; the filters hold before it ranks."""
    if condition := scope.condition():
        asked = asked.where(condition)
    rows: list[int] = (await asked.with_row_id().limit(depth).to_arrow())["_rowid"].to_pylist()
    return rows


def _checked(
    connection: duckdb.DuckDBPyConnection, index: Index, order: Sequence[int], query: Query, scope: Scope, limit: int,
    missing: Set[int],
) -> list[Found]:  # fmt: skip
    """The first ``limit`` of the rows ``order`` that the library bears out and that hold every phrase.

    Args:
        missing: reviews of which the index is not to be believed: the library is asked what it says of them.
    """
    answers: list[Found] = []
    together = max(limit, _TOGETHER)
    for first in range(0, len(order), together):
        part = list(order[first : first + together])
        units = index.run(_units(index, part))
        known = {claims.place: claims for _, claims in units.values() if claims.review not in missing}
        if again := {claims.place for _, claims in units.values()} - known.keys():
            now = claimed(connection, sorted({review for review, _ in again}))
            known |= {place: now[place] for place in again if place in now}
        there = fetched(connection, known.values(), people_too=bool(scope.people))
        for words, claims in (units[row] for row in part if row in units):
            found = there.get(claims.place)
            if found and found.words == words and query.stands_in(words) and scope.holds(found):
                answers.append(found)
        if len(answers) >= limit:
            break
    return answers[:limit]


async def _units(index: Index, rows: list[int]) -> dict[int, tuple[str, Claims]]:
    """Words and claims of rows of the index, by the row's number."""
    table = await index.table.take_row_ids(rows).select(["words", "claims"]).with_row_id().to_arrow()
    kept = (table[name].to_pylist() for name in ("_rowid", "words", "claims"))
    return {row: (words, unpacked(claims)) for row, words, claims in zip(*kept, strict=True)}
