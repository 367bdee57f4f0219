"""One review made ready to read: raw text, clean text, tokens, sentences, and how they nest."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from .clean import CleanText, clean_text
from .sentences import sentences
from .tokens import Tokens, tokens


@dataclass(frozen=True, slots=True)
class Document:
    """A review and everything that follows from its characters alone.

    ``sentences`` are raw half-open spans. ``sentence_of[t]`` is the sentence that token
    ``t`` lies in; the tokens of sentence ``s`` are those from ``first_token[s]`` up to
    ``first_token[s + 1]``. ``line_starts`` holds the tokens that open a line.
    """

    raw: str
    clean: CleanText
    tokens: Tokens
    sentences: tuple[tuple[int, int], ...]
    sentence_of: list[int]
    first_token: list[int]
    line_starts: frozenset[int]


def document(raw: str) -> Document:
    """Clean a raw review and cut it into tokens and sentences.

    >>> doc = document("Great!<br />I <b>loved</b> it.")
    >>> [doc.raw[start:end] for start, end in doc.sentences]
    ['Great!', 'I <b>loved</b> it.']
    >>> doc.first_token, doc.sentence_of, sorted(doc.line_starts)
    ([0, 2, 6], [0, 0, 1, 1, 1, 1], [0, 2])
    """
    clean = clean_text(raw)
    cut = tokens(clean)
    spans = tuple(sentences(clean))
    first_token = [bisect_left(cut.starts, start) for start, _ in spans]
    first_token.append(len(cut))
    sentence_of: list[int] = []
    for index, (here, following) in enumerate(pairwise(first_token)):
        sentence_of += [index] * (following - here)
    return Document(raw, clean, cut, spans, sentence_of, first_token, _line_starts(clean, cut))


def _line_starts(clean: CleanText, cut: Tokens) -> frozenset[int]:
    """The first token, and the first after each line break."""
    openers = {0}
    here = clean.text.find("\n")
    while here >= 0:
        openers.add(bisect_left(cut.starts, clean.ends[here]))
        here = clean.text.find("\n", here + 1)
    return frozenset(openers - {len(cut)})
