"""A reading says the same, to the last digit, whatever reviews are decoded beside it."""

from dataclasses import replace

import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pullquote.reader.decode import decode, decode_many
from pullquote.reader.heads import Heads
from pullquote.reader.labels import ASPECTS, CREDITS, NAMES, RECOMMENDATIONS, RELATIONS
from pullquote.reader.pairs import FEATURES
from pullquote.reader.places import PLACES
from pullquote.reader.shipped import Model, load
from pullquote.text import document

TEXTS = (
    '"The Glass Harbour" was directed by Ingrid Maas. Rosa Lind (Captain Vane) is superb! 8/10',
    "Dull. Dull. Dull.",
    "!?",
    "Mr. Teller and Paul Teller, his brother, run a bakery by the sea. Teller's wife, Ada Voss, leaves.\n\nAvoid it.",
    "Nora meets Jo; Jo meets Nora; Nora's mother, an old teacher, meets Jo. I liked Nora, and Nora liked the sea. " * 4,
    "Una película maravillosa que no se olvida y que todos los niños de la escuela quieren ver otra vez.",
    "A word",
)
DOCS = [document(text) for text in TEXTS]


def heads(width: int, seed: int) -> Heads:
    """Heads that know nothing, but claim something of everything."""
    rng = np.random.default_rng(seed)
    hidden = 32
    shapes = {
        "names": (1 + 2 * len(NAMES), width), "descriptions": (3, width), "opinions": (5, width),
        "aspects": (len(ASPECTS), width), "attend": (1, width), "verdict": (2 + len(RECOMMENDATIONS), width),
        "sentence_in": (hidden, 2 * width + PLACES), "sentence_out": (9, hidden),
        "credit_in": (hidden, 2 * width), "credit_out": (len(CREDITS), hidden),
        **{f"pair_{side}": (hidden, 2 * width) for side in ("first", "second", "left", "right")},
        "pair_gap": (hidden, width), "pair_places": (hidden, FEATURES), "pair_out": (1 + len(RELATIONS), hidden),
    }  # fmt: skip
    weights: dict[str, np.ndarray] = {}
    for name, shape in shapes.items():
        weights[f"{name}.weight"] = rng.normal(size=shape).astype(np.float32) * np.float32(2 / shape[1] ** 0.5)
        weights[f"{name}.bias"] = rng.normal(size=shape[0]).astype(np.float32)
    return Heads(weights)


@pytest.fixture(scope="module")
def shipped() -> Model:
    loaded = load(None, None)
    bold = msgspec.structs.replace(
        loaded.settings, credit_from=0.4, cast_from=0.3, relation_from=0.1, film_from=0.1, opinion_from=0.05
    )
    return replace(loaded, settings=bold)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.integers(0, len(DOCS) - 1), min_size=1, max_size=12),
    st.sampled_from([24, 40, 128]),
    st.integers(0, 99),
)
def test_any_company_and_any_order(shipped: Model, chosen: list[int], width: int, seed: int):
    model = replace(shipped, heads=heads(width, seed))
    rng = np.random.default_rng(seed)
    vectors = [rng.normal(size=(len(doc.tokens), width)).astype(np.float32) for doc in DOCS]
    alone = {i: decode(model, str(i), DOCS[i], vectors[i]).to_json() for i in set(chosen)}
    together = decode_many(
        model, [str(i) for i in chosen], [DOCS[i] for i in chosen], np.concatenate([vectors[i] for i in chosen])
    )
    assert [r.to_json() for r in together] == [alone[i] for i in chosen]


def test_every_kind_of_claim_is_made_and_sound(shipped: Model):
    """What the property above compares is not empty."""
    claimed: set[str] = set()
    for seed in range(6):
        model = replace(shipped, heads=heads(40, seed))
        h = np.random.default_rng(seed).normal(size=(sum(len(doc.tokens) for doc in DOCS), 40)).astype(np.float32)
        for reading, text in zip(decode_many(model, list(TEXTS), DOCS, h), TEXTS, strict=True):
            assert reading.id == reading.text == text
            assert reading.check(text) == []
            claimed |= {kind for kind, _ in reading.claims()}
            claimed |= {"part" for credit in reading.credits if credit.character}
    assert claimed >= {"film", "segment", "mention", "credit", "part", "relation", "opinion", "evidence"}
