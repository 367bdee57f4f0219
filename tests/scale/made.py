"""Tables of made-up reviews, and parts of them."""

import json

#: Some that can be read and, every fiftieth, one that cannot.
TEXTS = (
    "A superb film, number {n}. Ana Weiss plays Ruth, and she is wonderful. 8/10",
    "Number {n} is dull. The story drags, and the music by Otto Lang is too loud.",
    '"The Salt Ferry" is no masterpiece, but take {n} has lovely photography. In the end the ferry sinks.',
)


def line(n):
    """One review as an object."""
    text = " " if n % 50 == 49 else TEXTS[n % len(TEXTS)].format(n=n)
    return {
        "id": f"r{n}",
        "text": text,
        "title": "The Salt Ferry",
        "year": 1999,
        "rating": "3/5",
        "author": f"a{n % 7}",
    }


def table(file, number, first=0):
    """Write ``number`` reviews as JSON lines."""
    file.write_text("".join(json.dumps(line(first + n)) + "\n" for n in range(number)), encoding="utf-8")
    return file
