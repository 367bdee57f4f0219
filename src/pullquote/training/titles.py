"""Where a film's known title stands in its review: labels for the film's name that cost no annotation.

Distant supervision (Mintz et al., 2009): the film of a rated or unlabelled review is known by its id, and
MovieLens 25M gives its title. Wherever the review has those words with their capitals, it names its film.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..text import clean_text, tokens

#: A word that recurs more often than this is a character as often as a title ("Rocky").
OFTEN = 3
_ARTICLES = frozenset({"the", "a", "an"})
_MOVED = re.compile(r"(.*), (The|A|An|Le|La|Les|Il|El|Das|Der|Die|L')")


def movielens_title(title: str) -> str:
    """The title as one writes it.

    >>> movielens_title("Matrix, The (a.k.a. Something)")
    'The Matrix'
    """
    title = re.sub(r"\s*\(.*?\)", "", title).strip()
    match = _MOVED.fullmatch(title)
    return f"{match[2]} {match[1]}" if match else title


def title_tags(forms: Sequence[str], title: str | None) -> list[int] | None:
    """1 where the title begins, 2 where it goes on, 0 elsewhere; None where it does not occur.

    Args:
        forms: the review's tokens.
        title: the film's title as `movielens_title` gives it.

    A title counts with its capitals only, whole, without its article, or up to its colon; once it is found
    whole, its shorter forms count too, so that no mention of the film is taken for something else.
    """
    words = [w.lower() for w in tokens(clean_text(title or "")).forms]
    if not words or (len(words) == 1 and len(words[0]) < 4):
        return None
    tags = [0] * len(forms)
    low = [f.lower() for f in forms]
    if not _tag(tags, forms, low, words):
        return None
    if len(words) == 1 and tags.count(1) > OFTEN:
        return None
    for short in _shorter(words):
        _tag(tags, forms, low, short)
    return tags


def _shorter(words: list[str]) -> list[list[str]]:
    out = []
    if ":" in words[1:]:
        out.append(words[: words.index(":")])
    out += [w[1:] for w in (words, *out) if w[0] in _ARTICLES]
    return [w for w in out if w and (len(w) > 1 or len(w[0]) > 4)]


def _tag(tags: list[int], forms: Sequence[str], low: Sequence[str], words: list[str]) -> bool:
    """Tag every free place of ``words`` that begins with a capital; whether there was one."""
    hit = False
    for i in range(len(forms) - len(words) + 1):
        end = i + len(words)
        if low[i] == words[0] and forms[i][:1].isupper() and low[i:end] == words and not any(tags[i:end]):
            tags[i:end] = [1] + [2] * (len(words) - 1)
            hit = True
    return hit
