"""The dossier of a film as a page of the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ..questions.bonds import Bond
from ..questions.cast import Person
from ..questions.dossier import Aspect, Dossier
from ..questions.named import Named
from ..questions.parts import Part
from . import pieces, words

#: People, characters and the like on the page; the dossier itself holds more.
_SHOWN = 12


def dossier_page(found: Dossier) -> RenderableType:
    """``found`` on the terminal. All that comes from reviews is shown as text, never as markup or escapes."""
    title = Text(words.plain(found.film.name), style="bold")
    title.append(f"  {words.plain(found.film.film)}", style="not bold dim")
    blocks: list[RenderableType] = [title, Text(), *pieces.rated(found.stars)]
    if found.aspects:
        blocks += pieces.section("Praise and blame", *_aspects(found.aspects), note="reviews, not quotes")
    if found.disputes:
        blocks += pieces.section("Critics disagree on", _disputes(found))
    if found.people:
        blocks += pieces.section("Cast and crew", cast_table(found.people[:_SHOWN]), note=_rest(len(found.people)))
    if found.characters:
        blocks += pieces.section("Characters", _names(found.characters), _bonds(found.relations))
    if found.places:
        blocks += pieces.section("Places", _names(found.places))
    if found.works:
        blocks += pieces.section("Compared with", _names(found.works))
    if found.veiled:
        note = f"{found.veiled} of the parts and relations give the story away; --spoilers shows them"
        blocks += [Text(), Text(note, style="dim")]
    return Padding(Group(*blocks), (1, 2))


def _rest(number: int) -> str:
    return f"{_SHOWN} of {number}" if number > _SHOWN else ""


def _aspects(aspects: Iterable[Aspect]) -> Iterable[RenderableType]:
    for one in aspects:
        line = pieces.grid(None, None, None, 1)
        name = Text(f"{one.aspect:<13}", style="bold")
        line.add_row(name, pieces.bar(one.tally), pieces.sides(one.tally), Text(pieces.signed(one.tally.net), "dim"))
        yield line
        if one.praise or one.blame:
            yield pieces.quoted(one.praise, one.blame)


def _disputes(found: Dossier) -> Table:
    table = pieces.grid(None, None, 1)
    for one in found.disputes:
        sides = Text(f"{pieces.count(one.praise, 'review')} for, {one.blame:,} against")
        surely = Text(f"the smaller side is {pieces.bounds(one.smaller)}", style="dim")
        table.add_row(Text(f"{one.aspect:<13}", style="bold"), sides, surely)
    return table


def cast_table(people: Iterable[Person]) -> Table:
    """People with their parts, in how many reviews they are named, and how they are spoken of."""
    table = pieces.grid(4, 6, None, None)
    for person in people:
        table.add_row(
            Text(words.plain(person.name), style="bold"),
            parts_text(person.parts),
            Text(pieces.count(person.reviews, "review"), style="dim"),
            pieces.sides(person.spoken) if person.spoken.reviews else Text(),
        )
    return table


def parts_text(parts: Iterable[Part]) -> Text:
    """Roles and characters, the most told first."""
    text = Text()
    for part in list(parts)[:3]:
        text.append("; " if text else "")
        text.append(part.role)
        if part.character:
            text.append(" as ").append(words.plain(part.character), style="italic")
    return text


def _names(names: Iterable[Named]) -> Text:
    text = Text()
    for one in list(names)[:_SHOWN]:
        text.append(", " if text else "").append(words.plain(one.name)).append(f" {one.reviews:,}", style="dim")
    return text


def _bonds(bonds: Iterable[Bond]) -> Table:
    table = pieces.grid(1, None)
    for bond in list(bonds)[:_SHOWN]:
        said = Text(words.plain(bond.subject), style="italic")
        said.append(f" {words.relation(bond.relation)} ", style="not italic dim").append(words.plain(bond.object))
        table.add_row(said, Text(pieces.count(bond.reviews, "review"), style="dim"))
    return table
