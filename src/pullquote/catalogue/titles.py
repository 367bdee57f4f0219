"""Film titles as lists write them: articles moved to the end, other titles in brackets, the year behind."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ARTICLES = "The|A|An|La|Le|Les|L'|El|Los|Las|Il|Lo|Gli|Un|Une|Una|Der|Die|Das|Den|Det|De|En|O|Os|As"
_MOVED = re.compile(rf"(.+)[,;]\s*({_ARTICLES})", re.IGNORECASE)
_KNOWN_AS = re.compile(r"^(a\.?k\.?a\.?:?|also known as)\s+", re.IGNORECASE)
_YEAR = re.compile(r"(1[89]\d\d|20\d\d)(?:\s*[-–].*)?")


@dataclass(frozen=True, slots=True)
class Named:
    """A film's title, its other titles, and its year where the title's brackets tell it."""

    title: str
    others: tuple[str, ...] = ()
    year: int | None = None


def named(listed: str) -> Named:
    """Take a listed title apart, in the way of MovieLens.

    >>> named("Matrix, The (a.k.a. Die Matrix) (1999)")
    Named(title='The Matrix', others=('Die Matrix',), year=1999)
    >>> named("Inheritors;The (Siebtelbauern;Die)")
    Named(title='The Inheritors', others=('Die Siebtelbauern',), year=None)
    """
    rest, groups = _trailing_brackets(listed.strip())
    year = None
    others = []
    for group in groups:
        if match := _YEAR.fullmatch(group):
            year = int(match[1])
        elif other := _in_order(_KNOWN_AS.sub("", group)):
            others.append(other)
    title = _in_order(rest)
    if not title:
        # Nothing but brackets: they are the title.
        return Named(listed.strip())
    return Named(title, tuple(dict.fromkeys(o for o in others if o != title)), year)


def _trailing_brackets(text: str) -> tuple[str, list[str]]:
    """What stands before the bracketed groups at the end, and what these hold; brackets may nest."""
    groups: list[str] = []
    while text.endswith(")"):
        depth = 0
        for at in range(len(text) - 1, -1, -1):
            depth += (text[at] == ")") - (text[at] == "(")
            if depth == 0:
                break
        # "Spy(ies)" is a word, not a title with another in brackets.
        if depth or (at and not text[at - 1].isspace()):
            break
        groups.insert(0, text[at + 1 : -1].strip())
        text = text[:at].rstrip()
    return text, groups


def _in_order(title: str) -> str:
    """The title with its article in front; semicolons that stand for commas become commas."""
    title = title.strip()
    if match := _MOVED.fullmatch(title):
        article = match[2]
        title = f"{article}{'' if article.endswith(chr(39)) else ' '}{match[1]}"
    return re.sub(r";(?=\S)", ", ", title)
