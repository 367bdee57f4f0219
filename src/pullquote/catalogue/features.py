"""What speaks for a film and against it, in numbers, for every film that a review may be about."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..reading import Reading
from .context import score
from .keys import key
from .people import known, named
from .spans import Span, plain
from .store import Credited, Entry
from .words import background, bits

#: What the text says of a candidate before any reading; weighed together into the one feature "text" (`context`).
TEXT = (
    "marked", "outmarked", "count", "share", "free", "first", "foremost", "most", "opens", "last", "bits", "words",
    "plain_here", "background", "article", "short", "short_alone", "aka", "sharing", "series", "year_at",
    "year_before", "year_any", "year_off", "compared", "earlier", "seen", "subject", "sequel_talk",
)  # fmt: skip
#: What is weighed in the end; the weights are in weights.json. Those of SET cannot be fitted on reviews whose
#: catalogue tells neither people, votes nor kinds.
FITTED = ("bias", "text", "film", "sure", "elsewhere", "unclaimed", "work", "works", "other")
SET = ("people", "strangers", "votes", "minor", "given", "given_year")

_YEAR = re.compile(r"(?<![\w$])(18[89]\d|19\d\d|20[0-4]\d)(?!\w)")
#: How far behind a title its year may stand: "Hamlet" (1996), Hamlet from 1996.
_YEAR_WITHIN = 8
_YEAR_BEFORE = 30
_COMPARED = re.compile(
    r"\b(like|than|as|unlike|remakes?|sequel|prequel|director|directed|creators?|makers?|from|of|recalls?|rip-?off|"
    r"reminds?|reminiscent|remember|rent|version|such|and|or|between|to)\s+(\w+\s+)?[\"“'‘*]?(the\s+)?$",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"\b(original|first|previous|earlier|older|old|classic|superior|\w+'s)\s+[\"“'‘*]?$", re.IGNORECASE
)
_SEEN = re.compile(
    r"\b(saw|seen|watch|watched|watching|rented|renting|caught|catch|bought|viewed|reviewing|enjoyed|loved|hated|"
    r"liked|called|titled|entitled)\s+(\w+\s+)?[\"“'‘*]?(the\s+)?$",
    re.IGNORECASE,
)
_SEQUEL_TALK = re.compile(
    r"\b(sequels?|prequel|remakes?|remade|reboot|follow-?up|the original|the first (one|film|movie)|trilogy|"
    r"part (two|three|four|ii|iii|iv|[2-9])|rip-?off|spin-?off|version)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^[\"”'’]?,?\s+(is|was|isn't|wasn't|has|had|tells|takes|stars|follows|deals|begins|opens|starts|does|doesn't|may|"
    r"will|concerns|centers|manages|succeeds|fails|proves|offers|gives)\b"
)
_ELSE = frozenset({"PERSON", "CHARACTER", "PLACE", "ORG"})
#: Kinds of titles that are reviewed more seldom than their number says.
_MINOR = frozenset({"short", "tvShort", "video", "tvSpecial"})


@dataclass(frozen=True, slots=True)
class Given:
    """What the source says of the film: its title, its year; and the year the review was written in."""

    title: str | None = None
    year: int | None = None
    written: int | None = None


@dataclass(slots=True)
class Candidate:
    """A film that a review may be about: where it is named, by which titles, and what speaks for it."""

    film: str
    entries: list[Entry] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    values: dict[str, float] = field(default_factory=dict)
    people: dict[str, Credited] = field(default_factory=dict)

    @property
    def entry(self) -> Entry:
        """The title it is found by: a whole one before a part, its own before others."""
        return min(self.entries, key=lambda e: (e.extent == "short", e.origin == "aka"))


def candidates(found: Sequence[Span], entries: Mapping[str, Sequence[Entry]], given: Given) -> list[Candidate]:
    """The films that the spans name; words within a longer title name nothing by themselves.

    Args:
        found: the review's, in order.
        entries: films by key, as `Catalogue.look_up` gives them.
        given: films of another year than the source tells, or made after the review was written, are left out.
    """
    hits = [s for s in found if s.key in entries]
    films: dict[str, Candidate] = {}
    for span in hits:
        if not _within_longer(span, hits, entries):
            for entry in entries[span.key]:
                if _possible(entry, given):
                    candidate = films.setdefault(entry.film, Candidate(entry.film))
                    candidate.spans.append(span)
                    if entry not in candidate.entries:
                        candidate.entries.append(entry)
    return list(films.values())


def _possible(entry: Entry, given: Given) -> bool:
    if entry.year is None:
        return True
    if given.year is not None and not _same(given.year, entry.year):
        return False
    return given.written is None or entry.year <= given.written


def _within_longer(span: Span, hits: Sequence[Span], entries: Mapping[str, Sequence[Entry]]) -> bool:
    return any(
        o.start <= span.start and span.end <= o.end and len(o.key) > len(span.key)
        and any(e.extent == "whole" for e in entries[o.key])
        for o in hits
    )  # fmt: skip


def describe(
    found: Sequence[Candidate],
    reading: Reading,
    text: str,
    given: Given,
    people: Mapping[str, Sequence[Credited]],
) -> None:
    """Fill in the ``values`` of each candidate of one review.

    Args:
        people: who is credited on each film; films that nothing is known of are left out.
    """
    talk = Talk(text, reading, found)
    for one in found:
        one.people = known(talk.names, people.get(one.film, ()))
        one.values = {**talk.of_title(one), **talk.of_places(one), **_by_hand(one, talk, given, one.film in people)}
        one.values["text"] = score(one.values, talk.text, one.spans)


class Talk:
    """One review with all its candidates: what each one's features are measured against."""

    def __init__(self, text: str, reading: Reading, found: Sequence[Candidate]) -> None:
        """Take down what is asked more than once."""
        self.text = plain(text)
        self.low = set(re.findall(r"\b[a-z]+\b", self.text))
        self.years = [(int(m[1]), m.start()) for m in _YEAR.finditer(self.text)]
        self.claim = reading.film.confidence if reading.film else 0.0
        self.others = sorted((m.start, m.end) for m in reading.mentions if m.type in _ELSE)
        self.names = named(reading)
        self.works = len({key(m.name)[0] for m in reading.mentions if m.type == "WORK"})
        self.sequel_talk = bool(_SEQUEL_TALK.search(self.text))
        self.places = len({(s.start, s.end) for c in found for s in c.spans})
        self.first = min((s.start for c in found for s in c.spans), default=0)
        self.most = max((len(c.spans) for c in found), default=0)
        self.marked = any(s.marked for c in found for s in c.spans)
        self.found = found
        self.votes: dict[str, int] = defaultdict(int)
        for candidate in found:
            self.votes[candidate.entry.key] += candidate.entry.votes or 0

    def of_title(self, one: Candidate) -> dict[str, float]:
        """How much the title itself tells, wherever it stands."""
        entry = one.entry
        words = max(s.words for s in one.spans)
        sharing = entry.sharing if entry.extent == "whole" else entry.sharing_any
        return {
            "bits": min(bits(entry.title), 50.0) / 10,
            "words": math.log(words),
            "plain_here": float(words == 1 and all(self.text[s.start : s.end].lower() in self.low for s in one.spans)),
            "background": math.log1p(background(entry.key)),
            "article": float(any(_article_agrees(entry, s) for s in one.spans)),
            "short": float(entry.extent == "short"),
            "short_alone": float(entry.extent == "short" and entry.sharing_any == 1),
            "aka": float(entry.origin == "aka"),
            "sharing": math.log(max(1, sharing)),
            "series": float(entry.sharing_any > entry.sharing),
            "sequel_talk": float(self.sequel_talk and not any(c.isdigit() for c in entry.key)),
        }

    def of_places(self, one: Candidate) -> dict[str, float]:
        """How and where the review names it."""
        spans = one.spans
        mine = max((s.confidence for s in spans if s.by == "film"), default=0.0)
        marked = any(s.marked for s in spans)
        first = min(s.start for s in spans)
        after = [year for year, at in self.years if any(0 <= at - s.end <= _YEAR_WITHIN for s in spans)]
        before = [year for year, at in self.years if any(0 <= s.start - at <= _YEAR_BEFORE for s in spans)]
        year = one.entry.year
        return {
            "bias": 1.0,
            "film": float(mine > 0),
            "sure": _logit(mine) if mine else 0.0,
            "elsewhere": self.claim if not mine else 0.0,
            "unclaimed": float(not self.claim),
            "work": max((s.confidence for s in spans if s.by == "work"), default=0.0),
            "works": math.log1p(max(0, self.works - 1)),
            "other": sum(_overlaps(s, self.others) for s in spans) / len(spans),
            "marked": float(marked),
            "outmarked": float(self.marked and not marked),
            "count": math.log(len(spans)),
            "share": len(spans) / self.places,
            "free": float(any(s.free or s.marked for s in spans)),
            "first": math.log1p(first / 100),
            "foremost": float(first == self.first),
            "most": float(len(spans) == self.most),
            "opens": float(first < 5),
            "last": float(max(s.end for s in spans) > 0.8 * len(self.text)),
            "year_at": float(any(_same(y, year) for y in after)),
            "year_before": float(any(_same(y, year) for y in before)),
            "year_any": float(any(_same(y, year, 0) for y, _ in self.years)),
            "year_off": float(bool(after) and not any(_same(y, year) for y in after)),
            "compared": self._cued(_COMPARED, spans),
            "earlier": self._cued(_EARLIER, spans),
            "seen": self._cued(_SEEN, spans),
            "subject": float(any(_SUBJECT.match(self.text[s.end : s.end + 16]) for s in spans)),
        }

    def _cued(self, cue: re.Pattern[str], spans: Sequence[Span]) -> float:
        """Share of the places that stand behind such a word."""
        return sum(bool(cue.search(self.text[max(0, s.start - 40) : s.start])) for s in spans) / len(spans)


def _by_hand(one: Candidate, talk: Talk, given: Given, has_people: bool) -> dict[str, float]:
    return {
        "people": float(min(len(one.people), 3)),
        "strangers": float(not one.people and len(talk.names) > 1 and has_people),
        "votes": _share(one.entry, talk.votes, talk.found),
        "minor": float(one.entry.kind in _MINOR),
        "given": float(given.title is not None),
        "given_year": float(given.year is not None and _same(given.year, one.entry.year)),
    }


def _logit(chance: float) -> float:
    chance = min(max(chance, 0.02), 0.998)
    return math.log(chance / (1 - chance))


def _same(year: int, film: int | None, within: int = 1) -> bool:
    # A film is dated by its first showing, its release or its copyright.
    return film is not None and abs(year - film) <= within


def _article_agrees(entry: Entry, span: Span) -> bool:
    # "the Rocky I knew" has an article that is not the title's; a title's own is seldom left out.
    return entry.article == span.article if entry.article else True


def _share(entry: Entry, votes: Mapping[str, int], found: Sequence[Candidate]) -> float:
    """How much likelier than even the film is among those of its name, by votes: a logarithm."""
    total = votes[entry.key]
    if not total:
        return 0.0
    namesakes = sum(c.entry.key == entry.key for c in found)
    return math.log(((entry.votes or 0) + 1) * namesakes / (total + namesakes))


def _overlaps(span: Span, others: Sequence[tuple[int, int]]) -> bool:
    """Whether the words are, or are within, a name of another kind; ``others`` do not overlap each other."""
    at = bisect_left(others, (span.start + 1, 0)) - 1
    return at >= 0 and others[at][0] <= span.start and span.end <= others[at][1]
