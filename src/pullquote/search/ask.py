"""Search: a question in words to sentences of the library, by words, by meaning, or by both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast, get_args

from ..errors import InputError
from ..library.answer import Answer
from .filters import Filters, Scope, resolved
from .found import Found, fetched, table
from .fusion import fused
from .index import Index
from .query import Query, parsed

if TYPE_CHECKING:
    import duckdb
    import numpy as np
    from lancedb.query import FullTextQuery, LanceQueryBuilder, LanceVectorQueryBuilder
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
    By meaning: the nearest sentence vectors. By both: the two rankings fused. Each answer is read from the
    library again and shown only if its words stand there and the filters hold.

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
        missing = index.check(cursor)
        scope = resolved(cursor, filters or Filters())
        order = _ranked(index, query, scope, by, limit)
        return Answers(tuple(_checked(cursor, index, order, query, scope, limit)), missing)


def _ranked(index: Index, query: Query, scope: Scope, by: By, limit: int) -> list[int]:
    """Rows of the index, best first."""
    depth = max(_DEPTH, 2 * limit)
    ways = {"words": (_by_words,), "meaning": (_by_meaning,), "both": (_by_words, _by_meaning)}[by]
    # One after the other: LanceDB uses all cores for each, and two at once come out slower.
    rankings = [way(index, query, scope, depth) for way in ways]
    order = fused(rankings)
    if query.phrases and by == "both":
        # Vectors know nothing of phrases; what they bring may only lift what holds them.
        held = set(rankings[0])
        order = [row for row in order if row in held]
    return order


def _by_words(index: Index, query: Query, scope: Scope, depth: int) -> list[int]:
    from lancedb.query import BooleanQuery, MatchQuery, Occur, PhraseQuery

    # LanceDB's queries have defaults that their types do not tell.
    asked: FullTextQuery = MatchQuery(query.words, "words")  # type: ignore[call-arg]
    if query.phrases:
        musts = [(Occur.MUST, PhraseQuery(phrase, "words")) for phrase in query.phrases]  # type: ignore[call-arg]
        asked = BooleanQuery([*musts, (Occur.SHOULD, asked)])
    builder = index.table.search(asked, query_type="fts").select(["_score"]).with_row_id(True).limit(depth)
    if condition := scope.condition():
        builder = builder.where(condition, prefilter=True)
    return _rows(index, builder)


def _by_meaning(index: Index, query: Query, scope: Scope, depth: int) -> list[int]:
    vector: NDArray[np.float32] = index.sentences.vectors([query.words])[0]
    if not vector.any():
        return []
    asked = cast("LanceVectorQueryBuilder", index.table.search(vector, vector_column_name="vector"))
    builder = asked.distance_type("l2")
    condition = scope.condition()
    if scope.narrow:
        # Going through all of what little is in scope is exact, and quicker than looking for cells that hold some.
        builder = builder.bypass_vector_index()
    else:
        # 0 is without end: a filter may leave too little in any number of cells.
        builder = builder.minimum_nprobes(_CELLS).maximum_nprobes(0 if condition else _CELLS)
    builder = builder.select(["_distance"]).with_row_id(True).limit(depth)
    if condition:
        builder = builder.where(condition, prefilter=True)
    return _rows(index, builder)


def _rows(index: Index, builder: LanceQueryBuilder) -> list[int]:
    with index.failing():
        rows: list[int] = builder.to_arrow()["_rowid"].to_pylist()
    return rows


def _checked(
    connection: duckdb.DuckDBPyConnection, index: Index, order: Sequence[int], query: Query, scope: Scope, limit: int
) -> list[Found]:
    """The first ``limit`` of the rows ``order`` that the library bears out and that hold every phrase."""
    answers: list[Found] = []
    together = max(limit, _TOGETHER)
    for first in range(0, len(order), together):
        part = list(order[first : first + together])
        with index.failing():
            rows = index.table.take_row_ids(part).select(["review", "segment", "words"]).with_row_id().to_arrow()
        units = {row.pop("_rowid"): row for row in rows.to_pylist()}
        places = {row: (unit["review"], unit["segment"]) for row, unit in units.items()}
        there = fetched(connection, list(places.values()), people_too=bool(scope.people))
        for row in part:
            found = there.get(places[row]) if row in places else None
            if found and found.words == units[row]["words"] and query.stands_in(found.words) and scope.holds(found):
                answers.append(found)
        if len(answers) >= limit:
            break
    return answers[:limit]
