"""Sums over films: those of the dossier, whether counted at once or file by file."""

import itertools
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pullquote.errors import InputError, LibraryError
from pullquote.folder.found import find
from pullquote.folder.load import Load
from pullquote.folder.sums import Sums
from pullquote.library.store import Store
from pullquote.questions.dossier import dossier

from .made import folder, part, reads, table


def update(sums: Sums, out: Path) -> list[int]:
    """Count what is new."""
    found = find(str(out))
    assert found is not None
    return list(sums.update(found))


def tables(sums: Sums) -> list[list[tuple[object, ...]]]:
    """Everything that is kept of films, rounded where it adds up in another order."""
    films = "SELECT * REPLACE (round(stars, 9) AS stars, round(squares, 9) AS squares) FROM films ORDER BY film"
    return [
        sums.connection.execute(query).fetchall()
        for query in (films, "FROM aspects ORDER BY ALL", "FROM seen ORDER BY ALL", "FROM parts ORDER BY ALL")
    ]


def test_sums_are_those_of_the_dossiers(tmp_path: Path):
    out = folder(tmp_path / "out")
    part(out, 3, reads()[:2])
    with Store(tmp_path / "l.duckdb", write=True) as store, Sums(tmp_path / "s.duckdb") as sums:
        found = find(str(out))
        assert found is not None
        for _ in Load(store).run(found):
            pass
        assert update(sums, out) == [11]
        told = list(sums.films())
        assert sum(one.reviews for one in told) == 7
        for one in told:
            whole = dossier(store.connection, one.film)
            assert (one.title, one.reviews) == (whole.film.title, whole.film.reviews)
            assert (one.given, one.histogram, one.favourable) == (
                whole.stars.given, whole.stars.histogram, whole.stars.favourable,
            )  # fmt: skip
            assert one.mean == pytest.approx(whole.stars.mean)
            assert one.spread == (None if whole.stars.spread is None else pytest.approx(whole.stars.spread, abs=1e-7))
            assert one.aspects == {aspect.aspect: aspect.tally for aspect in whole.aspects}
        assert [one.film for one in sums.films(at_least=3)] == ["tt1"]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_file_by_file_gives_the_same_as_at_once(tmp_path: Path, order: tuple[int, ...]):
    out = folder(tmp_path / "out")
    with Sums(tmp_path / "one.duckdb") as one:
        update(one, out)
        wanted = tables(one)
    aside = tmp_path / "aside"
    shutil.move(out / "manifest", aside)
    (out / "manifest").mkdir()
    with Sums(tmp_path / "many.duckdb") as many:
        for number in order:
            entry = next(aside.glob(f"*-{number:05}.json"))
            shutil.copy(entry, out / "manifest")
            assert len(update(many, out)) == 1
            assert update(many, out) == []
        assert tables(many) == wanted


def test_what_was_counted_is_not_read_again(tmp_path: Path):
    out = folder(tmp_path / "out")
    with Sums(tmp_path / "s.duckdb") as sums:
        update(sums, out)
        before = tables(sums)[:2]
        for path in (out / "readings").iterdir():
            path.write_bytes(b"")
        part(out, 3, [])
        assert update(sums, out) == []
        assert tables(sums)[:2] == before


def test_a_file_that_changed_or_went_makes_all_be_counted_anew(tmp_path: Path):
    for name, some in (("a", reads()[:4]), ("b", reads()[4:])):
        (tmp_path / "out").mkdir(exist_ok=True)
        pq.write_table(table(some), tmp_path / "out" / f"{name}.parquet")
    with Sums(tmp_path / "s.duckdb") as sums:
        assert update(sums, tmp_path / "out") == [9]
        (tmp_path / "out" / "b.parquet").unlink()
        assert update(sums, tmp_path / "out") == [4]
        pq.write_table(table(reads()[:3]), tmp_path / "out" / "a.parquet")
        assert update(sums, tmp_path / "out") == [3]
        assert sum(one.reviews for one in sums.films()) == 3


def test_a_damaged_file_leaves_what_was_counted(tmp_path: Path):
    out = folder(tmp_path / "out")
    with Sums(tmp_path / "s.duckdb") as sums:
        update(sums, out)
        before = tables(sums)
        part(out, 3, reads()[:1]).write_bytes(b"PAR1 and no more")
        with pytest.raises(InputError, match=r"00003\.parquet: cannot be counted"):
            update(sums, out)
        assert tables(sums) == before


def test_a_file_that_holds_something_else_is_refused(tmp_path: Path):
    Store(tmp_path / "l.duckdb", write=True).close()
    with pytest.raises(LibraryError, match="holds no sums"):
        Sums(tmp_path / "l.duckdb")
