"""The shipped reader on real text: every claim has its words, whatever the text is."""

import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pullquote
from pullquote import EmptyReview, Reader, Reading, ReviewTooLong
from pullquote.reader.decode import NOT_ENGLISH

SAMPLES = sorted((Path(__file__).parents[2] / "examples" / "reviews").glob("*.txt"))


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="module")
def samples() -> dict[str, str]:
    return {p.stem: p.read_text(encoding="utf-8") for p in SAMPLES}


def test_plain_facts_are_read(reader: Reader):
    text = (
        '"The Glass Harbour" was directed by Ingrid Maas and written by Paul Teller. Rosa Lind plays Captain Vane. '
        "The photography is gorgeous, but the dialogue is terrible. Overall I loved it. 8/10"
    )
    reading = reader.read(text)
    assert reading.film is not None
    assert reading.film.title == "The Glass Harbour"
    who = {(c.person, c.role) for c in reading.credits}
    assert {("Ingrid Maas", "director"), ("Paul Teller", "writer"), ("Rosa Lind", "actor")} <= who
    assert ("visuals", "positive") in {(o.aspect, o.polarity) for o in reading.opinions}
    assert ("writing", "negative") in {(o.aspect, o.polarity) for o in reading.opinions}
    assert reading.verdict.recommend == "yes"
    assert reading.verdict.stated_rating is not None
    assert reading.verdict.stated_rating.text == "8/10"


def test_a_bracket_after_a_character_is_the_actor(reader: Reader):
    text = "Marlene (Katrin Vogt) runs the inn with her son. Aksel (Ole Bjerre) is a captain. The film is good."
    cast = {(c.person, c.character) for c in reader.read(text).credits}
    assert ("Katrin Vogt", "Marlene") in cast


def test_verdicts_tell_praise_from_blame(reader: Reader):
    good = reader.read("An absolute masterpiece. Wonderful acting, superb direction. See it!").verdict
    bad = reader.read("A complete waste of time. Awful acting, stupid plot. Avoid at all costs.").verdict
    assert good.sentiment > 0.9
    assert bad.sentiment < 0.1
    assert good.stars > 7
    assert bad.stars < 4


def test_every_sample_reading_is_sound(reader: Reader, samples: dict[str, str]):
    assert len(samples) == 5
    for reading in reader.read_many(samples.items()):
        text = samples[reading.id]
        assert reading.check(text) == []
        assert all(a.end <= b.start for a, b in zip(reading.segments, reading.segments[1:], strict=False))
        assert Reading.from_json(reading.to_json()) == reading
        assert Reading.from_json(reading.without_text().to_json()).text is pullquote.reading.UNSET


def test_order_and_numbers(reader: Reader):
    texts = ["Short and sweet.", "A long one. " * 150, "Awful."]
    found = list(reader.read_many(texts))
    assert [r.id for r in found] == ["0", "1", "2"]
    assert [r.text for r in found] == texts


def test_company_and_order_change_nothing(reader: Reader, samples: dict[str, str]):
    texts = dict(samples)
    texts["short"] = "Not for me."
    texts["odd"] = "Worth it? Yes: for Lena Brandt's Countess, and for the last ten minutes."
    # Longer than a window, so that its windows share batches with whole reviews.
    texts["long"] = "\n".join([*list(samples.values())[:2], *[texts["odd"]] * 12])
    ids = list(texts)

    def read(chosen: list[str]) -> dict[str, bytes]:
        return {r.id: r.to_json() for r in reader.read_many((id, texts[id]) for id in chosen)}

    together = read(ids)
    assert list(together) == ids
    assert {id: line for one in ids for id, line in read([one]).items()} == together
    back = ids[::-1]
    assert {id: line for i in range(0, len(ids), 3) for id, line in read(back[i : i + 3]).items()} == together


def test_a_long_review_is_read_to_its_end(reader: Reader):
    filler = "The train leaves the station and the rain falls on the town. " * 400
    text = filler + "Greta Holm plays Nora, and she is superb."
    reading = reader.read(text)
    assert "Greta Holm" in {m.name for m in reading.mentions}
    assert reading.segments[-1].end == len(text)
    assert reading.segments[-1].polarity == "positive"


def test_the_stream_is_lazy(reader: Reader):
    taken = []

    def texts():
        for n in range(1000):
            taken.append(n)
            yield "A fine film."

    next(reader.read_many(texts()))
    assert len(taken) < 100


def test_threads_share_a_reader(reader: Reader, samples: dict[str, str]):
    want = {r.id: r.to_json() for r in reader.read_many(samples.items())}
    wrong: list[str] = []

    def work() -> None:
        wrong.extend(r.id for r in reader.read_many(samples.items()) if r.to_json() != want[r.id])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert wrong == []


def test_what_cannot_be_read_is_refused():
    with pytest.raises(EmptyReview):
        pullquote.read(" <br /> \u200b ")
    with pytest.raises(ReviewTooLong, match="max_chars"):
        Reader(max_chars=10).read("A review of more than ten characters.")
    with pytest.raises(pullquote.ModelError, match="no model"):
        Reader("nope")


def test_other_languages_get_a_warning(reader: Reader):
    text = "Esta película es una maravilla, los actores están muy bien y la historia nos llega al corazón."
    assert reader.read(text).warnings == (NOT_ENGLISH,)
    assert reader.read("A plain English sentence about the film that we saw.").warnings == ()


SIGNS = "aAé \n.,!?<>/&;\"'()8*\u0301\u200b\u00a0😀🇫🇷\u202e日"
STRANGE = st.text(st.sampled_from(SIGNS) | st.characters(), max_size=120)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=STRANGE)
def test_any_text_gives_a_sound_reading_or_a_clear_refusal(reader: Reader, text: str):
    try:
        reading = reader.read(text)
    except EmptyReview:
        return
    assert reading.check(text) == []
    assert 0 <= reading.verdict.sentiment <= 1
    assert 1 <= reading.verdict.stars <= 10
