"""The library that the questions are asked of in tests: six films, 61 reviews, every count to be told by eye.

| id | film | reviews | what of them |
|---|---|--:|---|
| tt001 | The Salt Ferry (2011) | 12 | written out below |
| tt002 | Night Bakery (1999) | 12 | 8 praise the visuals, 4 pan them; no stars, 9 favourable by the reading |
| tt003 | Night Bakery (2015) | 10 | 5 praise the acting, 5 pan it; stars 2 and 9 by turns |
| tt004 | Glass Harbour (2003) | 20 | 18 praise the visuals, 2 are of two minds |
| tt005 | Glass Mountain (2008) | 6 | all pan the story |
| tt006 | Lone Rave (2020) | 1 | one praises the visuals |
"""

from .marked import review

_FERRY = {"film": "tt001", "title": "The Salt Ferry", "year": 2011}
_AMSEL = ("Ruth Amsel", "actor", "Hanne Voss")

FERRY = [
    review(
        """
        . <PERSON Ruth Amsel> plays <CHARACTER Hanne Voss>, who runs the last ferry out of <PLACE Ostmark>.
        + [acting+@Ruth Amsel@ Ruth Amsel gives a quiet, towering performance] from first to last.
        + [visuals+ The grey water is photographed with real love].
        .! At the end <CHARACTER Hanne Voss> drowns <CHARACTER Jonas>, her own father, off <PLACE Skarholm>.
        """,
        **_FERRY, number=1, stars=9.0, author="Ada", written="2011-03-01", url="https://reviews.example/1",
        credits=[(*_AMSEL, "Ruth Amsel plays Hanne Voss")],
        relations=[("Jonas", "parent of", "Hanne Voss", "Hanne Voss drowns Jonas, her own father"),
                   ("Hanne Voss", "kills", "Jonas", "Hanne Voss drowns Jonas")],
    ),
    review(
        """
        + [acting+@Amsel@ <PERSON Amsel> carries every scene with her stubborn face] and [acting+@Amsel@ never begs].
        + [acting+@Amsel@ The way she listens is a small miracle of acting].
        - [pacing- The middle hour drags like a rusty anchor].
        . <CHARACTER Hanne> is the sister of <CHARACTER Mikkel>.
        """,
        **_FERRY, number=2, stars=8.0, author="Ben", written="2011-05-01",
        relations=[("Hanne", "sibling of", "Mikkel", "Hanne is the sister of Mikkel")],
    ),
    review(
        """
        - [acting-@Ruth Amsel@ <PERSON Ruth Amsel> mumbles her way through] and [pacing- nothing at all happens].
        . <CHARACTER Mikkel> is the brother of <CHARACTER Hanne Voss>, and <PERSON Otto Lind> wrote it.
        """,
        **_FERRY, number=3, stars=3.0, author="Cem", written="2012-01-01",
        credits=[("Otto Lind", "writer", None, "Otto Lind wrote it")],
        relations=[("Mikkel", "sibling of", "Hanne Voss", "Mikkel is the brother of Hanne Voss")],
    ),
    review(
        """
        + [visuals+ Every shot of the harbour at dawn is a painting].
        . It owes much to <WORK The Lighthouse Men>, and <WORK The Salt Ferry> knows it.
        + <PERSON Otto Lind> has written [writing+@Otto Lind@ dialogue as dry and salty as herring].
        """,
        **_FERRY, number=4, stars=8.0, author="Dua", called="The Salt Ferry", written="2012-02-01",
        credits=[("Otto Lind", "writer", None, "Otto Lind has written")],
    ),
    review(
        """
        + [acting+ The whole cast plays as if nobody were watching].
        . Filmed in <PLACE Ostmark>, it is <WORK The Lighthouse Men> with a woman at the helm.
        . <PERSON=Ruth Amsel= Amsel> is <CHARACTER Hanne Voss>.
        """,
        **_FERRY, number=5, stars=7.0, author="Eli", credits=[(*_AMSEL, "Amsel is Hanne Voss")],
    ),
    review(
        """
        - [acting- The acting is wooden as the deck itself].
        - [pacing- It moves at the speed of rust].
        """,
        **_FERRY, number=6, stars=2.0, author="Fay",
    ),
    review(
        """
        - [pacing- Two hours pass like a winter in dry dock].
        + [acting+ The old captain is played with sly charm].
        """,
        **_FERRY, number=7, stars=5.0, author="Gus",
    ),
    review(
        """
        - [acting- Not one line is spoken like a human being].
        - [pacing- The film simply forgets to begin].
        """,
        **_FERRY, number=8, stars=3.0, author="Hal",
    ),
    review(
        """
        + [pacing+ The slow pace is a gift to patient people].
        - [acting- The minor parts are played by planks].
        +! [story+ The drowning of her father is the finest scene of the year].
        """,
        **_FERRY, number=9, stars=7.0, author="Ida",
    ),
    review(
        """
        + [pacing+ Its patience is hypnotic and earns every minute].
        + [acting+ I believed every weathered face on that boat].
        """,
        **_FERRY, number=10, stars=10.0, author="Jon",
    ),
    review("+ [visuals+ The camera loves fog and so did I].", **_FERRY, number=11, sentiment=0.8, author="Kim"),
    review("- [story- The story is thinner than harbour soup].", **_FERRY, number=12, sentiment=0.1, author="Lea"),
]  # fmt: skip


def _numbered(film, title, year, count, write):
    return [review(film=film, title=title, year=year, number=n, **write(n)) for n in range(1, count + 1)]


_PRAISE = (
    "+ [visuals+ The ovens glow like small suns in the dark].",
    "+ [visuals+ Flour has never looked so much like snow].",
    "+ [visuals+ Each frame is lit with a baker's patience].",
    "+ [visuals+ The blue before morning is caught perfectly].",
)
_BLAME = (
    "- [visuals- The picture is so murky that I gave up].",
    "- [visuals- Half the shots are plainly out of focus].",
)
BAKERY = _numbered(
    "tt002", "Night Bakery", 1999, 12,
    lambda n: {"marked": _PRAISE[n % 4] if n <= 8 else _BLAME[n % 2], "sentiment": 0.9 if n <= 9 else 0.2,
               "author": f"critic {n}"},
)  # fmt: skip
REMAKE = _numbered(
    "tt003", "Night Bakery", 2015, 10,
    lambda n: {"marked": f"+ [acting+ Number {n} kneads dough like a born baker]." if n % 2 else
               f"- [acting- Number {n} would not fool a bread roll].", "stars": 9.0 if n % 2 else 2.0,
               "sentiment": 0.9 if n % 2 else 0.1},
)  # fmt: skip
HARBOUR = _numbered(
    "tt004", "Glass Harbour", 2003, 20,
    lambda n: {"marked": f"+ [visuals+ Pane {n} of this harbour shines from within]." if n <= 18 else
               "~ [visuals+ The reflections are lovely to look at] but [visuals- the sets look cheap by daylight].",
               "stars": 8.0, "written": f"20{3 + n // 10:02}-06-{n:02}"},
)  # fmt: skip
MOUNTAIN = _numbered(
    "tt005", "Glass Mountain", 2008, 6,
    lambda n: {"marked": f"- [story- Chapter {n} of this climb makes no sense].", "stars": 2.0, "sentiment": 0.1},
)  # fmt: skip
RAVE = _numbered(
    "tt006", "Lone Rave", 2020, 1,
    lambda n: {"marked": "+ [visuals+ The most beautiful film ever shot on a phone].", "stars": 10.0},
)  # fmt: skip

EVERYTHING = [*FERRY, *BAKERY, *REMAKE, *HARBOUR, *MOUNTAIN, *RAVE]
