"""What is remembered is right, and its amount is bounded, however many words there are."""

from pullquote.text.remembered import Remembered


def test_every_word_gets_its_fact_again_and_again() -> None:
    lengths = Remembered(len)
    words = [f"w{number:x}" for number in range(70_000)] * 2
    assert list(map(lengths.__getitem__, words)) == list(map(len, words))


def test_few_words_are_worked_out_once() -> None:
    asked: list[str] = []
    lengths = Remembered(lambda word: asked.append(word) or len(word))
    for number in range(40_000):
        assert lengths["the"] == 3
        assert lengths[f"w{number}"]
    assert asked.count("the") == 1


def test_many_words_and_long_ones_do_not_fill_the_memory() -> None:
    lengths = Remembered(len)
    for number in range(70_000):
        assert lengths[f"w{number}"]
    assert len(lengths) <= 16_384
    assert lengths["a" * 100] == 100
    assert "a" * 100 not in lengths
