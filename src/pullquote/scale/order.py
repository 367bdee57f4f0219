"""What a run is to do, and the mark in its folder that keeps another run from doing something else there."""

from __future__ import annotations

import hashlib
from importlib.metadata import version

import msgspec

from ..errors import InputError
from ..reader.cascade import CASCADE, parted, read_cascade
from ..reader.shipped import MANIFEST, folder_of, identity
from ..reading import SCHEMA
from ..sources.columns import Hints
from .place import Place

#: The file that tells a folder of readings, and its form.
MARK = "pullquote-readings.json"
FORM = "pullquote.readings/1"
#: Reviews in one part unless told otherwise.
PART = 1_000


class Order(msgspec.Struct, frozen=True):
    """How to read: what every machine is told.

    ``model`` is its label ("large/1") and ``weights`` the SHA-256 of its manifest, by which machines see that they
    have the same; ``named`` is what to load. ``part`` is the number of reviews in one part.
    """

    output: str
    named: str | None
    model: str
    weights: str
    max_chars: int
    mapping: tuple[tuple[str, str], ...] = ()
    scale: float | None = None
    part: int = PART
    version: str = ""

    @property
    def hints(self) -> Hints:
        """The same for sources."""
        return Hints(self.mapping, self.scale)

    @property
    def place(self) -> Place:
        """The folder of readings."""
        return Place(self.output)


class _Options(msgspec.Struct, frozen=True):
    max_chars: int
    map: dict[str, str]
    scale: float | None
    part: int


class Mark(msgspec.Struct, frozen=True):
    """What a folder of readings says of itself."""

    form: str
    schema: str
    model: str
    weights: str
    version: str
    options: _Options


def order(
    output: str, *, model: str | None, max_chars: int, mapping: dict[str, str], scale: float | None, part: int
) -> Order:
    """An order for the model of that name, as this machine has it.

    Raises:
        ModelError: if there is no such model.
    """
    label, weights = which(model)
    return Order(output, model, label, weights, max_chars, tuple(mapping.items()), scale, part, version("pullquote"))


def which(model: str | None) -> tuple[str, str]:
    """Label of a model, and what tells its weights: SHA-256 of its manifest, in which those of its files stand.

    Raises:
        ModelError: if there is no such model.
    """
    base, budget = parted(model)
    folder = folder_of(base)
    cascade = read_cascade(folder)
    told = [folder / CASCADE] if cascade else []
    told += [folder_of(name) / MANIFEST for name in ((cascade.first, cascade.second) if cascade else (base,))]
    label = identity(model)
    digest = hashlib.sha256(repr(budget).encode())
    for path in told:
        digest.update(path.read_bytes())
    return label, digest.hexdigest()


def mark(told: Order) -> None:
    """Mark the folder of ``told``, or see that it is marked so.

    Raises:
        InputError: if the folder holds something else, or readings made otherwise.
        ExportError: if it cannot be written.
    """
    place = told.place
    options = _Options(told.max_chars, dict(sorted(told.mapping)), told.scale, told.part)
    wanted = Mark(FORM, SCHEMA, told.model, told.weights, told.version, options)
    data = place.get(MARK)
    if data is None:
        if foreign := place.names(""):
            raise InputError(
                f"{place}: the folder holds what is no reading ({', '.join(sorted(foreign)[:3])}); name an empty one"
            )
        place.put(MARK, msgspec.json.format(msgspec.json.encode(wanted)))
        return
    try:
        found = msgspec.json.decode(data, type=Mark)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{place}/{MARK}: is not understood ({error}); name another folder") from error
    if found != wanted:
        raise InputError(
            f"{place}: its readings were made otherwise ({', '.join(_differences(found, wanted))}); "
            "repeat the command as it was, or name another folder"
        )


def _differences(found: Mark, wanted: Mark) -> list[str]:
    pairs = {name: (getattr(found, name), getattr(wanted, name)) for name in ("form", "schema", "model", "version")}
    pairs |= {
        f"--{name.replace('_', '-')}": (getattr(found.options, name), getattr(wanted.options, name))
        for name in _Options.__struct_fields__
    }
    told = [f"{name}: {_words(was)} there, {_words(now)} now" for name, (was, now) in pairs.items() if was != now]
    return told or ["the model has the same name and other weights"]


def _words(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(f"{field}={column}" for field, column in value.items()) or "none"
    return "none" if value is None else str(value)
