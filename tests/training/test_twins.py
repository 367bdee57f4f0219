"""What was trained in torch is what runs in numpy and ONNX Runtime."""

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from pullquote.reader.encoder import Encoder as Session  # noqa: E402
from pullquote.reader.heads import Heads as Twin  # noqa: E402
from pullquote.reader.heads import mention_vectors as twin_vectors  # noqa: E402
from pullquote.reader.heads import pool_groups  # noqa: E402
from pullquote.reader.layout import Laid  # noqa: E402
from pullquote.reader.pairs import pairs  # noqa: E402
from pullquote.reader.places import places  # noqa: E402
from pullquote.reader.wordpiece import WordPieces  # noqa: E402
from pullquote.text import clean_text, tokens  # noqa: E402
from pullquote.training.encoder import minilm_folder, pretrained, vocabulary  # noqa: E402
from pullquote.training.export import encoder_graph  # noqa: E402
from pullquote.training.finetune import rectangles  # noqa: E402
from pullquote.training.heads import Heads, gap_vectors, mention_vectors  # noqa: E402
from pullquote.training.recipe import arrays  # noqa: E402


@pytest.fixture(scope="module")
def both() -> tuple[Heads, Twin]:
    torch.manual_seed(3)
    heads = Heads().eval()
    return heads, Twin(arrays(heads.state_dict()))


def test_encoder(tmp_path: Path):
    import onnx

    torch.manual_seed(3)
    encoder = pretrained().eval()
    path = tmp_path / "encoder.onnx"
    onnx.save(encoder_graph(arrays(encoder.state_dict())), path)
    rows = [[101, *range(2000, 2040), 102], [101, 3000, 3001, 102]]
    codes = [[i % 25 for i in range(len(row))] for row in rows]
    with torch.no_grad():
        want = encoder(*rectangles(rows, codes)).numpy()
    session = Session(path, WordPieces(vocabulary()), 1)
    for row, code, states in zip(rows, codes, want, strict=True):
        found = session.run(Laid(row, code, []).feed)
        # Weights are kept at half precision on disk: three digits.
        assert np.abs(found - states[: len(row)]).max() < 0.02


def test_sentence_heads(both: tuple[Heads, Twin]):
    heads, twin = both
    h = np.random.default_rng(0).normal(size=(30, 384)).astype(np.float32)
    first, last = np.array([0, 4, 20]), np.array([4, 19, 30])
    where = places(first, last)
    with torch.no_grad():
        want = heads.sentences(*(torch.from_numpy(x) for x in (h, first, last, where))).numpy()
    np.testing.assert_allclose(twin.sentences(h, first, last, where), want, atol=1e-4)


def test_token_and_document_heads(both: tuple[Heads, Twin]):
    heads, twin = both
    h = np.random.default_rng(1).normal(size=(30, 384)).astype(np.float32)
    scores = twin.tokens(h)
    with torch.no_grad():
        t = torch.from_numpy(h)
        for name in ("names", "descriptions", "opinions", "aspects", "attend"):
            np.testing.assert_allclose(scores[name], getattr(heads, name)(t).numpy(), atol=1e-4)
        want = heads.documents(t, torch.zeros(30, dtype=torch.long), 1)[0].numpy()
    np.testing.assert_allclose(twin.document(h, scores["attend"]), want, atol=1e-4)


def test_credit_and_pair_heads(both: tuple[Heads, Twin]):
    heads, twin = both
    h = np.random.default_rng(2).normal(size=(30, 384)).astype(np.float32)
    starts, ends, kinds = np.array([0, 5, 9, 20]), np.array([2, 6, 11, 24]), np.array([0, 1, 2, 1])
    formed = pairs(starts, ends, kinds, np.array([0, 0, 1, 2]))
    with torch.no_grad():
        t = torch.from_numpy(h)
        vectors = mention_vectors(t, torch.from_numpy(starts), torch.from_numpy(ends))
        gap = gap_vectors(t, torch.from_numpy(formed.gap_from), torch.from_numpy(formed.gap_to))
        index = (torch.from_numpy(x) for x in (formed.first, formed.second))
        want = heads.pairs(vectors, *index, gap, torch.from_numpy(formed.features)).numpy()
        credits = heads.credits(vectors).numpy()
    own = twin_vectors(h, starts, ends)
    np.testing.assert_allclose(twin.credits(own), credits, atol=1e-4)
    np.testing.assert_allclose(twin.pairs(h, own, formed), want, atol=1e-3)


def test_pooling_is_log_sum_exp():
    scores = np.array([[1.0], [2.0], [-3.0]], dtype=np.float32)
    pooled = pool_groups(scores, np.array([0, 0, 1]), 2)
    np.testing.assert_allclose(pooled[:, 0], [np.log(np.exp(1.0) + np.exp(2.0)), -3.0], rtol=1e-5)


def test_word_pieces_are_those_of_the_original_tokeniser():
    tokenizers = pytest.importorskip("tokenizers")
    theirs = tokenizers.Tokenizer.from_file(str(minilm_folder() / "tokenizer.json"))
    theirs.no_truncation()
    theirs.no_padding()
    ours = WordPieces(vocabulary())
    text = "Café Müller's un-believable 8 1/2: J.J. Abrams -- señor, naïve 10/10!!! 日本 supercalifragilistic"
    mine = [p for word in ours.cut(tokens(clean_text(text)).forms) for p in word]
    assert mine == theirs.encode(text, add_special_tokens=False).ids
