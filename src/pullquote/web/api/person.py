"""A person over all films of the library."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from ...questions.aspects import Tally
from ...questions.person import Companion, Work, person
from .answers import Quote, all_quoted
from .asking import Asking
from .naming import seeking_person
from .operation import question
from .parameters import Parameters


class Who(Parameters, frozen=True, kw_only=True):
    """Which person, and how much is told."""

    named: Annotated[str, Meta(min_length=1, max_length=2000, description="Name, or a part of it that only one has.")]
    spoilers: Annotated[bool, Meta(description="What gives the story away, too.")] = False


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """A person over all films; ``keys`` are the forms of the name found, ``reviews`` name them."""

    name: str
    keys: tuple[str, ...]
    reviews: int
    films: tuple[Work, ...]
    spoken: Tally
    praise: tuple[Quote, ...]
    blame: tuple[Quote, ...]
    companions: tuple[Companion, ...]
    spoilers: bool


def ask(asking: Asking, given: Who) -> Profile:
    """A person as the reviews tell it: films and parts, how they are spoken of, with whom they worked."""
    with seeking_person(asking):
        found = person(asking.connection, given.named, spoilers=given.spoilers)
    quotes = ("praise", "blame")
    same: dict[str, Any] = {name: getattr(found, name) for name in Profile.__struct_fields__ if name not in quotes}
    return Profile(**same, praise=all_quoted(found.praise), blame=all_quoted(found.blame))


OPERATIONS = (
    question(
        name="person", path="/person/{named}", summary="A person", parameters=Who, answer=Profile, ask=ask,
        refusals=(404,),
    ),
)  # fmt: skip
