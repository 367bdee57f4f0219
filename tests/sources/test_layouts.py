"""Folders of a known layout: the Large Movie Review Dataset and the Letterboxd export."""

import datetime as dt
import zipfile

import pytest

from pullquote.sources.open import count, records
from pullquote.sources.record import Rating

from .samples import put, read


@pytest.fixture
def movies(tmp_path):
    root = tmp_path / "aclImdb"
    for part in ("train", "test"):
        for kind in ("pos", "neg"):
            urls = [f"http://www.imdb.com/title/tt00{n}0{n}0{n}{n // 10}/usercomments" for n in range(3)]
            put(root / part / f"urls_{kind}.txt", "\n".join(urls) + "\n")
    put(root / "train" / "urls_unsup.txt", "http://www.imdb.com/title/tt7654321/usercomments\n")
    put(root / "train" / "pos" / "0_9.txt", "Great.")
    put(root / "train" / "pos" / "2_10.txt", "Superb.")
    put(root / "train" / "pos" / "7_8.txt", "In no list.")
    put(root / "train" / "neg" / "1_2.txt", "Dull.")
    put(root / "train" / "unsup" / "0_0.txt", "Unrated.")
    put(root / "test" / "neg" / "1_1.txt", "Awful.")
    put(root / "imdb.vocab", "the\nand\n")
    put(root / "imdbEr.txt", "0.2\n0.1\n")
    return root


WANTED = {
    "test/neg/1_1": ("tt00101010", 1),
    "train/neg/1_2": ("tt00101010", 2),
    "train/pos/0_9": ("tt00000000", 9),
    "train/pos/2_10": ("tt00202020", 10),
    "train/pos/7_8": (None, 8),
    "train/unsup/0_0": ("tt7654321", None),
}


def test_the_layout_is_known_wherever_it_is_entered(movies, tmp_path):
    for top in ("", "train", "train/pos"):
        got, failures = read(movies / top)
        assert failures == []
        prefix = f"{top}/" if top else ""
        wanted = {name.removeprefix(prefix): told for name, told in WANTED.items() if name.startswith(prefix)}
        assert {r.id: (r.film_id, r.rating.stars if r.rating else None) for r in got} == wanted
        assert count([str(movies / top)]) == len(wanted)
    [record] = records([str(movies / "train" / "neg" / "1_2.txt")])
    assert record.film_id == "tt00101010"
    assert record.rating == Rating("2", 2, 10, 2)


def test_the_layout_is_known_from_inside_and_in_a_zip(movies, tmp_path, monkeypatch):
    monkeypatch.chdir(movies / "train" / "neg")
    assert [(r.id, r.film_id) for r in records(["."])] == [("1_2", "tt00101010")]
    with zipfile.ZipFile(tmp_path / "m.zip", "w") as archive:
        for file in movies.rglob("*.*"):
            archive.write(file, file.relative_to(tmp_path))
    assert [(r.id, r.film_id) for r in records([str(tmp_path / "m.zip")])] == [
        (f"aclImdb/{name}", film) for name, (film, _) in WANTED.items()
    ]


def test_other_files_with_such_names_are_texts(tmp_path):
    put(tmp_path / "mine" / "1_2.txt", "Dull.")
    put(tmp_path / "pos" / "1_2.txt", "Dull.")
    got, _ = read(tmp_path)
    assert [(r.film_id, r.rating) for r in got] == [(None, None)] * 2


REVIEWS = (
    "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date\r\n"
    '2021-03-02,"Lake, The",1999,https://boxd.example/aaa,3.5,,"Slow, but <i>fine</i>.\n\nSee it.",,2021-03-01\r\n'
    "2021-03-03,Luna,2007,https://boxd.example/bbb,,Yes,No stars from me.,,2021-03-03\r\n"
)
OTHERS = {
    "comments.csv": "Date,Content,Comment\n2021-03-02,https://boxd.example/ccc,I agree.\n",
    "ratings.csv": "Date,Name,Year,Letterboxd URI,Rating\n2021-03-02,Luna,2007,https://boxd.example/bbb,4\n",
    "deleted/reviews.csv": REVIEWS.replace("/aaa", "/gone").replace("/bbb", "/gone2"),
    "lists/best.csv": "Letterboxd list export v7\nDate,Name\n",
}


def test_a_letterboxd_export_as_zip_folder_and_table(tmp_path):
    for name, content in {"reviews.csv": REVIEWS, **OTHERS}.items():
        put(tmp_path / "export" / name, content)
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        for name, content in {"reviews.csv": REVIEWS, **OTHERS}.items():
            archive.writestr(name, content)
    for source in (tmp_path / "export.zip", tmp_path / "export", tmp_path / "export" / "reviews.csv"):
        [first, second], failures = read(source)
        assert failures == []
        assert first.text == "Slow, but <i>fine</i>.\n\nSee it."
        assert (first.title, first.year, first.date) == ("Lake, The", 1999, dt.date(2021, 3, 2))
        assert first.rating == Rating("3.5", 3.5, 5, 7)
        assert first.id == first.url == "https://boxd.example/aaa"
        assert (second.rating, second.text) == (None, "No stars from me.")
