"""Readings as spaCy documents, packed in DocBin files.

spaCy keeps spans as runs of tokens. A claim that begins or ends within a token is widened to the whole token; the
claim to the letter stays in ``doc.user_data["reading"]``.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..library.missing import extra
from .document import Document

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

#: Documents in one file; as many are in memory at a time.
PART = 1_000


class DocBins:
    """Writes documents into ``folder``, some thousand to a file, and counts spans that had to be widened."""

    def __init__(self, folder: Path) -> None:
        """Write into ``folder``, which is there.

        Raises:
            InputError: if spaCy is missing.
        """
        with extra("spacy"):
            import spacy
        self._blank = spacy.blank
        self._folder = folder
        self._documents: list[Document] = []
        self.files: list[str] = []
        self.widened = 0

    def add(self, document: Document) -> None:
        """Take one document."""
        self._documents.append(document)
        if len(self._documents) == PART:
            self.end()

    def end(self) -> None:
        """Write what is still held."""
        if not self._documents:
            return
        from spacy.tokens import DocBin

        # A vocabulary grows with every new word, so each file has its own.
        tokenizer = self._blank("en")
        packed = DocBin(store_user_data=True)
        for document in self._documents:
            made, widened = doc(tokenizer, document)
            packed.add(made)
            self.widened += widened
        self.files.append(f"part-{len(self.files) + 1:05}.spacy")
        packed.to_disk(self._folder / self.files[-1])
        self._documents.clear()


def doc(tokenizer: Any, document: Document) -> tuple[Doc, int]:
    """The document of one review, and how many of its spans were widened to whole tokens.

    ``ents`` are the names (label: their type; id: the fullest form). Span groups, their labels and ids:
    "sentences" (role; polarity), "mentions" (as ``ents``, and all of them), "credits" (role; person), "relations"
    (relation; none), "opinions" (aspect; polarity). ``cats`` holds the chance that the review is favourable.
    """
    reading = document.reading
    made: Doc = tokenizer.make_doc(document.text)
    groups: dict[str, Iterable[tuple[Any, str, str]]] = {
        "sentences": ((s, s.role, s.polarity) for s in reading.segments),
        "mentions": ((m, m.type, m.name) for m in reading.mentions),
        "credits": ((c, c.role, c.person) for c in reading.credits),
        "relations": ((r, r.relation, "") for r in reading.relations),
        "opinions": ((o, o.aspect, o.polarity) for o in reading.opinions),
    }
    widened = 0
    for name, claims in groups.items():
        spans: list[Span] = []
        for claim, label, own in claims:
            span = made.char_span(claim.start, claim.end, label=label, span_id=own, alignment_mode="expand")
            assert span is not None, "a claim lies within its text"
            widened += (span.start_char, span.end_char) != (claim.start, claim.end)
            spans.append(span)
        made.spans[name] = spans
    from spacy.util import filter_spans

    made.ents = filter_spans(made.spans["mentions"])
    made.cats = {"favourable": reading.verdict.sentiment}
    made.user_data.update(
        id=reading.id, review=document.review, origin=document.origin, reading=reading.without_text().to_json().decode()
    )
    return made, widened
