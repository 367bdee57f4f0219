"""Clean text to sentences: where one statement of a review ends and the next begins.

Reviews are typed in haste, so the cut goes by what stands around a stop, in one
pass: abbreviations, initials, decimals and addresses hold their full stops; quoted
or bracketed words hold theirs; an ellipsis ends a sentence only before a capital.
The conventions are those of the sentences that Pullquote's labels were given to,
which follow the "golden rules" of the Pragmatic Segmenter (Kevin S. Dias, 2014).
Three of them surprise: a run of three or more "!" or "?" does not end a sentence,
a full stop between two letters does not either ("good.The"), and the "1." of a
list stands by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .blocks import blocks
from .clean import CleanText

#: A longer sentence is cut where that does least harm, so that windows downstream stay bounded.
_LONGEST = 2000
#: In a sentence longer than this, a stop without a space after it ("good.The") ends one too.
_LONG = 600

#: Patterns that open with one sign or few are looked for fastest; what stands before the sign is asked afterwards.
_STOPS = re.compile(r"[.!?。！？](?:(?<=[.!?])[.!?]*(?: [.!?]+)*|(?<=[。！？])[。！？]*)")
_CLOSING = frozenset("\"')]")
_CLOSERS = re.compile(r"[\"')\]]*")
_SPACES = re.compile(r"\s*")
_PAIRED = re.compile(r'"[^"]+"|\[[^\[\]]*\]|\([^()]*\)|--[^-]+--')
#: Not the apostrophe of '60s or 'em.
_QUOTE_OPENS = re.compile(r"'(?<=\s')(?!\s|\d|(?:em|til|till|cause|bout|n|tis|twas)\b)")
_QUOTE_CLOSES = re.compile(r"'(?![a-zA-Z])")
_GLUED_STOP = re.compile(r"(?<=[a-z)])[.!?]+(?=[A-Z][a-z' ])")
#: What follows a sentence that ended in a pause, a quote or a bracket.
_CAPITAL = re.compile(r"\s+[A-Z]")
#: What follows an abbreviation in mid-sentence.
_GOES_ON = re.compile(r"\s+(?:[a-z0-9(]|I(?:\s|'m|'ll))")
_NUMBER = re.compile(r"\s+(?:\d|\()")
_NEXT_WORD = re.compile(r"\s+([A-Za-z]+)\s")

#: Abbreviations that a name always follows.
_TITLES = frozenset(
    """
    adm brig capt cmdr col cpl det dr gen gov lt maj messrs mr mrs ms mt prof rep rev sen sgt st supt v vs
    """.split()
)
#: Abbreviations that belong to a number after them.
_NUMBERED = frozenset("art ch ep eps ext fig no nos p pg pp pt vol vols".split())
#: Abbreviations that may also end a sentence; a capital after them says that they do.
_SHORT = frozenset(
    """
    aka al approx assn asst aug ave bldg blvd bros btw calif cf co corp dec dept dist ed esp esq est etc
    feb ft hon hr inc jan jr jul jun lbs ltd mfg mgr min misc mlle mme nov oct op orig ph ph.d pvt ref
    sec sept sq sr supp tel univ viz wks yr yrs
    """.split()
)
#: Most words are none of these.
_HELD = _TITLES | _NUMBERED | _SHORT
_DOTTED = re.compile(r"[a-z](?:\.[a-z])+", re.IGNORECASE)
#: Words that open sentences more often than they continue a name, as in "made in the U.S. The film".
_OPENERS = frozenset(
    """
    A After All Although An And As At Both But Did Does For From He Her His How However I If In Is It Its My
    Not Now On One Our She So Some That The Their Then There These They This Those To We What When Where Which
    While Who Why With Yet You Your
    """.split()
)


def sentences(clean: CleanText) -> list[tuple[int, int]]:
    """The sentences of a review, as raw half-open spans without the white space around them.

    Spans are in order and do not overlap; every character that is not white space lies in one.

    >>> from pullquote.text.clean import clean_text
    >>> raw = "Mr. Derbez is great!<br /><br />I gave it 8.5/10. See it..."
    >>> [raw[start:end] for start, end in sentences(clean_text(raw))]
    ['Mr. Derbez is great!', 'I gave it 8.5/10.', 'See it...']
    """
    text, starts, ends = clean.text, clean.starts, clean.ends
    spans: list[tuple[int, int]] = []
    for block_start, block_end in blocks(text):
        here = block_start
        for cut in (*_ends(text, block_start, block_end), block_end):
            for start, end in _bounded(text, here, cut) if cut - here > _LONG else _trimmed(text, here, cut):
                raw_start, raw_end = starts[start], ends[end - 1]
                if spans and raw_start < spans[-1][1]:  # one raw character ("…") on both sides of a cut
                    raw_start = spans.pop()[0]
                spans.append((raw_start, raw_end))
            here = cut
    return spans


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where sentences end inside one block."""
    here = last = start
    opened: int | None = None  # where the sentence that starts at ``last`` has its first word
    for opens, closes in (*_shields(text, start, end), (end, end)):
        for stops in _STOPS.finditer(text, here, opens):
            cut = _cut_after(text, start, stops, opens, end)
            if cut is not None:
                yield cut
                last, opened = cut, None
        if opens < closes:
            opened = _skip_spaces(text, last, end) if opened is None else opened
            if _shield_ends(text, opened, opens, closes, end):
                yield closes
                last, opened = closes, None
        here = closes


def _skip_spaces(text: str, start: int, end: int) -> int:
    spaces = _SPACES.match(text, start, end)
    return spaces.end() if spaces else start


def _shields(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Quoted and bracketed stretches, in order and without overlap; stops in them end nothing."""
    found = [match.span() for match in _PAIRED.finditer(text, start, end)]
    here = start
    while opening := _QUOTE_OPENS.search(text, here, end):
        closing = _QUOTE_CLOSES.search(text, opening.end() + 1, end)
        if not closing:
            break
        found.append((opening.start(), closing.end()))
        here = closing.end()
    found.sort()
    merged: list[tuple[int, int]] = []
    for opens, closes in found:
        if merged and opens < merged[-1][1]:
            merged[-1] = merged[-1][0], max(closes, merged[-1][1])
        else:
            merged.append((opens, closes))
    return merged


def _shield_ends(text: str, opened: int, opens: int, closes: int, end: int) -> bool:
    """Whether a sentence ends with the shielded stretch: "(Spoilers ahead) The", or a quote that ends in a stop."""
    if _CAPITAL.match(text, closes, end) is None:
        return False
    if text[opens] == "(":
        return opens == opened and closes - opens > 3
    return text[closes - 1] in "\"'" and text[closes - 2] in ".!?-"


def _cut_after(text: str, start: int, stops: re.Match[str], shield: int, end: int) -> int | None:
    """Where the sentence ends that ``stops`` may close; None where it goes on."""
    first, last = stops.span()
    if text[first : last + 1] == ". " and last < end:  # most stops are this one
        return last if _full_stop_ends(text, start, first, end) else None
    cut = last
    if cut < shield and text[cut] in _CLOSING and (closers := _CLOSERS.match(text, cut, shield)):
        cut = closers.end()
    if cut == end or text[first] in "。！？":
        return cut
    signs = text[first] if last - first == 1 else text[first:last].replace(" ", "")
    if text[cut].isspace():
        ends = _spaced_ends(text, start, stops, signs, cut, end)
    else:
        ends = _glued_ends(text, start, first, signs, text[cut])
    return cut if ends else None


def _spaced_ends(text: str, start: int, stops: re.Match[str], signs: str, cut: int, end: int) -> bool:
    """Whether stops before white space end a sentence."""
    if cut > stops.end() and _lower_follows(text, cut, end):
        return False
    if signs == ".":
        return _full_stop_ends(text, start, stops.start(), end)
    if set(signs) == {"."}:
        # Three dots are a pause unless a capital follows; a fourth is a full stop.
        pause = stops.group().startswith(". .") and text[max(start, stops.start() - 1)].isspace()
        return len(signs) % 3 != 0 or (not pause and _CAPITAL.match(text, cut, end) is not None)
    if set(signs) <= {"!", "?"}:
        # One "!" may be an aside in a sentence that goes on; three and more are a shout within it.
        return len(signs) < 3 and not (signs == "!" and _lower_follows(text, cut, end))
    return True


def _lower_follows(text: str, cut: int, end: int) -> bool:
    following = _skip_spaces(text, cut, end)
    return following < end and text[following].islower()


def _glued_ends(text: str, start: int, stop: int, signs: str, following: str) -> bool:
    """Whether stops end a sentence though no space follows them."""
    before = text[stop - 1] if stop > start else " "
    if signs == ".":
        if before.isdigit() or following.isdigit():
            return False
        return following in "\"'([*" or (following.isalpha() and not (before.isascii() and before.isalnum()))
    if set(signs) == {"."}:
        return len(signs) % 3 != 0 and following.isalpha()
    return following.isupper() or following in '"([*'


def _full_stop_ends(text: str, start: int, stop: int, end: int) -> bool:
    """Whether a single full stop before white space ends a sentence."""
    before = text[max(start, stop - 16) : stop]
    word = before.rsplit(None, 1)[-1].lstrip("\"'([*-/") if before and not before[-1].isspace() else ""
    lower = word.lower()
    if len(word) != 1 and "." not in word and lower not in _HELD:
        return True
    if len(word) == 1 and "A" <= word <= "Z":
        return word == "I" and _opener_follows(text, stop, end)
    if lower in _TITLES or (lower in _NUMBERED and _NUMBER.match(text, stop + 1, end)):
        return False
    if _DOTTED.fullmatch(word):
        if lower in {"a.m", "p.m"}:
            return _CAPITAL.match(text, stop + 1, end) is not None
        return _opener_follows(text, stop, end)
    return lower not in _SHORT or _GOES_ON.match(text, stop + 1, end) is None


def _opener_follows(text: str, stop: int, end: int) -> bool:
    following = _NEXT_WORD.match(text, stop + 1, end)
    return following is not None and following[1] in _OPENERS


def _trimmed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The span without white space around it, unless nothing else is there."""
    words = text[start:end].lstrip()
    start = end - len(words)
    return [(start, start + len(words.rstrip()))] if words else []


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the span without white space around it, in pieces if it is too long for one sentence."""
    if end - start > _LONG:
        for stop in _GLUED_STOP.finditer(text, start, end):
            yield from _cut_to_size(text, start, stop.end())
            start = stop.end()
    yield from _cut_to_size(text, start, end)


def _cut_to_size(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    start = _skip_spaces(text, start, end)
    while end - start > _LONGEST:
        cut = max(text.rfind(sign, start + 1, start + _LONGEST) for sign in " \n")
        if cut < 0:
            break
        piece = len(text[start:cut].rstrip())
        yield start, start + piece
        start = _skip_spaces(text, cut, end)
    if start < end:
        yield start, start + len(text[start:end].rstrip())
