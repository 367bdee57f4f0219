"""Tables cut into parts: always the same ones, and every row in one of them."""

import gzip
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.errors import InputError
from pullquote.scale.inputs import find
from pullquote.scale.order import order
from pullquote.scale.parts import Broken, loads, parts
from pullquote.sources.open import records

from .made import table


def told(part=20, **options):
    """An order that nobody reads by."""
    return order(
        "/nowhere", **({"model": None, "max_chars": 200_000, "mapping": {}, "scale": None, "part": part} | options)
    )


def items(found):
    return [record or failure for part in found for record, failure in part.items]


def only(source):
    (one,) = find([str(source)], "/nowhere", str(Path.cwd())).tables
    return one


@given(st.integers(0, 70), st.integers(1, 30))
def test_every_row_is_in_one_part_and_the_last_is_known(tmp_path_factory, number, size):
    file = table(tmp_path_factory.mktemp("t") / "a.jsonl", number)
    found = list(parts(only(file), told(size), frozenset()))
    assert [part.number for part in found] == list(range(len(found)))
    assert [part.last for part in found] == [False] * (len(found) - 1) + [True]
    assert all(len(part.items) == size for part in found[:-1])
    texts = [record.id for part in found for record, _ in part.items if record]
    assert texts == [f"r{n}" for n in range(number) if n % 50 != 49]


def as_csv(path, rows):
    path.write_text("review,title,stars\n" + "".join(f'"{text}",{title},{stars}\n' for text, title, stars in rows))


def as_packed_jsonl(path, rows):
    lines = [json.dumps({"text": text, "movie": title, "score": stars}) for text, title, stars in rows]
    path.write_bytes(gzip.compress("\n".join(lines).encode()))


def as_parquet(path, rows):
    text, title, stars = zip(*rows, strict=True)
    pq.write_table(pa.table({"content": text, "film": title, "rating": stars}), path, row_group_size=7)


@pytest.mark.parametrize(
    ("name", "write"), [("a b.csv", as_csv), ("b.jsonl.gz", as_packed_jsonl), ("sub/c.parquet", as_parquet)]
)
def test_rows_are_those_of_the_sources_in_a_folder_as_alone(tmp_path, name, write):
    rows = [(f"Good, take {n}. Line two.", f"Film {n % 3}", str(n % 9)) for n in range(150)]
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    write(path, rows)
    for source in (path, tmp_path):
        assert items(parts(only(source), told(), frozenset())) == list(records([str(source)]))


def test_parts_that_are_done_are_left_out(tmp_path):
    one = only(table(tmp_path / "a.jsonl", 50))
    everything = list(parts(one, told(), frozenset()))
    assert list(parts(one, told(), frozenset({0, 2}))) == [everything[1]]


def test_what_cannot_be_read_is_a_failure_in_its_place(tmp_path):
    file = tmp_path / "a.jsonl"
    huge = json.dumps({"text": "word " * 4_000_000})
    file.write_text(f'{{"text": "Good."}}\n{huge}\nno json\n{{"text": 7}}\n{{"text": "Bad."}}\n')
    (part,) = parts(only(file), told(), frozenset())
    assert [record.text if record else failure.origin for record, failure in part.items] == [
        "Good.", f"{file}:2", f"{file}:3", f"{file}:4", "Bad.",
    ]  # fmt: skip
    assert "20,000,000 characters" in part.items[1][1].reason


def test_long_reviews_fill_a_part_early(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_text("".join(json.dumps({"text": "word " * 800_000}) + "\n" for _ in range(5)))
    assert [len(part.items) for part in parts(only(file), told(max_chars=5_000_000), frozenset())] == [3, 2]


@given(st.lists(st.integers(0, 45), max_size=12), st.integers(1, 5), st.integers(1, 20), st.data())
def test_small_parts_travel_together_in_their_order(tmp_path_factory, sizes, most, reviews, data):
    folder = tmp_path_factory.mktemp("t")
    cut = [
        part
        for n, size in enumerate(sizes)
        for part in parts(only(table(folder / f"{n}.jsonl", size)), told(reviews), frozenset())
    ]
    lost = Broken(only(table(folder / "lost.jsonl", 1)), "gone")
    cut.insert(data.draw(st.integers(0, len(cut))), lost)
    found = list(loads(cut, most, reviews))
    assert found.count(lost) == 1
    handed = [load for load in found if not isinstance(load, Broken)]
    assert [part for load in handed for part in load] == [part for part in cut if part != lost]
    held = [[len(part.items) for part in load] for load in handed]
    # None could have taken the next one as well, but for the last.
    assert all(sum(load) >= reviews or len(load) == most for load in held[:-1])
    assert all(sum(load[:-1]) < reviews and len(load) <= most for load in held)


def test_long_reviews_do_not_travel_together(tmp_path):
    files = [tmp_path / f"{n}.jsonl" for n in range(5)]
    for file in files:
        file.write_text(json.dumps({"text": "word " * 800_000}) + "\n")
    cut = [part for file in files for part in parts(only(file), told(max_chars=5_000_000), frozenset())]
    assert [len(load) for load in loads(cut, 9, 20)] == [2, 2, 1]


def test_a_damaged_file_is_one_failure_and_a_lost_one_is_no_part(tmp_path):
    bad, gone = tmp_path / "bad.parquet", table(tmp_path / "gone.jsonl", 30)
    bad.write_bytes(b"PAR1 and then nothing that is a table PAR1")
    (part,) = parts(only(bad), told(), frozenset())
    assert part.last
    assert [failure.origin for _, failure in part.items] == [str(bad)]
    one = only(gone)
    gone.unlink()
    assert list(parts(one, told(), frozenset())) == [Broken(one, "No such file or directory")]


def test_a_table_without_a_text_is_a_failure(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("film,stars\nThe Lamp,4\n")
    (part,) = parts(only(file), told(), frozenset())
    assert "no column here is known to hold the reviews' text" in part.items[0][1].reason


def test_inputs_are_found_in_order_once_and_without_what_is_no_table(tmp_path):
    (tmp_path / ".hidden").mkdir()
    for name in ("b.jsonl", "a/z.csv.gz", "a/.part.csv", ".hidden/c.csv", "readme.md", "a.parquet"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = find([str(tmp_path), str(tmp_path / "b.jsonl")], "/nowhere", str(tmp_path))
    assert [one.origin for one in found.tables] == [
        str(tmp_path / name) for name in ("a/z.csv.gz", "a.parquet", "b.jsonl")
    ]
    assert [one.name for one in found.tables] == ["a/z", "a", "b"]
    assert found.others == (str(tmp_path / "readme.md"),)
    assert len({one.stem for one in found.tables}) == 3


def test_names_of_parts_depend_on_the_whole_path(tmp_path, monkeypatch):
    one = only(table(tmp_path / "2020 - best.jsonl", 1))
    monkeypatch.chdir(tmp_path)
    assert only("2020 - best.jsonl").stem == one.stem
    assert one.stem.startswith("2020-best-")


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ("missing.csv", "no such file"),
        ("text.txt", "is no table"),
        ("-", "standard input"),
        ("empty", "no tables in this folder"),
        ("s4://bucket/a.csv", "no such storage"),
    ],
)
def test_sources_that_will_not_do_are_refused(tmp_path, source, word):
    (tmp_path / "text.txt").touch()
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=word):
        find([source], "/nowhere", str(tmp_path))


def test_an_output_inside_a_source_is_refused(tmp_path):
    table(tmp_path / "a.jsonl", 1)
    with pytest.raises(InputError, match="output would lie inside"):
        find([str(tmp_path)], str(tmp_path / "out"), str(tmp_path))
