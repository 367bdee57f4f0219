from hypothesis import given

from pullquote.text import document

from .strange import strange_text


def test_a_review() -> None:
    doc = document("Great!<br /><br />I <b>loved</b> Mr. Derbez.\nYou may\nnot.")
    assert [doc.raw[start:end] for start, end in doc.sentences] == [
        "Great!",
        "I <b>loved</b> Mr. Derbez.",
        "You may\nnot.",
    ]
    assert doc.first_token == [0, 2, 8, 12]
    assert [doc.tokens.forms[index] for index in sorted(doc.line_starts)] == ["Great", "I", "You", "not"]


def test_nothing() -> None:
    doc = document(" <br /> ")
    assert (doc.sentences, doc.sentence_of, doc.first_token, doc.line_starts) == ((), [], [0], frozenset())


@given(strange_text)
def test_tokens_nest_in_sentences(raw: str) -> None:
    doc = document(raw)
    assert doc.raw == raw
    assert len(doc.sentence_of) == len(doc.tokens)
    assert len(doc.first_token) == len(doc.sentences) + 1
    assert doc.first_token[0] == 0
    assert doc.first_token[-1] == len(doc.tokens)
    for index, (start, end) in enumerate(doc.sentences):
        for token in range(doc.first_token[index], doc.first_token[index + 1]):
            assert doc.sentence_of[token] == index
            assert start <= doc.tokens.starts[token] < doc.tokens.ends[token] <= end
    assert doc.line_starts <= set(range(len(doc.tokens)))
    assert not doc.tokens.forms or 0 in doc.line_starts
