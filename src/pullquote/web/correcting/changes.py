"""From a form to the changes that it asks for, made of the reading as it is at that moment."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from ...corrections.changes import ClaimChange, VerdictChange, parse
from ...corrections.keep import Current, correct_all, current, mark_checked
from ...errors import CorrectionConflict, InputError
from ...library.store import Store
from ...reading import Mention, Reading, StatedRating
from ...render.words import SPOILER_FROM, tendency
from ...sources.ratings import parse as parsed_rating
from .claims import KINDS, editable, found, key_of, listed
from .selection import laid, selected

#: What a form may say of the verdict, as probabilities that it is favourable.
LEANINGS = {"positive": 1.0, "mixed": 0.5, "negative": 0.0}
_NOTHING = "nothing was changed: this is what the reading says already"

Form = Mapping[str, str]


def correct(store: Store, review: int, form: Form, author: str) -> list[int]:
    """Do what a form asks for; gives the numbers of the corrections.

    Raises:
        InputError: if the form asks for what does not fit.
        CorrectionConflict: if the claim it speaks of is not as it was shown.
        LibraryError: if the library cannot be written.
    """
    if form.get("kind") == "checked":
        return [mark_checked(store, review, _number(form, "seen"), author)]
    known = current(store.connection, review)
    return correct_all(store, review, asked(known, form), author)


def asked(known: Current, form: Form) -> list[ClaimChange]:
    """The changes that a form asks for.

    Raises:
        InputError: as `correct`.
    """
    kind = form.get("kind", "")
    if kind == "segment":
        return [_segment(known.reading, form)]
    if kind == "verdict":
        return [_verdict(known.reading, form)]
    if kind == "rating":
        return [_rating(known, form)]
    if kind not in KINDS:
        raise InputError("choose what to correct")
    return _one_of_several(known, kind, form) if form.get("key") else [_added(known, kind, form)]


def _segment(reading: Reading, form: Form) -> ClaimChange:
    before = found(form.get("key", ""), reading.segments)
    gives_away = form.get("spoiler") == "yes"
    unchanged = gives_away == (before.spoiler >= SPOILER_FROM)
    after = _with(before, role=form.get("role"), polarity=form.get("polarity"))
    after["spoiler"] = before.spoiler if unchanged else float(gives_away)
    old = msgspec.to_builtins(before)
    if after == old:
        raise InputError(_NOTHING)
    return _parsed("segment", old, after)


def _verdict(reading: Reading, form: Form) -> ClaimChange:
    before = found(form.get("key", ""), [reading.verdict])
    leaning, stars = form.get("leaning", ""), form.get("stars", "")
    if leaning not in LEANINGS:
        raise InputError("choose how the verdict leans")
    after = _with(before, recommend=form.get("recommend"))
    if leaning != tendency(before):
        after["sentiment"] = LEANINGS[leaning]
    if stars != f"{before.stars:.1f}":
        after["stars"] = _stars(stars)
    if form.get("unrated") == "yes":
        after["stated_rating"] = None
    return _parsed("verdict", msgspec.to_builtins(before), after)


def _rating(known: Current, form: Form) -> ClaimChange:
    before = found(form.get("verdict", ""), [known.reading.verdict])
    start, end = _selected(known, form)
    words = known.text[start:end]
    rating = parsed_rating(words)
    stated = StatedRating(
        start=start, end=end, text=words, value=rating.value if rating else None, scale=rating.scale if rating else None
    )
    return VerdictChange(before=before, after=msgspec.structs.replace(before, stated_rating=stated))


def _one_of_several(known: Current, kind: str, form: Form) -> list[ClaimChange]:
    before = found(form["key"], listed(known.reading))
    claims = [before]
    if isinstance(before, Mention) and form.get("all") == "yes":
        claims = [other for other in known.reading.mentions if other.name == before.name]
    if form.get("do") == "remove":
        return [_parsed(kind, msgspec.to_builtins(claim), None) for claim in claims]
    changes = []
    for claim in claims:
        old = msgspec.to_builtins(claim)
        new = old | _fields(kind, form, old)
        if new != old:
            changes.append(_parsed(kind, old, new))
    if not changes:
        raise InputError(_NOTHING)
    return changes


def _added(known: Current, kind: str, form: Form) -> ClaimChange:
    start, end = _selected(known, form)
    words = known.text[start:end]
    after = {"start": start, "end": end} | _fields(kind, form, {})
    for name in KINDS[kind].names:
        if name not in KINDS[kind].dispensable and not after[name]:
            # What is left open is called as the words call it.
            after[name] = editable(words)
    if kind == "opinion":
        after["quote"] = words
    before = None
    if kind == "film" and (film := known.reading.film) is not None:
        if key_of(film) != form.get("film"):
            raise CorrectionConflict("the film's name was corrected meanwhile")
        before = msgspec.to_builtins(film)
    return _parsed(kind, before, after)


def _fields(kind: str, form: Form, old: Mapping[str, object]) -> dict[str, object]:
    """What a form says of a claim; a name that was left as it was shown stays as it is."""
    told: dict[str, object] = {name: form.get(name, "") for name in KINDS[kind].choices}
    for name in KINDS[kind].names:
        before = old.get(name)
        typed = form.get(name, "")
        if isinstance(before, str) and typed == editable(before):
            told[name] = before
        else:
            told[name] = typed or (None if name in KINDS[kind].dispensable else "")
    return told


def _selected(known: Current, form: Form) -> tuple[int, int]:
    page = laid(known.text)
    start = _number(form, "sentence")
    segment = next((one for one in known.reading.segments if one.start == start), None)
    if segment is None:
        raise CorrectionConflict("the sentence is no longer there: the review was read again")
    place = None
    if form.get("from") and form.get("to"):
        place = _number(form, "from"), _number(form, "to")
    which = _number(form, "which") if form.get("which") else 1
    return selected(page, form.get("words", ""), place, page.shown_span(segment.start, segment.end), which)


def _parsed(kind: str, before: object, after: object) -> ClaimChange:
    return parse(msgspec.json.encode({"kind": kind, "before": before, "after": after}))


def _with(before: msgspec.Struct, **fields: object) -> dict[str, object]:
    return {**msgspec.to_builtins(before), **fields}


def _stars(typed: str) -> float:
    try:
        stars = float(typed.replace(",", "."))
    except ValueError:
        stars = 0.0
    if not 1 <= stars <= 10:
        raise InputError("stars are a number from 1 to 10")
    return stars


def _number(form: Form, name: str) -> int:
    value = form.get(name, "")
    if not (value.isascii() and value.isdecimal() and len(value) < 12):
        raise InputError(f"{name} is no number")
    return int(value)
