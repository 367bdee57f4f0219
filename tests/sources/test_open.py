"""Inputs of every kind become a stream of reviews; what cannot be taken is named and the rest still comes."""

import io
import json
import tracemalloc

import pytest

from pullquote.errors import InputError
from pullquote.sources import bounded, jsonl, stdin
from pullquote.sources.open import count, records
from pullquote.sources.record import Failure, Record


def put(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def test_a_text_file_is_one_review_named_after_it(tmp_path):
    file = put(tmp_path / "luna.txt", "Great.<br />\r\nFun.\n")
    assert list(records([file])) == [Record("Great.<br />\r\nFun.\n", "luna", file)]


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".htm", ".HTML"])
def test_all_text_formats_are_left_as_they_are(tmp_path, suffix):
    file = put(tmp_path / f"a{suffix}", "<p>Great &amp; fun")
    assert [record.text for record in records([file])] == ["<p>Great &amp; fun"]


def test_another_encoding_is_read_and_named(tmp_path):
    text = "Une scène très réussie, où la caméra s'arrête enfin. Le café était près de la fenêtre, déjà fermé."
    [record] = records([put(tmp_path / "a.txt", text.encode("latin-1"))])
    assert record.text == text
    [notice] = record.notices
    assert notice.startswith("not UTF-8; read as ")


def test_binary_data_is_no_review(tmp_path):
    file = put(tmp_path / "a.txt", bytes(range(256)) * 20)
    [failure] = records([file])
    assert isinstance(failure, Failure)
    assert failure.origin == file


def test_json_lines_go_on_after_a_bad_one(tmp_path):
    lines = [
        b'\xef\xbb\xbf{"id": "a", "text": "One.", "stars": [1]}',
        b"nonsense",
        b'{"id": 7, "text": "Two."}',
        b'{"title": "x"}',
        b'{"text": 3}',
        b"  ",
        b'["text"]',
        b'{"text": "\xff"}',
        b'{"text": "a", "x": ' + b"[" * 100_000,
        b'{"text": "Three."}',
    ]
    file = put(tmp_path / "r.jsonl", b"\r\n".join(lines))
    found = list(records([file]))
    assert [(r.id, r.text) for r in found if isinstance(r, Record)] == [
        ("a", "One."),
        ("7", "Two."),
        ("r:10", "Three."),
    ]
    failures = {int(f.origin.rsplit(":", 1)[1]): f.reason for f in found if isinstance(f, Failure)}
    assert sorted(failures) == [2, 4, 5, 7, 8, 9]
    assert "not JSON" in failures[2]
    assert "`text`" in failures[4]
    assert "`str`" in failures[5]
    assert "not UTF-8" in failures[8]


def test_the_same_id_twice_is_two_reviews(tmp_path):
    file = put(tmp_path / "r.jsonl", '{"id":"a","text":"One."}\n' * 2)
    assert [record.id for record in records([file])] == ["a", "a"]


def test_a_line_too_long_is_passed_over():
    stream = io.BytesIO(b"short\n" + b"x" * 50 + b"\nlast")
    assert list(bounded.lines(stream, limit=10)) == [b"short\n", None, b"last"]
    exact = io.BytesIO(b"x" * 10 + b"\n" + b"y" * 11)
    assert list(bounded.lines(exact, limit=11)) == [b"x" * 10 + b"\n", b"y" * 11]
    [failure] = jsonl.from_lines([None], name="n", origin="f")
    assert failure.origin == "f:1"
    assert "64 MiB" in failure.reason


def test_a_file_beyond_the_bound_is_refused():
    assert bounded.read_whole(io.BytesIO(b"1234"), limit=4) == b"1234"
    with pytest.raises(InputError, match="no single review"):
        bounded.read_whole(io.BytesIO(b"12345"), limit=4)


def test_json_lines_are_never_held_all_at_once(tmp_path):
    file = put(tmp_path / "r.jsonl", (json.dumps({"text": "x" * 10_000}) + "\n") * 1000)
    tracemalloc.start()
    number = sum(1 for _ in records([file]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert number == 1000
    assert peak < 1_000_000


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path):
    put(tmp_path / "b.txt", "B.")
    put(tmp_path / "a" / "2.txt", "A2.")
    put(tmp_path / "a" / "1.html", "A1.")
    put(tmp_path / "c.jsonl", '{"text": "C1."}\n{"text": "C2.", "id": "own"}\n')
    put(tmp_path / "poster.png", b"\x89PNG")
    put(tmp_path / ".hidden.txt", "Hidden.")
    assert [record.id for record in records([str(tmp_path)])] == ["a/1", "a/2", "b", "c:1", "own"]
    assert count([str(tmp_path)]) == 5


def test_a_folder_that_holds_itself_is_read_once(tmp_path):
    put(tmp_path / "a.txt", "A.")
    (tmp_path / "again").symlink_to(tmp_path)
    assert [record.id for record in records([str(tmp_path)])] == ["a"]


def test_inputs_come_in_the_order_they_are_named(tmp_path):
    files = [put(tmp_path / name, "A.") for name in ("z.txt", "a.txt")]
    assert [record.id for record in records(files)] == ["z", "a"]


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda folder: folder / "none.txt", "no such file"),
        (lambda folder: folder, "no reviews in this folder"),
        (lambda folder: put(folder / "a.docx", b"PK"), "no known kind of file"),
    ],
)
def test_inputs_that_cannot_work_are_refused_at_once(tmp_path, make, reason):
    with pytest.raises(InputError, match=reason):
        records([str(make(tmp_path))])


def test_standard_input_is_taken_once():
    with pytest.raises(InputError, match="only once"):
        records(["-", "-"])


def test_reviews_from_a_pipe_cannot_be_counted(tmp_path):
    assert count(["-"]) is None
    assert count([put(tmp_path / "r.jsonl", '{"text":"a"}\n\n{"text":"b"}'), put(tmp_path / "a.txt", "A")]) == 3


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (b"One review.\nOf two lines.\n", ["One review.\nOf two lines.\n"]),
        (b"\n \n  Late start.", ["\n \n  Late start."]),
        (b'\n{"text": "One."}\n{"text": "Two."}\n', ["One.", "Two."]),
        (b"{curly} opening", ["{curly} opening"]),
        (b"", [""]),
    ],
)
def test_standard_input_is_a_text_or_json_lines(data, texts):
    assert [record.text for record in stdin.records(io.BytesIO(data))] == texts


def test_a_damaged_first_line_of_json_lines_is_no_review():
    first, second = stdin.records(io.BytesIO(b'{"text": oops}\n{"text": "Two."}\n'))
    assert isinstance(first, Failure)
    assert first.origin == "stdin:1"
    assert second.text == "Two."


def test_binary_data_on_standard_input_is_no_review():
    [failure] = stdin.records(io.BytesIO(bytes(range(256)) * 20))
    assert isinstance(failure, Failure)
