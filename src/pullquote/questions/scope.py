"""The reviews that a question is about, with what their readings claim.

Reviews of one film lie scattered among all others, and what takes time is to unpack the blocks that they lie in, most
of all long and varied texts. So each table is asked once, for few and narrow columns; counting is done here, quotes
are cut from the texts of those reviews that are quoted, and keys are made of the names again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..render.words import SPOILER_FROM
from .claims import Credit, Mention, Opinion, Origin, Relation, Reviewed, Sentence

if TYPE_CHECKING:
    import duckdb

#: More than any probability.
_NOTHING_VEILED = 2.0
_REVIEWED = "SELECT review, film, rating_stars, stars, sentiment FROM reviews JOIN verdicts USING (review)"


class Scope:
    """Some reviews and their claims; each kind is fetched when it is first asked for, and kept."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, reviewed: Iterable[Reviewed], *, spoilers: bool) -> None:
        """Of these reviews; nothing is veiled with ``spoilers``. See `of_film` and `of_reviews`."""
        self._connection = connection
        self._spoilers = spoilers
        self._origins: dict[int, Origin] = {}
        #: The reviews by their numbers, in order.
        self.reviews: Mapping[int, Reviewed] = {one.review: one for one in sorted(reviewed)}

    @cached_property
    def sentences(self) -> dict[tuple[int, int], Sentence]:
        """All sentences by the numbers of their review and their own; veiled from `SPOILER_FROM` on."""
        veiled_from = _NOTHING_VEILED if self._spoilers else SPOILER_FROM
        return {
            (review, segment): Sentence(start, end, polarity, spoiler >= veiled_from)
            for review, segment, start, end, polarity, spoiler in self._rows(
                "segments", "segment, start, end_, polarity, spoiler"
            )
        }

    @cached_property
    def opinions(self) -> list[Opinion]:
        """All opinions, in no order."""
        columns = "opinion, segment, start, end_, aspect, polarity, target, confidence"
        return [Opinion._make(row) for row in self._rows("opinions", columns)]

    def mentions(self) -> Iterator[Mention]:
        """All mentions, in no order; they are many and not kept."""
        return map(Mention._make, self._rows("mentions", "start, end_, type, name"))

    @cached_property
    def credits(self) -> list[Credit]:
        """All credits, in no order."""
        columns = "start, end_, person, person_key, role, character, character_key"
        return [Credit._make(row) for row in self._rows("credits", columns)]

    def relations(self) -> Iterator[Relation]:
        """All relations, in no order; not kept."""
        return map(Relation._make, self._rows("relations", "start, end_, subject, relation, object"))

    def titles(self) -> set[str]:
        """What the reviews call their film."""
        rows = self._rows("readings", "film_title", where="replaced_at IS NULL AND film_title IS NOT NULL")
        return {title for _, title in rows}

    @cached_property
    def _veils(self) -> dict[int, list[Sentence]]:
        veils: dict[int, list[Sentence]] = defaultdict(list)
        for (review, _), sentence in self.sentences.items():
            if sentence.veiled:
                veils[review].append(sentence)
        return veils

    def hidden(self, claim: Mention | Credit | Relation) -> bool:
        """Whether a claim touches a veiled sentence."""
        veils = self._veils.get(claim.review)
        return veils is not None and any(veil.start < claim.end and veil.end > claim.start for veil in veils)

    def origins(self, reviews: Iterable[int]) -> dict[int, Origin]:
        """Text and source of at least these of the reviews."""
        if missing := set(reviews).difference(self._origins):
            rows = self._rows("reviews", "id, source, author, url, text", missing)
            self._origins.update((review, Origin(*rest)) for review, *rest in rows)
        return self._origins

    def _rows(
        self, table: str, columns: str, reviews: Iterable[int] | None = None, *, where: str = "TRUE"
    ) -> list[tuple[Any, ...]]:
        """Rows of ``table`` about ``reviews`` (None: all in scope): the number of the review, then ``columns``."""
        return self._connection.execute(
            f"SELECT review, {columns} FROM {table} WHERE review IN (SELECT unnest($1::BIGINT[])) AND {where}",
            [sorted(self.reviews if reviews is None else reviews)],
        ).fetchall()


def of_film(connection: duckdb.DuckDBPyConnection, film: str, *, spoilers: bool) -> Scope:
    """The reviews of the film with this id; unless ``spoilers``, sentences that give the story away are veiled."""
    rows = connection.execute(f"{_REVIEWED} WHERE film = $1", [film]).fetchall()
    return Scope(connection, map(Reviewed._make, rows), spoilers=spoilers)


def of_reviews(connection: duckdb.DuckDBPyConnection, reviews: Iterable[int], *, spoilers: bool) -> Scope:
    """The reviews with these numbers; unless ``spoilers``, sentences that give the story away are veiled."""
    chosen = "review IN (SELECT unnest($1::BIGINT[]))"
    rows = connection.execute(f"{_REVIEWED} WHERE {chosen}", [sorted(set(reviews))]).fetchall()
    return Scope(connection, map(Reviewed._make, rows), spoilers=spoilers)
