"""Every measure of readings against gold, gathered review by review.

F1 figures are counted over the whole corpus unless a row says macro. A gold
review without a reading counts as one about which nothing was said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..reading import Reading
from .average_precision import average_precision
from .calibration import Prediction, adaptive_calibration_error, calibration_error
from .f1 import Counts, macro_f1
from .gold import POLARITIES, ROLES, Gold
from .matching import matches, segment_at
from .names import name_key, relation_key
from .places import flat, mention_places, quote_place

#: The measures whose mean is the reading score.
MAIN = (
    "film title F1", "sentence role macro-F1", "sentence polarity macro-F1", "spoiler average precision",
    "mention F1", "credit F1", "cast (actor, character) F1", "aspect+polarity F1",
    "quote F1 (span, aspect, polarity)", "relation F1",
)  # fmt: skip

MENTION_TYPES = ("PERSON", "CHARACTER", "WORK", "ORG", "PLACE", "EVENT")

#: A known rating from here up, on 1 to 10, is a favourable one.
FAVOURABLE = 7
#: What counts as the verdict of a missing reading: even odds, and the middle of 1 to 10.
_NO_SENTIMENT, _NO_STARS = 0.5, 5.5


@dataclass(frozen=True, slots=True)
class Scores:
    """All figures.

    ``measures`` and ``calibration`` map a measure's name to its figure, in the
    order of print; ``detail`` maps a kind of claim to its counts. ``faults``
    are claims that no reading may make (spans outside the text, quotes that
    differ); ``missing`` counts gold reviews without a reading.
    """

    measures: dict[str, float]
    calibration: dict[str, float]
    detail: dict[str, Counts]
    faults: tuple[str, ...]
    reviews: int
    missing: int


@dataclass(slots=True)
class Tally:
    """What is known after some of the reviews; holds figures only, no texts."""

    reviews: int = 0
    missing: int = 0
    faults: list[str] = field(default_factory=list)
    title: Counts = field(default_factory=Counts)
    roles: list[tuple[str, str]] = field(default_factory=list)
    polarities: list[tuple[str, str]] = field(default_factory=list)
    spoilers: list[Prediction] = field(default_factory=list)
    verdicts: list[Prediction] = field(default_factory=list)
    right_verdicts: int = 0
    right_recommends: int = 0
    stars_off: float = 0.0
    detail: dict[str, Counts] = field(
        default_factory=lambda: {
            name: Counts()
            for name in (
                "mentions", *(f"mentions:{kind}" for kind in MENTION_TYPES),
                "credits", "cast", "aspects", "quotes", "quotes:polarity", "relations",
            )
        }
    )  # fmt: skip

    def add(self, gold: Gold, reading: Reading | None) -> None:
        """Count one review in, with its reading if there is one."""
        self.reviews += 1
        self.missing += reading is None
        if reading is not None:
            self.faults.extend(f"{gold.id} {fault}" for fault in reading.check(gold.text))
        text = flat(gold.text)
        self._add_title(gold, reading)
        self._add_sentences(gold, reading)
        self._add_mentions(gold, text, reading)
        self._add_credits(gold, reading)
        self._add_opinions(gold, text, reading)
        self._add_relations(gold, reading)
        self._add_verdict(gold, reading)

    def scores(self) -> Scores:
        """The figures over all reviews counted in so far."""
        detail = self.detail
        measures = {
            "film title F1": self.title.f1,
            "sentence role macro-F1": macro_f1(self.roles, ROLES.values()),
            # Sentences that judge both ways are too few to be measured.
            "sentence polarity macro-F1": macro_f1(self.polarities, ("positive", "negative", "neutral")),
            "spoiler average precision": average_precision(self.spoilers),
            "mention F1": detail["mentions"].f1,
            "credit F1": detail["credits"].f1,
            "cast (actor, character) F1": detail["cast"].f1,
            "aspect+polarity F1": detail["aspects"].f1,
            "quote F1 (span, aspect, polarity)": detail["quotes"].f1,
            "quote F1 (span, polarity)": detail["quotes:polarity"].f1,
            "relation F1": detail["relations"].f1,
            "recommend accuracy": self.right_recommends / self.reviews if self.reviews else 1.0,
        }
        calibration = {
            "spoiler calibration error (equal width)": calibration_error(self.spoilers),
            "spoiler calibration error (equal size)": adaptive_calibration_error(self.spoilers),
        }
        if rated := len(self.verdicts):
            measures["verdict accuracy (rated reviews)"] = self.right_verdicts / rated
            measures["stars mean absolute error (rated reviews)"] = self.stars_off / rated
            calibration["verdict calibration error (equal width)"] = calibration_error(self.verdicts)
            calibration["verdict calibration error (equal size)"] = adaptive_calibration_error(self.verdicts)
        measures["READING SCORE (mean of the ten)"] = sum(measures[name] for name in MAIN) / len(MAIN)
        return Scores(measures, calibration, detail, tuple(self.faults), self.reviews, self.missing)

    def _add_title(self, gold: Gold, reading: Reading | None) -> None:
        sought = {name_key(title) for title in gold.film}
        given = name_key(reading.film.title) if reading and reading.film else ""
        self.title.add(given in sought, given != "", bool(sought))

    def _add_sentences(self, gold: Gold, reading: Reading | None) -> None:
        segments = reading.segments if reading else ()
        for (start, end), role, spoil, sign in zip(gold.sentences, gold.roles, gold.spoil, gold.pol, strict=True):
            segment = segment_at(segments, start, end)
            self.roles.append((ROLES[role], segment.role if segment else ""))
            if sign != "m":
                self.polarities.append((POLARITIES[sign], segment.polarity if segment else ""))
            self.spoilers.append((segment.spoiler if segment else 0.0, spoil == "1"))

    def _add_mentions(self, gold: Gold, text: str, reading: Reading | None) -> None:
        sought = mention_places(gold, text)
        given = {(m.start, m.end, str(m.type)) for m in reading.mentions} if reading else set()
        self.detail["mentions"].add_sets(given, sought)
        for kind in MENTION_TYPES:
            self.detail[f"mentions:{kind}"].add_sets(
                {place for place in given if place[2] == kind}, {place for place in sought if place[2] == kind}
            )

    def _add_credits(self, gold: Gold, reading: Reading | None) -> None:
        credits = reading.credits if reading else ()
        self.detail["credits"].add_sets(
            {(name_key(c.person), str(c.role)) for c in credits if c.role != "other"},
            {(name_key(c.person), c.role) for c in gold.credits if c.role != "other"},
        )
        self.detail["cast"].add_sets(
            {(name_key(c.person), name_key(c.character)) for c in credits if c.role == "actor" and c.character},
            {(name_key(c.person), name_key(c.character)) for c in gold.credits if c.role == "actor" and c.character},
        )

    def _add_opinions(self, gold: Gold, text: str, reading: Reading | None) -> None:
        given = [((o.start, o.end), str(o.aspect), str(o.polarity)) for o in reading.opinions] if reading else []
        sought = [
            (place, o.aspect, POLARITIES[o.polarity])
            for o in gold.opinions
            if (place := quote_place(gold, text, o.sentence, o.quote)) is not None
        ]
        self.detail["aspects"].add_sets({row[1:] for row in given}, {row[1:] for row in sought})
        for name, first in (("quotes", 1), ("quotes:polarity", 2)):
            right = matches(((row[0], row[first:]) for row in given), ((row[0], row[first:]) for row in sought))
            self.detail[name].add(right, len(given), len(sought))

    def _add_relations(self, gold: Gold, reading: Reading | None) -> None:
        self.detail["relations"].add_sets(
            {relation_key(r.subject, r.relation, r.object) for r in (reading.relations if reading else ())},
            {relation_key(r.subject, r.relation, r.object) for r in gold.relations},
        )

    def _add_verdict(self, gold: Gold, reading: Reading | None) -> None:
        sentiment = reading.verdict.sentiment if reading else _NO_SENTIMENT
        stars = reading.verdict.stars if reading else _NO_STARS
        self.right_recommends += reading is not None and reading.verdict.recommend == gold.recommend
        if gold.rating_true:
            favourable = gold.rating_true >= FAVOURABLE
            self.verdicts.append((sentiment, favourable))
            self.right_verdicts += favourable == (sentiment >= 0.5)
            self.stars_off += abs(gold.rating_true - stars)


def score(gold: Iterable[Gold], readings: Mapping[str, Reading]) -> Scores:
    """Every measure of ``readings``, found by id, against ``gold``."""
    tally = Tally()
    for document in gold:
        tally.add(document, readings.get(document.id))
    return tally.scores()
