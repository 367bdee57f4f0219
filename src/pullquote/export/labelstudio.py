"""Readings as Label Studio tasks, each with the reading as a prediction to start from.

Spans count Unicode code points, as Label Studio's ``Text`` tag does since 2021 (label-studio-frontend, pull request
308: "text with emoji breaks region offsets"); the versions before counted UTF-16 units. It counts CR LF as two.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args
from xml.sax.saxutils import quoteattr

import msgspec

from ..reading import Aspect, CreditRole, Mention, MentionType, Polarity, Reading, Recommendation, Relationship, Role
from .document import Document

#: What joins the two names of a credit.
PLAYS = "plays"


def line(document: Document) -> bytes:
    """One task as JSON, without a line's end."""
    return msgspec.json.encode(task(document))


def task(document: Document) -> dict[str, Any]:
    """The task of one review: its text, and the reading as prediction."""
    reading = document.reading
    return {
        "data": {
            "text": document.text,
            "id": reading.id,
            "review": document.review,
            "origin": document.origin,
            "url": document.url,
        },
        "predictions": [{"model_version": reading.model, "result": _results(document)}],
    }


def _results(document: Document) -> list[dict[str, Any]]:
    reading = document.reading
    results: list[dict[str, Any]] = []

    def region(name: str, tag: str, claim: Any, label: str) -> None:
        results.append(_labels(document.text, name, tag, claim, label))

    for i, s in enumerate(reading.segments):
        region(f"sentence-{i}", "sentence", s, s.role)
        results.append(_choice(f"sentence-{i}", "polarity", s.polarity, _span(document.text, s)))
    for i, m in enumerate(reading.mentions):
        region(f"mention-{i}", "name", m, m.type)
    for i, c in enumerate(reading.credits):
        region(f"credit-{i}", "credit", c, c.role)
    for i, o in enumerate(reading.opinions):
        region(f"opinion-{i}", "opinion", o, o.aspect)
        results.append(_choice(f"opinion-{i}", "polarity", o.polarity, _span(document.text, o)))
    results.append(_choice("recommend", "recommend", reading.verdict.recommend, {}))
    results.extend(_relations(reading))
    return results


def _span(text: str, claim: Any) -> dict[str, Any]:
    return {"start": claim.start, "end": claim.end, "text": text[claim.start : claim.end]}


def _labels(text: str, name: str, tag: str, claim: Any, label: str) -> dict[str, Any]:
    return {
        "id": name,
        "from_name": tag,
        "to_name": "text",
        "type": "labels",
        "score": claim.confidence,
        "value": {**_span(text, claim), "labels": [label]},
    }


def _choice(name: str, tag: str, choice: str, span: dict[str, Any]) -> dict[str, Any]:
    return {"id": name, "from_name": tag, "to_name": "text", "type": "choices", "value": {**span, "choices": [choice]}}


def _relations(reading: Reading) -> Iterable[dict[str, Any]]:
    """Pairs of names, each end at the mention nearest to the claim; left out where an end is no mention."""
    pairs: list[tuple[Any, str, str, str]] = [(c, c.person, c.character, PLAYS) for c in reading.credits if c.character]
    pairs += [(r, r.subject, r.object, r.relation) for r in reading.relations]
    for claim, one, other, label in pairs:
        ends = [_nearest(reading.mentions, name, claim.start) for name in (one, other)]
        if None not in ends:
            yield {
                "type": "relation",
                "from_id": f"mention-{ends[0]}",
                "to_id": f"mention-{ends[1]}",
                "direction": "right",
                "labels": [label],
            }


def _nearest(mentions: Iterable[Mention], name: str | None, place: int) -> int | None:
    own = [(abs(m.start - place), i) for i, m in enumerate(mentions) if m.name == name]
    return min(own)[1] if own else None


def config() -> str:
    """The labeling configuration that the tasks are made for, as XML."""
    labels = (("sentence", Role), ("name", MentionType), ("credit", CreditRole), ("opinion", Aspect))
    lines = ["<View>", "  <Style>.htx-text { white-space: pre-wrap; }</Style>", "  <Relations>"]
    lines += [f"    <Relation value={quoteattr(value)}/>" for value in (PLAYS, *get_args(Relationship))]
    lines.append("  </Relations>")
    for name, values in labels:
        lines.append(f'  <Labels name="{name}" toName="text" choice="single">')
        lines += [f"    <Label value={quoteattr(value)}/>" for value in get_args(values)]
        lines.append("  </Labels>")
    lines.append('  <Text name="text" value="$text" granularity="symbol"/>')
    for name, choices, about in (("polarity", Polarity, ' perRegion="true"'), ("recommend", Recommendation, "")):
        lines.append(f'  <Choices name="{name}" toName="text" choice="single"{about}>')
        lines += [f"    <Choice value={quoteattr(value)}/>" for value in get_args(choices)]
        lines.append("  </Choices>")
    return "\n".join([*lines, "</View>", ""])
