"""The folder layout of the Large Movie Review Dataset (Maas et al., ACL 2011).

``train`` and ``test`` hold folders ``pos``, ``neg`` and ``unsup`` with one review in each file ``ID_RATING.txt``: the
rating is out of 10, 0 where there is none. Line ID + 1 of ``urls_pos.txt`` and its like is the address of the film's
reviews, which has the film's id. The layout is recognised by its shape, at whatever folder one enters it.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from .bounded import lines
from .files import File
from .ratings import parse
from .record import Rating

_KINDS = ("pos", "neg", "unsup")
_REVIEW = re.compile(r"([0-9]{1,7})_([0-9]|10)\.txt")
_URLS = re.compile(rf"urls_(?:{'|'.join(_KINDS)})\.txt")
_FILM = re.compile(rb"\btt[0-9]{7,9}\b")
_SCALE = 10.0
_LINE = 4096


def passes_over(file: File) -> bool:
    """Whether ``file`` belongs to the layout and is no review: lists of addresses, words and word weights."""
    name = file.place.name
    return bool(_URLS.fullmatch(name)) or (name == "imdbEr.txt" and file.beside("imdb.vocab") is not None)


def recognises(file: File) -> bool:
    """Whether ``file`` is a review of this layout, by its name and those of the folders around it."""
    place = file.place
    if not _REVIEW.fullmatch(place.name) or place.parent.name not in _KINDS:
        return False
    return place.parent.parent.name in ("train", "test") or file.beside(_urls(place)) is not None


class Layout:
    """What the layout says of its reviews. The film ids of one folder are held at a time."""

    def __init__(self) -> None:
        """Begin with no folder."""
        self._folder: PurePath | None = None
        self._films: list[str | None] = []

    def rating(self, file: File) -> Rating | None:
        """The rating in the name of ``file``, which is a review of this layout."""
        value = file.place.stem.partition("_")[2]
        return None if value == "0" else parse(value, _SCALE)

    def film_id(self, file: File) -> str | None:
        """The film that ``file`` is about, which is a review of this layout; None where no list tells it.

        Raises:
            OSError: if the list cannot be read.
            InputError: if it cannot be unpacked.
        """
        place = file.place
        if place.parent != self._folder:
            urls = file.beside(_urls(place))
            self._films = _films(urls) if urls is not None else []
            self._folder = place.parent
        number = int(place.name.partition("_")[0])
        return self._films[number] if number < len(self._films) else None


def _urls(place: PurePath) -> str:
    return f"../urls_{place.parent.name}.txt"


def _films(urls: File) -> list[str | None]:
    with urls.open() as stream:
        found = (_FILM.search(line) if line else None for line in lines(stream, _LINE))
        return [match[0].decode() if match else None for match in found]
