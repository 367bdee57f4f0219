"""Packed files and archives give what the plain ones give; damage and malice are named."""

import bz2
import gzip
import io
import json
import os
import tempfile
import zipfile
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from pullquote.errors import InputError
from pullquote.sources.open import count, named_records, records

from .samples import put, read

PACKERS = {".gz": gzip.compress, ".zst": lambda data: zstandard.ZstdCompressor(write_checksum=True).compress(data)}
NOISE = "".join(json.dumps({"id": n, "text": os.urandom(40).hex()}) + "\n" for n in range(4000)).encode()


def zipped(path, members, **how):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **how) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return str(path)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text(st.characters(exclude_categories=("Cs",)), max_size=40), min_size=1, max_size=6))
def test_packed_is_the_same_as_plain(texts):
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts).encode()
    with tempfile.TemporaryDirectory() as folder:
        plain = read(put(Path(folder) / "r.jsonl", lines))[0]
        assert [r.text for r in plain] == texts
        for suffix, pack in PACKERS.items():
            packed, failures = read(put(Path(folder) / f"r.jsonl{suffix}", pack(lines)))
            assert failures == []
            assert [(r.id, r.text) for r in packed] == [(r.id, r.text) for r in plain]
        inside, failures = read(zipped(Path(folder) / "any.zip", {"r.jsonl": lines}))
        assert failures == []
        assert [(r.id, r.text) for r in inside] == [(r.id, r.text) for r in plain]


def test_a_zip_is_walked_like_the_folder(tmp_path):
    members = {
        "b.txt": "B.", "a/2.txt": "A2.", "a/1.csv": "id,review\n7,A1.\n",
        "c.jsonl.gz": gzip.compress(b'{"text": "C."}'), "poster.png": b"\x89PNG",
        ".hidden.txt": "Hidden.", "__MACOSX/b.txt": "Junk.",
    }  # fmt: skip
    for name, content in members.items():
        if "MACOSX" not in name:
            put(tmp_path / "d" / name, content)
    plain = [(r.id, r.text) for r in records([str(tmp_path / "d")])]
    archive = zipped(tmp_path / "d.zip", members)
    assert plain == [("7", "A1."), ("a/2", "A2."), ("b", "B."), ("c:1", "C.")]
    assert [(r.id, r.text) for r in records([archive])] == plain
    put(tmp_path / "e" / "d.zip", Path(archive).read_bytes())
    assert [r.id for r in records([str(tmp_path / "e")])] == ["7", "d/a/2", "d/b", "d/c:1"]
    assert count([archive]) is None
    assert count([str(tmp_path / "d")]) is None


@pytest.mark.parametrize("suffix", PACKERS)
def test_what_stands_before_a_tear_is_read(tmp_path, suffix):
    packed = PACKERS[suffix](NOISE)
    got, [failure] = read(put(tmp_path / f"r.jsonl{suffix}", packed[: len(packed) * 2 // 3]))
    assert 1000 < len(got) < 4000
    assert [r.id for r in got] == [str(n) for n in range(len(got))]
    assert "breaks off" in failure.reason


@pytest.mark.parametrize("suffix", PACKERS)
def test_parts_one_after_another_are_one_file(tmp_path, suffix):
    parts = [PACKERS[suffix](line) for line in NOISE.splitlines(keepends=True)[:20]]
    got, failures = read(put(tmp_path / f"r.jsonl{suffix}", b"".join(parts)))
    assert (len(got), failures) == (20, [])


@pytest.mark.parametrize("suffix", PACKERS)
def test_damage_is_named(tmp_path, suffix):
    packed = bytearray(PACKERS[suffix](NOISE))
    packed[len(packed) // 2 : len(packed) // 2 + 64] = bytes(64)
    got, failures = read(put(tmp_path / f"r.jsonl{suffix}", bytes(packed)))
    assert len(got) < 4000
    assert "damaged" in failures[-1].reason
    _, failures = read(put(tmp_path / f"s.txt{suffix}", b"no such thing"))
    assert "damaged" in failures[-1].reason


@pytest.mark.parametrize("suffix", PACKERS)
def test_what_expands_as_no_text_does_is_left_alone(tmp_path, suffix):
    bomb = PACKERS[suffix](b'{"text": "' + b"a" * 30_000_000 + b'"}')
    [failure] = records([put(tmp_path / f"r.jsonl{suffix}", bomb)])
    assert "expands more than 200-fold" in failure.reason


def test_a_zip_bomb_is_left_alone_and_the_rest_is_read(tmp_path):
    archive = zipped(tmp_path / "d.zip", {"a.txt": b"a" * 20_000_000, "b.txt": "Good."})
    got, [failure] = read(archive)
    assert [r.id for r in got] == ["b"]
    assert failure.origin == f"{archive}/a.txt"
    assert "expands" in failure.reason


@pytest.mark.parametrize("name", ["../x.txt", "a/../../x.txt", "/etc/x.txt", "..\\x.txt", "C:\\x.txt"])
def test_a_path_that_climbs_out_is_not_trusted(tmp_path, name):
    before = sorted(tmp_path.parent.rglob("x.txt"))
    got, [failure] = read(zipped(tmp_path / "d.zip", {name: "Bad.", "b.txt": "Good."}))
    assert [r.text for r in got] == ["Good."]
    assert "leads out of the archive" in failure.reason
    assert sorted(tmp_path.parent.rglob("x.txt")) == before


def test_members_that_cannot_be_unpacked_are_named(tmp_path):
    archive = Path(zipped(tmp_path / "d.zip", {"a.txt": "Secret.", "b.txt": "Good."}))
    data = bytearray(archive.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    got, [failure] = read(put(tmp_path / "e.zip", bytes(data)))
    assert [r.text for r in got] == ["Good."]
    assert "encrypted" in failure.reason
    data = bytearray(archive.read_bytes())
    data[data.index(b"a.txt") + 5 + 1] ^= 0xFF
    got, [failure] = read(put(tmp_path / "f.zip", bytes(data)))
    assert [r.text for r in got] == ["Good."]
    assert "cannot be unpacked" in failure.reason


def test_a_zip_inside_a_zip_is_named(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.txt", "A.")
    got, [failure] = read(zipped(tmp_path / "d.zip", {"in.zip": inner.getvalue(), "b.txt": "Good."}))
    assert [r.text for r in got] == ["Good."]
    assert "inside another" in failure.reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "no whole zip"), (b"PK\x03\x04torn", "no whole zip"), (None, "no reviews in this archive")],
)
def test_a_zip_that_cannot_work_is_refused_at_once(tmp_path, content, reason):
    file = put(tmp_path / "d.zip", content) if content is not None else zipped(tmp_path / "d.zip", {"a.png": b"x"})
    with pytest.raises(InputError, match=rf"d\.zip: {reason}"):
        records([file])


def test_other_packings_are_no_known_kind(tmp_path):
    with pytest.raises(InputError, match="no known kind of file"):
        records([put(tmp_path / "r.csv.bz2", bz2.compress(b"id,text"))])


def test_each_review_comes_with_the_input_it_was_named_by(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "a.txt", "A.")
    put(tmp_path / "d" / "b.txt", "B.")
    named = named_records(["./a.txt", "d/"])
    assert [(name, record.id) for name, record in named] == [("./a.txt", "a"), ("d/", "b")]
