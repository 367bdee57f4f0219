"""The error analysis, on two small reviews: every kind of mistake is told apart and counted as the scorer counts."""

import json
import random
import runpy
from pathlib import Path
from typing import Any

import pytest
from errors.alike import alike
from errors.aspects import aspect_mistakes
from errors.cast import cast_mistakes
from errors.clip import clip_name, clip_quote
from errors.credits import credit_mistakes
from errors.film import film_mistakes
from errors.mentions import mention_mistakes
from errors.mistake import Mistake
from errors.quotes import quote_mistakes
from errors.relations import relation_mistakes
from errors.report import CLAIMS, report
from errors.review import Review
from errors.sentences import opposite, polarity_mistakes, role_mistakes
from errors.spoilers import crossed, extremes, spoiler_sentences
from errors.tables import kinds_table, mistakes_table
from errors.telling import telling

from pullquote.evaluation.gold import Gold, parse
from pullquote.evaluation.score import Tally
from pullquote.reading import Reading

COMMAND = Path(__file__).resolve().parents[2] / "bench" / "errors.py"

SENTENCES = (
    "Lana finds a lamp in Oslo.",
    "Kim Berg plays Lana and Otto Vik plays her uncle, as in Night Bus by Eva Lund.",
    "The acting is truly superb but the script drags on and on.",
    "Lana kills Boris.",
    "Avoid this.",
)


def gold(**changes: Any) -> Gold:
    """The annotated review, some fields changed."""
    spans, start = [], 0
    for sentence in SENTENCES:
        spans.append([start, start + len(sentence)])
        start += len(sentence) + 1
    row = {
        "id": "one", "text": " ".join(SENTENCES), "sentences": spans, "film": ["The Lamp"],
        "roles": "PCOPM", "spoil": "00010", "pol": "00m0-",
        "ents": [["Lana", "CHARACTER"], ["Boris", "CHARACTER"], ["Oslo", "PLACE"], ["Kim Berg", "PERSON"],
                 ["Otto Vik", "PERSON"], ["Eva Lund", "PERSON"], ["Night Bus", "WORK"]],
        "credits": [[1, "Kim Berg", "actor", "Lana"], [1, "Otto Vik", "actor", "her uncle"]],
        "relations": [[3, "Lana", "kills", "Boris"]],
        "opinions": [[2, "acting is truly superb", "acting", "+", None],
                     [2, "script drags on and on", "writing", "-", None], [4, "Avoid this", "overall", "-", None]],
        "recommend": "no",
    }  # fmt: skip
    return parse(json.dumps(row | changes))


def at(words: str) -> dict[str, Any]:
    """The span of the first place of some words."""
    start = " ".join(SENTENCES).index(words)
    return {"start": start, "end": start + len(words)}


def reading(**fields: Any) -> Reading:
    """A reading that claims nothing but what is given."""
    row = {"id": "one", "verdict": {"sentiment": 0.5, "stars": 5.0, "recommend": "none"}}
    return Reading.from_json(json.dumps(row | fields))


def kinds(mistakes: Any) -> list[tuple[str, str]]:
    return sorted((mistake.kind, mistake.which) for mistake in mistakes)


def mention(words: str, kind: str, confidence: float = 0.9) -> dict[str, Any]:
    return {**at(words), "type": kind, "name": words, "confidence": confidence}


def credit(person: str, role: str, character: str | None = None, confidence: float = 0.9) -> dict[str, Any]:
    return {**at("Kim Berg"), "person": person, "role": role, "character": character, "confidence": confidence}


def opinion(words: str, aspect: str, polarity: str, confidence: float = 0.9) -> dict[str, Any]:
    return {**at(words), "quote": words, "aspect": aspect, "polarity": polarity, "confidence": confidence}


def relation(subject: str, name: str, object: str) -> dict[str, Any]:
    return {**at("Lana kills"), "subject": subject, "relation": name, "object": object, "confidence": 0.7}


def segments(roles: str, signs: str, spoilers: tuple[float, ...]) -> list[dict[str, Any]]:
    role = {"P": "plot", "O": "opinion", "C": "context", "M": "meta"}
    sign = {"+": "positive", "-": "negative", "m": "mixed", "0": "neutral"}
    return [
        {"start": start, "end": end, "role": role[r], "polarity": sign[p], "spoiler": s, "confidence": 0.8}
        for (start, end), r, p, s in zip(gold().sentences, roles, signs, spoilers, strict=True)
    ]


def test_film_title():
    lamp, bus = {**at("lamp"), "title": "Lamp"}, {**at("Night Bus"), "title": "Night Bus", "confidence": 0.6}
    assert not kinds(film_mistakes(Review.of(gold(), reading(film=lamp))))
    assert kinds(film_mistakes(Review.of(gold(), reading(film=bus)))) == [("wrong work", "annotated as WORK")]
    assert kinds(film_mistakes(Review.of(gold(film=["Lamp of Oslo"]), reading(film=lamp)))) == [
        ("name form differs", "not annotated as a name")
    ]
    (spurious,) = film_mistakes(Review.of(gold(film=[]), reading(film=bus)))
    assert (spurious.kind, spurious.lost, spurious.wrong) == ("none in gold, but one claimed", False, True)
    assert (spurious.sentence, spurious.said, spurious.confidence) == (1, "Night Bus", 0.6)
    assert kinds(film_mistakes(Review.of(gold(), None))) == [("missed, and not found as a name", "")]
    known = reading(mentions=[mention("Night Bus", "WORK")])
    assert kinds(film_mistakes(Review.of(gold(film=["Night Bus"]), known))) == [
        ("missed, though found as a name", "WORK")
    ]


def test_roles_polarities_and_spoilers():
    review = Review.of(gold(), reading(segments=segments("PPOPM", "0+++0", (0.6, 0.1, 0.0, 0.2, 0.3))))
    assert kinds(role_mistakes(review)) == [("context read as plot", "neutral sentence")]
    # The sentence that is mixed in the gold is not measured.
    assert kinds(polarity_mistakes(review)) == [
        ("negative read as neutral", "meta sentence"),
        ("neutral read as positive", "context sentence read as plot"),
        ("neutral read as positive", "plot sentence"),
    ]
    rows = list(spoiler_sentences(review))
    assert kinds(crossed(rows)) == [
        ("non-spoiler scored high", "plot sentence"), ("spoiler scored low", "plot sentence")
    ]  # fmt: skip
    assert [(row.sentence, row.confidence) for row in extremes(rows, 4)] == [(0, 0.6), (4, 0.3), (1, 0.1), (3, 0.2)]
    silent = Review.of(gold(), None)
    assert all(mistake.said == "none" for mistake in role_mistakes(silent))


def test_praise_taken_for_blame_is_marked():
    review = Review.of(gold(pol="0000-"), reading(segments=segments("PCOPM", "0000+", (0.0,) * 5)))
    assert [opposite(mistake) for mistake in polarity_mistakes(review)] == [True]


def test_mentions():
    # "Lana" stands three times: found once, which leaves two missed.
    given = reading(
        mentions=[
            mention("Lana", "CHARACTER", 0.95), mention("Oslo", "ORG"), mention("Berg", "PERSON"),
            mention("Otto Vik", "PERSON"), mention("by Eva Lund", "WORK"), mention("lamp", "WORK"),
        ]
    )  # fmt: skip
    mistakes = list(mention_mistakes(Review.of(gold(), given)))
    assert kinds(mistakes) == [
        ("missed", "CHARACTER"),
        ("missed", "WORK"),
        ("missed here, found elsewhere in the review", "CHARACTER"),
        ("missed here, found elsewhere in the review", "CHARACTER"),
        ("spurious", "WORK"),
        ("wrong boundary", "PERSON too short"),
        ("wrong boundary and type", "PERSON → WORK"),
        ("wrong type", "PLACE → ORG"),
    ]
    elsewhere = next(m for m in mistakes if "elsewhere" in m.kind)
    assert (elsewhere.sentence, elsewhere.gold, elsewhere.confidence) == (1, "CHARACTER Lana", 0.95)


def test_credits():
    given = reading(
        mentions=[mention("Otto Vik", "ORG")],
        credits=[credit("Kim Berg", "director"), credit("Eva Lund", "author"), credit("Lana", "actor"),
                 credit("Nobody Else", "editor")],
    )  # fmt: skip
    assert kinds(credit_mistakes(Review.of(gold(), given))) == [
        ("person found as another type, not credited", "PERSON → ORG"),
        ("role wrong", "actor → director"),
        ("spurious: a person without credit (of another film, a critic, ...)", "author"),
        ("spurious: no annotated name", "editor"),
        ("spurious: no person", "CHARACTER"),
    ]
    given = reading(mentions=[mention("Otto Vik", "PERSON")], credits=[credit("Berg", "actor")])
    assert kinds(credit_mistakes(Review.of(gold(), given))) == [
        ("name form differs", "actor"), ("person found, but not credited", "actor")
    ]  # fmt: skip
    given = reading(credits=[credit("Kim Berg", "other"), credit("Otto Vik", "actor"), credit("Otto Vik", "writer")])
    assert kinds(credit_mistakes(Review.of(gold(), given))) == [
        ("role wrong", "actor → other"), ("spurious role of a credited person", "writer")
    ]  # fmt: skip
    assert kinds(credit_mistakes(Review.of(gold(), None))) == [("person not found as a name", "actor")] * 2


@pytest.mark.parametrize(
    ("credits", "expected"),
    [
        ([credit("Kim Berg", "actor", "Lana"), credit("Otto Vik", "actor")],
         [("actor found, character missed", "character is a description")]),
        ([credit("Kim Berg", "actor", "her uncle"), credit("Otto Vik", "actor", "Lana")],
         [("wrong pairing", "character is a description"), ("wrong pairing", "character is a name")]),
        ([credit("Kim Berg", "actor", "Lana"), credit("Otto Vik", "actor", "uncle")],
         [("character's name differs", "character is a description")]),
        ([credit("Berg", "actor", "Lana"), credit("Otto Vik", "actor", "Boris")],
         [("actor's name differs", "character is a name"), ("wrong character", "character is a description")]),
        ([credit("Eva Lund", "actor", "Lana"), credit("Otto Vik", "writer")],
         [("actor credited in another role", "character is a description"), ("wrong actor", "character is a name")]),
        ([credit("Kim Berg", "actor", "Lana"), credit("Kim Berg", "actor", "Boris"),
          credit("Otto Vik", "actor", "her uncle"), credit("Eva Lund", "actor", "Boris")],
         [("spurious: a further character", "character annotated as CHARACTER"),
          ("spurious: not in the gold cast", "character annotated as CHARACTER")]),
        ([], [("actor not found as a name", "character is a description"),
              ("actor not found as a name", "character not found as a name")]),
    ],
)  # fmt: skip
def test_cast(credits: list[dict[str, Any]], expected: list[tuple[str, str]]):
    assert kinds(cast_mistakes(Review.of(gold(), reading(credits=credits)))) == expected


def test_aspects():
    given = reading(
        opinions=[opinion("acting is truly superb", "direction", "positive"), opinion("script drags on", "writing",
                  "positive"), opinion("lamp", "visuals", "positive")]
    )  # fmt: skip
    assert kinds(aspect_mistakes(Review.of(gold(), given))) == [
        ("missed", "overall"), ("spurious", "visuals"), ("wrong aspect, same words", "acting → direction"),
        ("wrong polarity", "writing: negative → positive"),
    ]  # fmt: skip


def test_quotes():
    given = reading(
        opinions=[
            opinion("The acting is truly superb", "direction", "positive"),
            opinion("script drags", "writing", "negative"),
            opinion("a lamp", "production", "positive"),
            opinion("on and on", "writing", "negative"),
            opinion("Avoid this", "overall", "positive", 0.99),
        ]
    )
    mistakes = list(quote_mistakes(Review.of(gold(), given)))
    assert kinds(mistakes) == [
        ("right span, wrong aspect", "acting → direction"),
        ("right span, wrong polarity", "negative → positive"),
        ("spurious, no judgement in the sentence", "plot sentence"),
        ("spurious, one judgement said twice", "writing"),
    ]
    assert kinds(quote_mistakes(Review.of(gold(), reading(opinions=[opinion("superb", "acting", "positive")])))) == [
        ("boundary (overlap under 0.5)", "too short"),
        ("missed beside another quote in the sentence", "writing"),
        ("missed, no quote in the sentence", "overall"),
    ]


def test_a_missed_quote_says_how_its_sentence_was_read():
    given = reading(segments=segments("PCPPM", "00000", (0.0,) * 5))
    (mistake,) = (m for m in quote_mistakes(Review.of(gold(), given)) if m.which == "acting")
    assert (mistake.said, mistake.confidence) == ("no quote; sentence is plot, neutral", 0.8)


def test_relations():
    def found(*claims: dict[str, Any], **changes: Any) -> list[tuple[str, str]]:
        return kinds(relation_mistakes(Review.of(gold(**changes), reading(relations=list(claims)))))

    assert not found(relation("Lana", "kills", "Boris"))
    assert found(relation("Boris", "kills", "Lana")) == [("turned round", "kills")]
    assert found(relation("Boris", "enemy of", "Lana")) == [("wrong relation", "kills → enemy of")]
    assert found(relation("Lana", "kills", "Boris Doe")) == [("name differs", "kills")]
    assert found(relation("Lana", "kills", "Boris"), relation("Lana", "enemy of", "Boris")) == [
        ("spurious: a further relation of a pair in gold", "enemy of")
    ]
    assert found(relation("Lana", "kills", "Boris"), relations=[]) == [
        ("spurious: both are characters, gold tells no relation", "kills")
    ]
    assert found() == [("pair missed, a name was not found", "kills")]
    assert found(relations=[[3, "Lana", "kills", "her uncle"]]) == [("pair missed, a name is a description", "kills")]
    both = reading(mentions=[mention("Lana", "CHARACTER", 0.9), mention("Boris", "CHARACTER", 0.7)])
    (mistake,) = relation_mistakes(Review.of(gold(), both))
    assert (mistake.kind, mistake.confidence) == ("pair missed, both names found", 0.7)


def jumbled(chance: random.Random) -> Reading:
    """Claims at random, many of them close to the annotation, some said twice or outside the text."""
    people, characters = ("Kim Berg", "Berg", "Otto Vik", "Eva Lund", ""), ("Lana", "Boris", "her uncle", "uncle", None)
    words = ("acting is truly superb", "is truly superb", "script drags", "drags on and on", "Avoid this", "Avoid")
    sure = chance.random
    opinions = [
        opinion(chance.choice(words), chance.choice(("acting", "writing", "overall")),
                chance.choice(("positive", "negative")), sure())
        for _ in range(8)
    ]  # fmt: skip
    names = [
        mention(chance.choice(("Lana", "Kim Berg", "Kim", "Berg plays", "Oslo", "Boris", "lamp")),
                chance.choice(("PERSON", "CHARACTER", "PLACE")), sure())
        for _ in range(8)
    ]  # fmt: skip
    credits = [
        credit(chance.choice(people), chance.choice(("actor", "actor", "writer", "other")), chance.choice(characters),
               sure())
        for _ in range(5)
    ]  # fmt: skip
    relations = [
        relation(chance.choice(("Lana", "Boris")), chance.choice(("kills", "enemy of", "parent of", "child of")),
                 chance.choice(("Boris", "Boris Doe", "Lana", "her uncle")))
        for _ in range(3)
    ]  # fmt: skip
    film = chance.choice([None, {"start": 900, "end": 901, "title": chance.choice(("Lamp", "Night Bus", ""))}])
    return reading(opinions=opinions, mentions=names, credits=credits, relations=relations, film=film)


def test_mistakes_add_up_to_what_the_scorer_counts():
    chance = random.Random(7)
    for _ in range(60):
        changes = {"film": chance.choice([[], ["The Lamp"], ["Night Bus", "Bus"]])}
        document, claimed = gold(**changes), jumbled(chance)
        tally = Tally()
        tally.add(document, claimed)
        review = Review.of(document, claimed)
        finders = [("film", tally.title, film_mistakes)]
        finders += [(name, tally.detail[name], finder) for _, name, finder in CLAIMS]
        for name, counts, finder in finders:
            mistakes = list(finder(review))
            assert sum(m.lost for m in mistakes) == counts.sought - counts.right, name
            assert sum(m.wrong for m in mistakes) == counts.given - counts.right, name
            assert all(m.lost or m.wrong for m in mistakes), name


def mistake(review: str, confidence: float | None, wrong: bool, kind: str = "k", which: str = "") -> Mistake:
    return Mistake(kind, which, review, 0, "g", "s", confidence, lost=not wrong, wrong=wrong)


def test_the_surest_come_first_and_from_many_reviews():
    rows = [mistake("a", 0.5, True), mistake("a", 0.9, True), mistake("a", 0.9, True), mistake("b", 0.9, True)]
    rows += [mistake("c", None, False), mistake("c", None, False), mistake("d", None, False), mistake("e", 0.1, False)]
    assert [(m.review, m.confidence) for m in telling(rows, 6)] == [
        ("a", 0.9), ("b", 0.9), ("a", 0.9), ("e", 0.1), ("c", None), ("d", None)
    ]  # fmt: skip
    # Where one side is short, the other fills up.
    assert len(telling(rows[:4], 4)) == len(telling(rows[4:], 4)) == 4
    assert telling(rows, 0) == []


def test_tables_count_and_escape():
    rows = [mistake("a", 0.5, True, "x|y", "p"), mistake("a", None, False, "z"), mistake("a", None, False, "z")]
    lines = kinds_table(rows).splitlines()
    assert lines[2:] == ["| z | 2 | 67% | 2 | 0 |  |", "| x\\|y | 1 | 33% | 0 | 1 | p 1 |"]
    assert mistakes_table(rows[:1]).splitlines()[2] == "| a | 0 | x\\|y (p) | g | s | 0.50 |"


def test_names_are_shown_and_sentences_are_not():
    sentences = {"avoid this", "no", "lana kills boris"}
    assert clip_quote("one two three four", sentences) == "one two three…"
    assert clip_quote("Avoid this!", sentences) == "Avoid…"
    assert clip_quote("No!", sentences) == "…"
    assert clip_quote("no real plot", sentences) == "no real plot…"
    assert clip_name("So Lana kills Boris", set(), sentences) == "So Lana kills…"
    long = "The Good, the Bad and the Ugly"
    assert clip_name(long, {"the good the bad and the ugly"}, sentences) == long
    assert clip_name(long, set(), sentences) == "The Good, the…"


def test_alike():
    assert alike("Derbez", "Mr. Eugenio Derbez")
    assert not alike("", "Ann")
    assert not alike(None, None)


def test_report_has_every_measure_and_no_sentence():
    # Relations are facts, told in names and labels; "Lana kills Boris" would happen to be a sentence too.
    claims = [opinion(sentence, "story", "mixed") for sentence in SENTENCES]
    names = [mention(sentence, "WORK") for sentence in SENTENCES]
    given = reading(opinions=claims, mentions=names, segments=segments("MMMMM", "+++++", (0.9,) * 5))
    shown = report([gold(relations=[]), gold(id="two", relations=[])], {"one": given}, "A against B", most=20)
    headings = [line[3:] for line in shown.splitlines() if line.startswith("## ")]
    assert headings == [
        "Film title", "Sentence role", "Sentence polarity", "Spoilers", "Mentions", "Credits",
        "Cast (actor, character)", "Aspects with polarity", "Quotes (span, aspect, polarity)", "Relations",
    ]  # fmt: skip
    assert "Without a reading, counted as one that says nothing: 1." in shown
    assert not any(sentence.rstrip(".") in shown for sentence in SENTENCES)


def test_command_writes_what_it_prints(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    main = runpy.run_path(str(COMMAND))["main"]
    annotated, readings, output = tmp_path / "gold.jsonl", tmp_path / "readings.jsonl", tmp_path / "new" / "errors.md"
    row = json.loads(json.dumps({name: getattr(gold(), name) for name in Gold.__struct_fields__}, default=_plain))
    annotated.write_text(json.dumps(row) + "\n", encoding="utf-8")
    readings.write_bytes(jumbled(random.Random(1)).to_json() + b"\n\n")
    words = ["--gold", str(annotated), "--readings", str(readings), "--most", "4", "--output", str(output)]
    assert main(words) == 0
    first = capsys.readouterr().out
    assert output.read_text(encoding="utf-8") == first
    assert main(words) == 0
    assert capsys.readouterr().out == first
    readings.write_text("{}\n", encoding="utf-8")
    assert main(words) == 2
    assert "readings.jsonl:1: not a reading" in capsys.readouterr().err


def _plain(row: Any) -> list[Any]:
    """A row of the annotation as it stands in a file."""
    return [getattr(row, name) for name in row.__struct_fields__]
