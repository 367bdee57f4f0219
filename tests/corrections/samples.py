"""Changes of the made reading, sensible and not."""

from hypothesis import strategies as st

from pullquote.corrections.changes import (
    CreditChange,
    FilmChange,
    MentionChange,
    OpinionChange,
    RelationChange,
    SegmentChange,
    VerdictChange,
)
from pullquote.reading import Credit, Film, Mention, Opinion, Reading, Relation, Segment, Verdict

from ..library.made import TEXT, span

#: Openings that move every span: signs beyond 16 bits, breaks, combining accents.
OPENINGS = ("", "🎬🎬 <br /><br /> ", "e\u0301 \t ")


def replaced(claim, **fields):
    import msgspec

    return msgspec.structs.replace(claim, **fields)


def segment(reading: Reading, number: int, **fields) -> SegmentChange:
    """A sentence of the reading, with some judgements changed."""
    before = reading.segments[number]
    return SegmentChange(before=before, after=replaced(before, **fields))


def added(words: str, kind: str, name: str | None = None, text: str = TEXT) -> MentionChange:
    """A name that is to be added."""
    return MentionChange(after=Mention(type=kind, name=name or words, **span(words, text)))


def retyped(reading: Reading, number: int, kind: str) -> MentionChange:
    before = reading.mentions[number]
    return MentionChange(before=before, after=replaced(before, type=kind))


def opinion(words: str, aspect: str, polarity: str, text: str = TEXT) -> Opinion:
    return Opinion(quote=words, aspect=aspect, polarity=polarity, **span(words, text))


def verdict(reading: Reading, **fields) -> VerdictChange:
    return VerdictChange(before=reading.verdict, after=replaced(reading.verdict, **fields))


def _spans(text: str):
    """Half-open spans, now and then outside the text or empty."""
    edge = st.integers(0, len(text) + 3)
    return st.tuples(edge, edge).map(sorted).map(lambda ends: {"start": ends[0], "end": ends[1]})


NAMES = st.sampled_from(["Max", "Lily", "Ana Róca", "Zoë 😀", " "])
SURE = st.sampled_from([0.25, 1.0])


def _new(text: str, of: str):
    """A claim of some kind, anywhere."""
    place = _spans(text)
    made = {
        "mentions": lambda p, a, b, c, n: Mention(type="PERSON" if n else "PLACE", name=a, confidence=c, **p),
        "credits": lambda p, a, b, c, n: Credit(person=a, role="actor", character=b if n else None, confidence=c, **p),
        "relations": lambda p, a, b, c, n: Relation(
            subject=a, relation="friend of", object=b, confidence=c, **p
        ),
        "opinions": lambda p, a, b, c, n: Opinion(
            quote=text[p["start"] : p["end"]], aspect="acting", polarity="negative", target=a if n else None,
            confidence=c, **p,
        ),
        "film": lambda p, a, b, c, n: Film(title=a, confidence=c, **p),
    }  # fmt: skip
    return st.builds(made[of], place, NAMES, NAMES, SURE, st.booleans())


_LISTS = {
    "mentions": MentionChange,
    "credits": CreditChange,
    "relations": RelationChange,
    "opinions": OpinionChange,
}


@st.composite
def changes(draw, reading: Reading, text: str):
    """A change of something in ``reading``, which may or may not fit."""
    kind = draw(st.sampled_from(["segment", "verdict", "film", *_LISTS]))
    if kind == "segment":
        before = draw(st.sampled_from(reading.segments))
        role = draw(st.sampled_from(["plot", "opinion", "meta"]))
        return SegmentChange(before=before, after=replaced(before, role=role, spoiler=draw(SURE)))
    if kind == "verdict":
        after = replaced(reading.verdict, stars=draw(st.sampled_from([1.0, 7.5])), recommend="mixed")
        return VerdictChange(before=reading.verdict, after=after)
    if kind == "film":
        return FilmChange(before=reading.film, after=draw(st.none() | _new(text, "film")))
    claims = getattr(reading, kind)
    before = draw(st.none() | st.sampled_from(claims)) if claims else None
    after = draw(st.none() | _new(text, kind)) if before else draw(_new(text, kind))
    return _LISTS[kind](before=before, after=after)


def shape(claim: Segment | Mention | Verdict) -> object:
    """A claim without how sure it is."""
    return replaced(claim, confidence=1.0) if hasattr(claim, "confidence") else claim
