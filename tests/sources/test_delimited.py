"""CSV and TSV: texts arrive to the letter, damage is named and the rest still comes."""

import csv
import datetime as dt
import io
import tempfile
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pullquote.errors import InputError
from pullquote.sources import delimited, stdin
from pullquote.sources.open import count, records
from pullquote.sources.record import Failure, Rating, Record

from .samples import put, read


def table(rows, **form):
    out = io.StringIO(newline="")
    csv.writer(out, **form).writerows(rows)
    return out.getvalue()


def test_every_field_finds_its_place(tmp_path):
    file = put(
        tmp_path / "r.csv",
        "id,Movie,imdb_id,Year,Headline,Rating,scale,user,Date,url,review\r\n"
        'a1,The Lake,133093,1999,Wow,3.5,5,Ann,2005-01-16,http://x.example/1,"Great, ""truly"".\r\nTwo lines."\r\n',
    )
    [record], failures = read(file)
    assert failures == []
    assert record == Record(
        'Great, "truly".\r\nTwo lines.', "a1", f"{file}:2", (), "tt0133093", "The Lake", 1999, "Wow",
        Rating("3.5", 3.5, 5, 7), "Ann", dt.date(2005, 1, 16), "http://x.example/1",
    )  # fmt: skip
    assert count([file]) is None


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path, delimiter):
    text = "Good, bad; ugly | and\ttabs."
    file = put(tmp_path / "r.csv", table([["title", "review"], ["A, B", text]], delimiter=delimiter))
    assert [(r.title, r.text) for r in records([file])] == [("A, B", text)]


@settings(deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\r\n\t"), max_size=60), max_size=5
    )
)
def test_texts_arrive_to_the_letter(texts):
    rows = [["text", "n"], *([text, str(number)] for number, text in enumerate(texts))]
    with tempfile.TemporaryDirectory() as folder:
        for suffix, form in (
            (".csv", {"quoting": csv.QUOTE_ALL}),
            (".tsv", {"delimiter": "\t", "quoting": csv.QUOTE_ALL}),
        ):
            file = put(Path(folder) / f"r{suffix}", table(rows, **form))
            assert [r.text for r in records([file]) if isinstance(r, Record)] == texts


def test_quotes_may_be_signs_like_others_in_tsv(tmp_path):
    file = put(tmp_path / "r.tsv", 'id\treview\n1\t"Wow" he said\n2\tNo "quotes" closed\n3\t"open\n')
    assert [r.text for r in records([file])] == ['"Wow" he said', 'No "quotes" closed', '"open']


def test_backslashes_may_escape_quotes(tmp_path):
    file = put(tmp_path / "r.csv", 'id,review\n"1","A \\"great\\" film, really."\n')
    assert [r.text for r in records([file])] == ['A "great" film, really.']


def test_a_field_of_fifty_megabytes_ends_neither_the_run_nor_the_memory(tmp_path):
    path = tmp_path / "r.csv"
    with path.open("w", newline="") as out:
        out.write("id,review\na,One.\nb,")
        for _ in range(50):
            out.write("x" * 1_000_000)
        out.write('\nc,Three.\nd,"line\n')
        for _ in range(50):
            out.write(f'{"y" * 999_997}""\n')
        out.write('end, of it"\ne,Five.\n')
    tracemalloc.start()
    got, failures = read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [(r.id, r.text) for r in got] == [("a", "One."), ("c", "Three."), ("e", "Five.")]
    assert [f.origin for f in failures] == [f"{path}:3", f"{path}:5"]
    assert all("longer than 16 MiB" in f.reason for f in failures)
    assert peak < 6 * delimited.MAX_ROW


def test_damaged_rows_are_named_and_the_rest_comes(tmp_path):
    file = put(
        tmp_path / "r.csv", 'id,review,stars\na,One.,3\nb,Two, three,4\n\nc\nd,Four.,4,,\ne,"Five.,5\nf,Six.,6\n'
    )
    got, failures = read(file)
    assert [r.id for r in got] == ["a", "d"]
    assert [f.origin for f in failures] == [f"{file}:3", f"{file}:5", f"{file}:7"]
    assert "4 cells where the header has 3" in failures[0].reason
    assert "ends inside quotes" in failures[2].reason


def test_mixed_encodings_keep_all_their_letters(tmp_path):
    lines = [b"id,review", "1,Déjà vu “again”.".encode(), "2,Un café “noir”.".encode("cp1252"), b"3,Plain."]
    got, failures = read(put(tmp_path / "r.csv", b"\n".join(lines)))
    assert failures == []
    assert [r.text for r in got] == ["Déjà vu “again”.", "Un café “noir”.", "Plain."]
    assert [r.notices for r in got] == [(), ("not UTF-8; read as cp1252",), ()]


def test_an_odd_letter_far_behind_the_first_lines(tmp_path):
    rows = ["id,review"] + [f"{number},A plain review of a plain film." for number in range(3000)]
    got, failures = read(put(tmp_path / "r.csv", "\n".join([*rows, "x,Caf"]).encode() + b"\xe9"))
    assert (failures, len(got), got[-1].text) == ([], 3001, "Café")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251"])
def test_tables_of_other_encodings(tmp_path, encoding):
    text = "Прекрасный фильм, актёры играют замечательно, и музыка хороша. Советую всем, кто любит кино."
    content = table([["id", "review"], *([str(n), text] for n in range(900))]).encode(encoding)
    got, failures = read(put(tmp_path / "r.csv", content))
    assert failures == []
    assert {r.text for r in got} == {text}
    assert [r.id for r in got] == [str(n) for n in range(900)]


def test_the_first_ratings_tell_what_all_are_out_of(tmp_path):
    def ratings(*column):
        file = put(tmp_path / "r.csv", table([["rating", "text"], *([str(one), "A text."] for one in column)]))
        return [r.rating.stars for r in records([file])]

    assert ratings(8, 3, 71) == [1, 1, 7.1]
    assert ratings(3, 9) == [3, 9]
    assert ratings(3, 5) == [None, None]
    assert ratings(*[3] * 150, 9) == [None] * 151


def test_a_scale_that_is_told(tmp_path):
    file = put(tmp_path / "r.csv", "rating,text\n4,Good.\n4/10,Bad.\n")
    assert [r.rating.stars for r in records([file], scale=5)] == [8, 4]


def test_an_imdb_id_is_no_title(tmp_path):
    [record] = records([put(tmp_path / "r.csv", "film,text\ntt0133093,Good.\n")])
    assert (record.film_id, record.title) == ("tt0133093", None)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("a,b\n1,2\n", "found are: a, b"),
        ("", "the table is empty"),
        ("\n\n", "the table is empty"),
        (b"PAR1\0\0", r"Parquet table.*\.parquet"),
        ("This film, which I saw, is great.\n", "found are: This film"),
    ],
)
def test_tables_that_cannot_work_are_refused_at_once(tmp_path, content, reason):
    with pytest.raises(InputError, match=rf"r\.csv: .*{reason}"):
        records([put(tmp_path / "r.csv", content)])


def test_a_header_alone_is_said_to_be_that(tmp_path):
    [failure] = records([put(tmp_path / "r.csv", "id,review\n")])
    assert "no reviews" in failure.reason


def test_a_table_among_others_does_not_stop_them(tmp_path):
    put(tmp_path / "d" / "a.csv", "x,y\n1,2\n")
    put(tmp_path / "d" / "b.csv", "id,review\n1,Good.\n")
    got, [failure] = read(tmp_path / "d")
    assert [r.text for r in got] == ["Good."]
    assert "found are: x, y" in failure.reason


def test_a_table_on_standard_input():
    found = list(stdin.records(io.BytesIO(b'id,review\r\n1,Good.\r\n2,"Bad,\nreally."\r\n')))
    assert [(r.id, r.text) for r in found] == [("1", "Good."), ("2", "Bad,\nreally.")]
    [text] = stdin.records(io.BytesIO(b"Review\nA fine film, all in all.\n"))
    assert text.text.startswith("Review")


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_refused(data):
    with tempfile.TemporaryDirectory() as folder:
        try:
            found = list(records([put(Path(folder) / "r.csv", data)]))
        except InputError:
            return
        assert all(isinstance(one, (Record, Failure)) for one in found)
