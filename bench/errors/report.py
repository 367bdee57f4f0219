"""The whole error analysis in Markdown, one section for each measure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain

from errors.aspects import aspect_mistakes
from errors.cast import cast_mistakes
from errors.credits import credit_mistakes
from errors.film import film_mistakes
from errors.mentions import mention_mistakes
from errors.mistake import Mistake
from errors.quotes import quote_mistakes
from errors.relations import relation_mistakes
from errors.review import Review
from errors.sentences import (
    confusion,
    opposite,
    polarity_labels,
    polarity_mistakes,
    role_labels,
    role_mistakes,
)
from errors.spoilers import bands, crossed, extremes, spoiler_sentences
from errors.tables import kinds_table, mistakes_table
from errors.telling import telling
from pullquote.evaluation.f1 import Counts
from pullquote.evaluation.gold import POLARITIES, ROLES, Gold
from pullquote.evaluation.score import Tally
from pullquote.reading import Reading

Finder = Callable[[Review], Iterable[Mistake]]

#: Measures that are F1 over claims: title of the section, name of the counts, who finds the mistakes.
CLAIMS: tuple[tuple[str, str, Finder], ...] = (
    ("Mentions", "mentions", mention_mistakes),
    ("Credits", "credits", credit_mistakes),
    ("Cast (actor, character)", "cast", cast_mistakes),
    ("Aspects with polarity", "aspects", aspect_mistakes),
    ("Quotes (span, aspect, polarity)", "quotes", quote_mistakes),
    ("Relations", "relations", relation_mistakes),
)

_KEY = """\
Sentences are numbered from 0, as in the annotations. "missed" counts answers of
the gold that were not given, "wrong" claims that are not in the gold; a
confusion of one answer with another is both. The confidence is that of the
claim under "reading says"; of something missed, that of the claim nearest to
it, and – where there is none. Single mistakes are the surest wrong claims and
then the surest misses. Of quotes no more than the first words are shown."""


def report(gold: Iterable[Gold], readings: Mapping[str, Reading], source: str, most: int) -> str:
    """The analysis of ``readings``, found by id; ``source`` says what was compared with what."""
    tally, reviews = Tally(), []
    for document in gold:
        reading = readings.get(document.id)
        tally.add(document, reading)
        reviews.append(Review.of(document, reading))
    scores = tally.scores()
    without = f" Without a reading, counted as one that says nothing: {scores.missing}." if scores.missing else ""
    faults = f" Claims outside their text or misquoting it: {len(scores.faults)}." if scores.faults else ""
    parts = [
        "# Where readings go wrong",
        f"{source}; {scores.reviews} annotated reviews.{without}{faults}\n"
        f"Reading score {scores.measures['READING SCORE (mean of the ten)']:.3f}.",
        _KEY,
        _claims("Film title", tally.title, film_mistakes, reviews, most),
        _roles(reviews, scores.measures["sentence role macro-F1"], most),
        _polarities(reviews, scores.measures["sentence polarity macro-F1"], most),
        _spoilers(reviews, scores.measures["spoiler average precision"], most),
        *(_claims(title, tally.detail[name], finder, reviews, most) for title, name, finder in CLAIMS),
    ]
    return "\n\n".join(parts) + "\n"


def _claims(title: str, counts: Counts, finder: Finder, reviews: Sequence[Review], most: int) -> str:
    mistakes = [mistake for review in reviews for mistake in finder(review)]
    figures = (
        f"F1 {counts.f1:.3f}, precision {counts.precision:.3f}, recall {counts.recall:.3f}: {counts.sought} in gold, "
        f"{counts.right} right, {counts.sought - counts.right} missed, {counts.given - counts.right} wrong."
    )
    return _section(title, figures, mistakes, telling(mistakes, most))


def _roles(reviews: Sequence[Review], figure: float, most: int) -> str:
    mistakes = [mistake for review in reviews for mistake in role_mistakes(review)]
    matrix = confusion(chain.from_iterable(map(role_labels, reviews)), list(ROLES.values()))
    return _section(
        "Sentence role", f"Macro-F1 {figure:.3f}.\n\n{matrix}", mistakes, telling(mistakes, most)
    )  # fmt: skip


def _polarities(reviews: Sequence[Review], figure: float, most: int) -> str:
    mistakes = [mistake for review in reviews for mistake in polarity_mistakes(review)]
    matrix = confusion(chain.from_iterable(map(polarity_labels, reviews)), list(POLARITIES.values()))
    about = (
        f"Macro-F1 {figure:.3f}; sentences mixed in the gold are not measured. Single mistakes: praise taken for "
        "blame and the reverse first; the confidence is that of the role, as readings give none of the polarity."
    )
    worst = telling([m for m in mistakes if opposite(m)], most)
    shown = worst + telling([m for m in mistakes if not opposite(m)], most - len(worst))
    return _section("Sentence polarity", f"{about}\n\n{matrix}", mistakes, shown, "confidence of role")


def _spoilers(reviews: Sequence[Review], figure: float, most: int) -> str:
    rows = [row for review in reviews for row in spoiler_sentences(review)]
    about = (
        f"Average precision {figure:.3f}; {sum(row.lost for row in rows)} of {len(rows)} sentences are spoilers. "
        "Kinds are counted at even odds; single mistakes are the non-spoilers of the highest score, then the "
        "spoilers of the lowest."
    )
    return _section("Spoilers", f"{about}\n\n{bands(rows)}", crossed(rows), extremes(rows, most), "score")


def _section(
    title: str, about: str, mistakes: Sequence[Mistake], shown: Sequence[Mistake], confidence: str = "confidence"
) -> str:
    parts = [f"## {title}", about, kinds_table(mistakes) if mistakes else "No mistakes."]
    if shown:
        parts += ["### Most telling", mistakes_table(shown, confidence)]
    return "\n\n".join(parts)
