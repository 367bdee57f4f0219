"""A review whose every field tries to break out of the page it is shown on."""

from pullquote.library.rows import Read
from pullquote.reading import (
    Credit,
    Evidence,
    Film,
    Mention,
    Opinion,
    Reading,
    Relation,
    Segment,
    StatedRating,
    Verdict,
)
from pullquote.sources.record import Rating, Record

#: What browsers and engines might run, load or draw.
PAYLOADS = (
    "<script>alert('tag')</script>",
    "&lt;script&gt;alert('entity')&lt;/script&gt;",
    "&amp;lt;img src=x onerror=alert('twice')&amp;gt;",
    "<img src=https://elsewhere.example/x.png onerror=alert('image')>",
    "\"><svg onload=alert('attribute')>",
    "' autofocus onfocus=alert('quote') x='",
    "</textarea></title></style></script><script>alert('closing')</script>",
    "<a href=\"javascript:alert('link')\">follow me</a>",
    "<style>body{background:url(https://elsewhere.example/css)}</style>",
    "<iframe src=https://elsewhere.example/></iframe>",
    "<div hx-get=https://elsewhere.example/ hx-trigger=load>htmx</div>",
    "<meta http-equiv=refresh content='0;url=https://elsewhere.example/'>",
    "{{ 7 * 7 }} {% for x in cycler.__init__.__globals__ %} ${7*7} #{7*7}",
    "\u202egnp.exe \u2066isolated\u2069 \u200fright\u200e \u061c \U000e0041 tagged",
    "bell \x07 escape \x1b[31m null-like \x01 delete \x7f line\u2028end",
)
WORD = "w" * 1_000_000


def hostile(number: int = 1) -> Read:
    """A review in which every payload is a judged, named, quoted sentence, and one word is a million letters long."""
    text, spans = "", []
    for payload in PAYLOADS:
        sentence = f"Wonderful acting {payload} throughout."
        spans.append((len(text), len(text) + len(sentence), len(text) + 17, len(text) + 17 + len(payload)))
        text += f"{sentence} "
    word = (len(text), len(text) + len(WORD))
    text += WORD
    named = [
        (payload, {"start": first, "end": last}) for payload, (_, _, first, last) in zip(PAYLOADS, spans, strict=True)
    ]
    kinds = ("PERSON", "CHARACTER", "WORK", "PLACE", "ORG")
    reading = Reading(
        id=PAYLOADS[0],
        model="by hand/1",
        film=Film(title=PAYLOADS[0], **named[0][1], confidence=0.9),
        segments=(
            *(
                Segment(start=start, end=end, role="plot" if n % 3 else "opinion", polarity="positive",
                        spoiler=0.9 if n % 4 == 3 else 0.1)
                for n, (start, end, _, _) in enumerate(spans)
            ),
            Segment(start=word[0], end=word[1], role="plot", polarity="neutral", spoiler=0.1),
        ),
        mentions=(
            *(Mention(type=kinds[n % 5], name=payload, **span) for n, (payload, span) in enumerate(named)),
            Mention(type="PERSON", name=WORD, start=word[0], end=word[1]),
        ),
        credits=tuple(Credit(person=payload, role="actor", character=payload, **span) for payload, span in named),
        relations=tuple(
            Relation(subject=f"A {payload}", relation="kills", object=f"B {payload}", **span) for payload, span in named
        ),
        opinions=tuple(
            Opinion(quote=text[start:end], aspect="acting", polarity="positive" if n % 2 else "negative",
                    target=PAYLOADS[n], start=start, end=end)
            for n, (start, end, _, _) in enumerate(spans)
        ),
        verdict=Verdict(
            sentiment=0.9, stars=8.0, recommend="yes",
            stated_rating=StatedRating(text=PAYLOADS[4], **named[4][1]),
            evidence=(Evidence(start=spans[0][0], end=spans[0][1]),),
        ),
        warnings=PAYLOADS,
    )  # fmt: skip
    record = Record(
        text, PAYLOADS[number % len(PAYLOADS)], "hostile", film_id=f"hostile/../{number}?x=1#y<script>",
        title=" ".join(PAYLOADS[:6]), headline=PAYLOADS[4], author=PAYLOADS[3], url="javascript:alert('url')",
        rating=Rating(PAYLOADS[0], 8, 10, 8),
    )  # fmt: skip
    return Read("hostile", record, reading)
