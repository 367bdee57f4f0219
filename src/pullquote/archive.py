"""The library as one works with it in Python: one class, the verbs of the command line."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from .errors import InputError
from .library.answer import Answer
from .library.store import Store, library_path, open_library

if TYPE_CHECKING:
    from types import TracebackType

    import duckdb

    from .catalogue.filing import Filed
    from .export.order import Form
    from .library.check import Fault
    from .library.ingest import Progress
    from .questions.compare import Comparison
    from .questions.dossier import Dossier
    from .questions.person import Profile
    from .reading import Reading
    from .search.ask import By


class Library:
    """A library of readings: takes reviews in, answers questions, each answer with its quotes.

    Opened at the first question and closed at the end of a ``with`` block or by ``close``. Questions only read;
    `ingest` opens the file to write for as long as it runs. Every question raises LibraryError if there is no
    library, and InputError for names it does not know.

    >>> import tempfile
    >>> from pullquote import Library
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with open(f"{folder}/one.txt", "w") as file:
    ...         _ = file.write('"The Lamp" is a superb film. The acting is wonderful.')
    ...     with Library(f"{folder}/mine.duckdb") as library:
    ...         _ = library.ingest(f"{folder}/one.txt", index=False)
    ...         library.sql("SELECT quote FROM opinions WHERE aspect = 'acting'").rows()
    [{'quote': 'The acting is wonderful'}]
    """

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        """Name the library; nothing is opened yet.

        Args:
            path: its file, or a folder of readings, which can be asked but not searched, linked, exported or changed;
                None takes ``$PULLQUOTE_LIBRARY``, else ``pullquote.duckdb`` in this folder.
        """
        self.path: Path = library_path(path)
        self._store: Store | None = None

    def __enter__(self) -> Library:
        """The library itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file; the next question opens it again."""
        if self._store is not None:
            self._store.close()
            self._store = None

    @property
    def store(self) -> Store:
        """The open file, to read; ``store.connection`` is plain DuckDB."""
        if self._store is None:
            self._store = open_library(self.path)
        return self._store

    @contextmanager
    def _asking(self, *films: str) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection to the open file, or to a folder's reviews of ``films``, of all films if none is named."""
        if self.path.is_dir() or self.path.suffix == ".parquet":
            from .folder.opened import asking

            with asking(self.path, films) as connection:
                yield connection
        else:
            yield self.store.connection

    def ingest(
        self, *sources: str | os.PathLike[str], model: str | None = None, workers: int = 1, reread: bool = False,
        mapping: Mapping[str, str] | None = None, scale: float | None = None, index: bool = True,
    ) -> Progress:  # fmt: skip
        """Read reviews into the library, which is made if it is not there; what is there is not read twice.

        Args:
            mapping: column of a table by field ("text", "title", "rating", ...), where its name does not tell.
            scale: best score of ratings that do not tell it themselves.
            index: bring the search index up to date at the end.

        Returns:
            How many were stored, there already, read again, failed (`failures` lists those).
        """
        from .library.ingest import Ingest
        from .search.index import update
        from .sources.open import named_records

        records = named_records([os.fspath(s) for s in sources], mapping=mapping, scale=scale)
        self.close()
        with open_library(self.path, write=True) as store:
            run = Ingest(store, model=model, workers=workers, reread=reread)
            for _ in run.run(records):
                pass
            if index:
                update(store)
        return run.progress

    def link(self, catalogue: str | os.PathLike[str] | None = None, *, threshold: float | None = None) -> Filed:
        """Give each review its film of a catalogue; see `pullquote.catalogue`."""
        from .catalogue.filing import link_library
        from .catalogue.store import Catalogue, catalogue_path

        self.close()
        with open_library(self.path, write=True, new=False) as store, Catalogue(catalogue_path(catalogue)) as films:
            return link_library(store, films, threshold=threshold)

    def search(
        self, words: str, *, film: str | None = None, person: str | None = None, aspect: str | None = None,
        polarity: str | None = None, role: str | None = None, spoiler_free: bool = False,
        min_stars: float | None = None, max_stars: float | None = None, since: dt.date | None = None,
        until: dt.date | None = None, source: str | None = None, by: By = "both", limit: int = 10,
    ) -> Answer:  # fmt: skip
        """Sentences that answer ``words`` by words and by meaning, best first; see `pullquote.search`."""
        from .search.ask import search
        from .search.filters import Filters
        from .search.index import Index, index_folder

        filters = Filters(
            film=film, person=person, aspect=aspect, polarity=polarity, role=role, spoiler_free=spoiler_free,
            min_stars=min_stars, max_stars=max_stars, since=since, until=until, source=source,
        )  # fmt: skip
        index = Index(index_folder(self.path))
        return search(self.store.connection, index, words, filters=filters, by=by, limit=limit).answer()

    def film(self, named: str, *, spoilers: bool = False) -> Dossier:
        """The dossier of a film, by its title or id."""
        from .questions.dossier import dossier

        with self._asking(named) as connection:
            return dossier(connection, named, spoilers=spoilers)

    def timeline(self, named: str) -> Answer:
        """Praise over time: the reviews of a film by the year they were written in, and the share favourable."""
        from .questions.films import find_film
        from .questions.timeline import timeline

        with self._asking(named) as connection:
            return timeline(connection, find_film(connection, named).film)

    def compare(self, *named: str, spoilers: bool = False) -> Comparison:
        """Films side by side, aspect by aspect."""
        from .questions.compare import compare

        with self._asking(*named) as connection:
            return compare(connection, named, spoilers=spoilers)

    def rank(
        self, aspect: str | None = None, *, blamed: bool = False, worst: bool = False, min_reviews: int = 10,
        limit: int = 20,
    ) -> Answer:  # fmt: skip
        """Films in order of how surely an aspect is praised, or the film as a whole found favourable."""
        from .questions.rank import rank

        with self._asking() as connection:
            return rank(connection, aspect, blamed=blamed, worst=worst, min_reviews=min_reviews, limit=limit)

    def person(self, named: str, *, spoilers: bool = False) -> Profile:
        """What a person did in which film, and how they are spoken of."""
        from .questions.person import person

        with self._asking() as connection:
            return person(connection, named, spoilers=spoilers)

    def blurbs(self, named: str, *, limit: int = 10, all_reviews: bool = False, spoilers: bool = False) -> Answer:
        """Quotable praise of a film, with its sources."""
        from .questions.blurbs import blurbs

        with self._asking(named) as connection:
            return blurbs(connection, named, limit=limit, all_reviews=all_reviews, spoilers=spoilers)

    def sql(self, query: str, values: Sequence[object] = ()) -> Answer:
        """Whatever one statement of SQL asks; ``?`` in it stand for ``values``."""
        import duckdb

        try:
            with self._asking() as connection:
                return Answer(connection.cursor().sql(query, params=list(values)).to_arrow_table())
        except duckdb.Error as error:
            raise InputError(str(error)) from error

    def failures(self) -> Answer:
        """What could not be read: source, origin, reason, failed_at."""
        return self.sql("SELECT source, origin, reason, failed_at FROM failures ORDER BY source, origin")

    def reading(self, review: int) -> Reading:
        """The reading in force of the review with this number (`reviews.review`).

        Raises:
            InputError: if there is no such review.
        """
        from .library.rebuild import readings

        found = readings(self.store.connection.cursor(), [review])
        if review not in found:
            raise InputError(f"there is no review {review} in {self.path}")
        return found[review]

    def check(self) -> list[Fault]:
        """Rules of the tables that are broken; none is good."""
        from .library.check import check

        return check(self.store)

    def export(
        self, output: str | os.PathLike[str],
        form: Form | Literal["parquet", "csv", "jsonl", "webannotation", "spacy", "labelstudio", "gold"], *,
        films: Sequence[str] = (), tables: Sequence[str] = (), with_text: bool = False,
    ) -> int:  # fmt: skip
        """Write reviews, of all films or of ``films``, for other tools; gives how many."""
        from .export.order import Form, Order, Selection
        from .export.run import export

        order = Order(Form(form), Selection(films=tuple(films)), tables=tuple(tables), with_text=with_text)
        return export(self.store, order, Path(output)).reviews
