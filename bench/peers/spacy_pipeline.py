"""spaCy: a recogniser of names and a categoriser of whole reviews, trained on what Pullquote learned from.

The configurations are those that `spacy init config --lang en --pipeline ner
--optimize efficiency`, and the same for textcat, write for a processor without
GPU: hashed embeddings (Miranda et al., 2022) and convolutions under a
transition-based parser for names, a linear bag of words for verdicts, no
pretrained vectors. One setting is ours: the number of epochs.
"""

from __future__ import annotations

import random
import sys
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from .protocol import Judged
from .starmap import StarMap
from .temperature import probability, temperature

if TYPE_CHECKING:
    from fold import Fold
    from mentions import Span

    from pullquote.evaluation.gold import Gold

#: The part of the annotated reviews on which spaCy decides when to stop; the dev set is never seen.
_STOP_SHARE = 0.1
#: Rounds of the annotated reviews, and of the rated ones: with all of these, spaCy's own limits end it long before.
_NAMES_EPOCHS, _VERDICT_EPOCHS = 3, 10


class SpacyPipeline:
    """One English pipeline: tok2vec and ner learned from annotated reviews, textcat from rated ones."""

    name = "spaCy, NER + text categoriser"

    def __init__(self, taught: Sequence[Gold], seed: int = 0) -> None:
        """``taught`` are the annotated reviews to learn names from."""
        self._taught = list(taught)
        self._seed = seed
        self._nlp: Language | None = None
        self._stars = StarMap()
        self.choices: dict[str, float] = {}

    def __getstate__(self) -> dict[str, Any]:
        nlp = self._pipeline()
        return self.__dict__ | {"_taught": [], "_nlp": (nlp.config, nlp.to_bytes())}

    def __setstate__(self, state: dict[str, Any]) -> None:
        config, weights = state["_nlp"]
        nlp = spacy.util.load_model_from_config(config)
        self.__dict__.update(state | {"_nlp": nlp.from_bytes(weights)})

    def fit(self, train: Fold, tune: Fold) -> None:
        """Learn verdicts from ``train``, stopping by ``tune``, which also picks the temperature; and learn names."""
        rows = list(self._taught)
        random.Random(self._seed).shuffle(rows)
        cut = max(1, round(_STOP_SHARE * len(rows)))
        blank = spacy.blank("en")
        learn, stop = ([_annotated(row, blank) for row in part] for part in (rows[cut:], rows[:cut]))
        self._nlp = self._trained("ner", learn, stop, epochs=_NAMES_EPOCHS)
        judge = self._trained("textcat", _rated(train), _rated(tune), epochs=_VERDICT_EPOCHS)
        self._nlp.add_pipe("textcat", source=judge)
        odds = _log_odds(self._nlp.pipe(tune.texts))
        self._temperature = temperature(odds, tune.labels)
        self._stars.fit(odds.tolist(), tune.ratings)
        self.choices = {"temperature": self._temperature}

    def predict(self, texts: Sequence[str]) -> Judged:
        """Judge reviews; names are found at the same time, as a user of both would have it."""
        odds = _log_odds(self._pipeline().pipe(texts))
        return Judged((odds > 0).tolist(), probability(odds, self._temperature), self._stars(odds.tolist()))

    def mentions(self, texts: Sequence[str]) -> list[list[Span]]:
        """The names found in each review, tags blanked out so that offsets hold."""
        from pullquote.evaluation.places import flat

        docs = self._pipeline().pipe(map(flat, texts))
        return [[(e.start_char, e.end_char, e.label_) for e in doc.ents] for doc in docs]

    def _pipeline(self) -> Language:
        if self._nlp is None:
            raise RuntimeError("call fit first")
        return self._nlp

    def _trained(self, what: str, learn: Iterable[Doc], stop: Iterable[Doc], epochs: int) -> Language:
        """A pipeline of one component, after so many rounds at most; spaCy's patience may end sooner."""
        from spacy.cli.init_config import init_config
        from spacy.training.initialize import init_nlp
        from spacy.training.loop import train as run_training

        with TemporaryDirectory() as folder:
            here = Path(folder)
            DocBin(docs=learn, store_user_data=False).to_disk(here / "train.spacy")
            DocBin(docs=stop, store_user_data=False).to_disk(here / "stop.spacy")
            config = init_config(lang="en", pipeline=[what], optimize="efficiency", gpu=False)
            config["paths"] |= {"train": str(here / "train.spacy"), "dev": str(here / "stop.spacy")}
            config["system"]["seed"] = self._seed
            config["training"]["max_epochs"] = epochs
            (here / "model").mkdir()
            run_training(init_nlp(config), here / "model", stdout=sys.stderr, stderr=sys.stderr)
            return spacy.load(here / "model" / "model-best")


def _annotated(document: Gold, nlp: Language) -> Doc:
    """A document with its names; where one ends inside a spaCy token, spaCy takes its tokens as unknown."""
    from spacy.training import Example

    from pullquote.evaluation.places import flat, mention_places

    text = flat(document.text)
    with warnings.catch_warnings():
        # W030 says so for each such name, two in a hundred.
        warnings.filterwarnings("ignore", message=r"\[W030\]")
        doc = nlp.make_doc(text)
        return Example.from_dict(doc, {"entities": sorted(mention_places(document, text))}).reference


def _rated(fold: Fold) -> Iterable[Doc]:
    nlp = spacy.blank("en")
    for text, label in zip(fold.texts, fold.labels, strict=True):
        doc = nlp.make_doc(text)
        doc.cats = {"favourable": float(label), "unfavourable": float(1 - label)}
        yield doc


def _log_odds(docs: Iterable[Doc]) -> NDArray[np.float64]:
    sure = np.clip([doc.cats["favourable"] for doc in docs], 1e-7, 1 - 1e-7)
    return np.log(sure / (1 - sure))
