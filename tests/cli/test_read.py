"""``pullquote read`` as a user runs it: every format, and every kind of bad input."""

import gzip
import json
import os
import subprocess

import pytest

from pullquote.reading import Reading

from .conftest import COMMAND, ENVIRONMENT

GOOD = "A wonderful film with great acting."


def lines(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_one_reading_a_line_where_nobody_looks(run, review):
    result = run("read", review)
    assert result.returncode == 0, result.stderr
    [line] = result.stdout.split(b"\n")[:-1]
    reading = Reading.from_json(line)
    assert reading.id == "luna"
    assert reading.check(review.read_text("utf-8")) == []
    assert "text" not in json.loads(line)


def test_the_text_travels_along_on_request(run, review):
    [reading] = lines(run("read", review, "--with-text"))
    assert reading["text"] == review.read_text("utf-8")


def test_json_is_one_object_for_one_review_and_an_array_for_several(run, review):
    one = json.loads(run("read", review, "--format", "json").stdout)
    several = json.loads(run("read", review, review, review, "--format", "json").stdout)
    assert one["id"] == "luna"
    assert [reading["id"] for reading in several] == ["luna"] * 3
    assert b'\n  "id"' in run("read", review, "--format", "json").stdout


def test_a_card_without_escape_codes_outside_a_terminal(run, review):
    result = run("read", review, "--format", "card")
    assert result.returncode == 0, result.stderr
    assert len(result.stdout.decode().strip().splitlines()) > 3
    assert b"\x1b" not in result.stdout


def test_a_page_and_its_format_are_known_by_the_suffix(run, review, tmp_path):
    result = run("read", review, "--output", "page.html")
    assert (result.returncode, result.stdout) == (0, b""), result.stderr
    page = (tmp_path / "page.html").read_text("utf-8")
    assert page.lower().startswith("<!doctype html>")
    assert "superb" in page


@pytest.mark.parametrize(("name", "first"), [("out.json", b"{\n"), ("out.jsonl", b'{"'), ("out", b'{"')])
def test_the_format_follows_the_outputs_suffix(run, review, tmp_path, name, first):
    assert run("read", review, "-o", name).returncode == 0
    assert (tmp_path / name).read_bytes().startswith(first)


def test_standard_input_as_text_and_as_json_lines(run):
    [reading] = lines(run("read", "-", input=GOOD))
    assert reading["id"] == "stdin"
    rows = "".join(json.dumps({"id": f"r{number}", "text": GOOD}) + "\n" for number in range(3))
    assert [reading["id"] for reading in lines(run("read", "-", input=rows))] == ["r0", "r1", "r2"]


def test_a_folder_of_reviews_in_order(run, tmp_path):
    for name in ("b.txt", "a.html", "sub/c.md"):
        file = tmp_path / "reviews" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(GOOD)
    assert [reading["id"] for reading in lines(run("read", "reviews"))] == ["a", "b", "sub/c"]


def test_spans_count_characters_of_the_text_as_given(run):
    text = "\u200b😀 <b>Caf\u00e9</b>&nbsp;Soci\u00e9t\u00e9 is great fun.<br /><br />\r\nThe acting is superb."
    [line] = run("read", "-", input=json.dumps({"id": "a", "text": text})).stdout.splitlines()
    assert Reading.from_json(line).check(text) == []


@pytest.mark.parametrize("text", ["", "  \n\t\n", "<br /><br />"])
def test_an_empty_review_is_named_and_fails(run, tmp_path, text):
    (tmp_path / "void.txt").write_text(text)
    result = run("read", "void.txt")
    assert (result.returncode, result.stdout) == (1, b"")
    assert b"pullquote: void.txt: the review is empty" in result.stderr


def test_empty_standard_input_fails(run):
    result = run("read", "-", input="")
    assert (result.returncode, result.stdout) == (1, b"")
    assert b"stdin: the review is empty" in result.stderr


def test_a_missing_file_stops_all_before_anything_is_read(run, review):
    result = run("read", review, "none.txt")
    assert (result.returncode, result.stdout) == (2, b"")
    assert (
        result.stderr == b"pullquote: none.txt: no such file or folder; check the path, or use - for standard input\n"
    )


def test_a_folder_without_reviews(run, tmp_path):
    (tmp_path / "void").mkdir()
    result = run("read", "void")
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"void: no reviews in this folder" in result.stderr


def test_binary_data(run, tmp_path):
    (tmp_path / "poster.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    result = run("read", "poster.txt")
    assert (result.returncode, result.stdout) == (1, b"")
    assert result.stderr.startswith(b"pullquote: poster.txt: ")
    assert b"Traceback" not in result.stderr


def test_another_encoding_is_read_and_named(run, tmp_path):
    text = "Amélie est un café-crème: naïve, drôle, très réussie. The acting is superb and I loved the façade."
    (tmp_path / "old.txt").write_bytes(text.encode("latin-1"))
    result = run("read", "old.txt", "--with-text")
    assert result.returncode == 0, result.stderr
    assert lines(result)[0]["text"] == text
    assert b"pullquote: old.txt: note: not UTF-8; read as " in result.stderr


def test_a_bad_line_is_named_and_the_rest_is_read(run, tmp_path):
    rows = [json.dumps({"id": "a", "text": GOOD}), "{oops", json.dumps({"text": " "}), json.dumps({"text": GOOD})]
    (tmp_path / "r.jsonl").write_text("\n".join(rows))
    result = run("read", "r.jsonl")
    assert result.returncode == 1
    assert [reading["id"] for reading in lines(result)] == ["a", "r:4"]
    first, second = result.stderr.decode().splitlines()
    assert first.startswith("pullquote: r.jsonl:2: not JSON")
    assert second.startswith("pullquote: r.jsonl:3: the review is empty")


def test_a_review_over_the_limit_is_named_with_the_way_out(run, review):
    result = run("read", review, "--max-chars", "20")
    assert (result.returncode, result.stdout) == (1, b"")
    assert b"the limit is 20" in result.stderr
    assert b"--max-chars" in result.stderr


def test_a_million_characters_and_one(run, tmp_path):
    (tmp_path / "book.txt").write_text("word " * 200_000 + ".")
    result = run("read", "book.txt")
    assert result.returncode == 1
    assert b"1,000,001 characters" in result.stderr


def test_an_unknown_model_is_refused(run, review):
    result = run("read", review, "--model", "nope")
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"nope" in result.stderr
    assert b"Traceback" not in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("read",),
        ("read", "luna.txt", "--format", "pdf"),
        ("read", "luna.txt", "--max-chars", "0"),
        ("write", "luna.txt"),
    ],
)
def test_slips_of_the_pen(run, review, arguments):
    result = run(*arguments)
    assert (result.returncode, result.stdout) == (2, b"")


def test_a_page_of_too_many_is_refused_before_anything_is_read(run, tmp_path):
    (tmp_path / "many.jsonl").write_text(json.dumps({"text": GOOD}) + "\n" + (json.dumps({"text": GOOD}) + "\n") * 500)
    result = run("read", "many.jsonl", "--format", "html")
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"at most 500" in result.stderr


def test_a_reader_that_leaves_early_is_no_error_to_shout_about(start, tmp_path):
    (tmp_path / "many.jsonl").write_text((json.dumps({"text": GOOD}) + "\n") * 200)
    process = start("read", "many.jsonl")
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(60) != 0
    assert process.stderr.read() == b""


def test_hostile_names_do_not_steer_the_terminal(run, tmp_path):
    (tmp_path / "\x1b[31mred.txt").write_text(" ")
    result = run("read", "\x1b[31mred.txt")
    assert b"\x1b" not in result.stderr
    assert b"\\x1b[31mred.txt" in result.stderr


def test_a_full_disk_is_said_plainly(review):
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        command = [*COMMAND, "read", str(review)]
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, env=ENVIRONMENT)
    assert result.returncode == 1
    assert result.stderr == b"pullquote: cannot write: No space left on device\n"


def test_a_table_with_columns_of_unusual_names(run, tmp_path):
    (tmp_path / "r.csv").write_text(f'nr;words\nx1;"{GOOD}\nSee it."\nx2;" "\n')
    result = run("read", "r.csv")
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr == (
        b"pullquote: r.csv: no column here is known to hold the reviews' text; found are: nr, words. "
        b"Say which it is with --map text=COLUMN\n"
    )
    result = run("read", "r.csv", "--map", "text=words", "--map", "id=nr", "--scale", "5", "--with-text")
    assert result.returncode == 1
    assert [(reading["id"], reading["text"]) for reading in lines(result)] == [("x1", f"{GOOD}\nSee it.")]
    assert result.stderr.startswith(b"pullquote: r.csv:4: the review is empty")


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--map", "text"), b"write FIELD=COLUMN"),
        (("--map", "mood=a"), b"there is no field mood"),
        (("--map", "text=b"), b"no column b (from --map text=b); found are: id, text"),
        (("--scale", "0"), b"above zero"),
    ],
)
def test_hints_that_cannot_be_are_refused(run, tmp_path, options, reason):
    (tmp_path / "r.csv").write_text("id,text\n1,Good.\n")
    result = run("read", "r.csv", *options)
    assert (result.returncode, result.stdout) == (2, b"")
    assert reason in result.stderr


def test_a_torn_archive_gives_what_stands_before_the_tear(run, tmp_path):
    rows = "".join(json.dumps({"id": str(n), "text": f"{GOOD} {os.urandom(2000).hex()}"}) + "\n" for n in range(99))
    packed = gzip.compress(rows.encode())
    (tmp_path / "r.jsonl.gz").write_bytes(packed[: len(packed) // 20])
    result = run("read", "r.jsonl.gz")
    assert result.returncode == 1
    assert [reading["id"] for reading in lines(result)][:1] == ["0"]
    assert b"pullquote: r.jsonl.gz: the gzip data breaks off" in result.stderr


def test_a_page_says_what_was_read_of_it(run, tmp_path):
    data = json.dumps({"@type": "Review", "reviewBody": GOOD})
    (tmp_path / "p.html").write_text(f'<!doctype html><script type="application/ld+json">{data}</script><body>Menu')
    result = run("read", "p.html", "--with-text")
    assert result.returncode == 0, result.stderr
    assert [reading["text"] for reading in lines(result)] == [GOOD]
    assert b"p.html: note: a whole page" in result.stderr
