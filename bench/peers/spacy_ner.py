"""spaCy's named-entity recogniser, trained on the same annotated reviews.

The configuration is the one that `spacy init config --lang en --pipeline ner
--optimize efficiency` writes for a processor without GPU: hashed embeddings
(Miranda et al., 2022) and convolutions under a transition-based parser, no
pretrained vectors. One setting is ours: at most 3 epochs.
"""

from __future__ import annotations

import random
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

import spacy
from mentions import Span
from spacy.cli.init_config import init_config
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as run_training

#: The part of the training reviews on which spaCy decides when to stop; the dev set is never seen.
_STOP_SHARE = 0.1


class SpacyNer:
    """A blank English pipeline of tok2vec and ner; it reads names, so it has no verdict."""

    name = "spaCy NER"

    def __init__(self, scorer: ModuleType, epochs: int = 3, seed: int = 0) -> None:
        self._scorer = scorer
        self._epochs = epochs
        self._seed = seed
        self._nlp: Language | None = None

    def fit(self, gold: Sequence[dict]) -> None:
        """Train on annotated reviews, nine tenths to learn from and one tenth to stop by."""
        rows = list(gold)
        random.Random(self._seed).shuffle(rows)
        cut = max(1, round(_STOP_SHARE * len(rows)))
        with TemporaryDirectory() as folder:
            here = Path(folder)
            self._write(rows[cut:], here / "train.spacy")
            self._write(rows[:cut], here / "stop.spacy")
            config = init_config(lang="en", pipeline=["ner"], optimize="efficiency", gpu=False)
            config["paths"] |= {"train": str(here / "train.spacy"), "dev": str(here / "stop.spacy")}
            config["system"]["seed"] = self._seed
            config["training"]["max_epochs"] = self._epochs
            (here / "model").mkdir()
            nlp = init_nlp(config)
            run_training(nlp, here / "model", stdout=sys.stderr, stderr=sys.stderr)
            self._nlp = spacy.load(here / "model" / "model-best")

    def mentions(self, texts: Sequence[str]) -> list[list[Span]]:
        """The names found in each review, tags blanked out so that offsets hold."""
        if self._nlp is None:
            raise RuntimeError("call fit first")
        docs = self._nlp.pipe(self._scorer.flat(text) for text in texts)
        return [[(e.start_char, e.end_char, e.label_) for e in doc.ents] for doc in docs]

    def _write(self, rows: Sequence[dict], path: Path) -> None:
        nlp = spacy.blank("en")
        DocBin(docs=[self._annotated(nlp, row) for row in rows]).to_disk(path)

    def _annotated(self, nlp: Language, row: dict) -> Doc:
        """A document with its names; where one ends inside a spaCy token, spaCy takes its tokens as unknown."""
        text = self._scorer.flat(row["text"])
        names = sorted(self._scorer.gold_mentions(row, text))
        with warnings.catch_warnings():
            # W030 says so for each such name, two in a hundred.
            warnings.filterwarnings("ignore", message=r"\[W030\]")
            return Example.from_dict(nlp.make_doc(text), {"entities": names}).reference
