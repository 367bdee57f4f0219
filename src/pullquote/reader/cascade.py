"""Two models as one: a quick one reads everything, a better one reads again what the quick one is unsure of."""

from __future__ import annotations

from pathlib import Path

import msgspec

from ..errors import ModelError

#: The file that says how two models make one, in a model folder.
CASCADE = "cascade.json"


class Cascade(msgspec.Struct, frozen=True, kw_only=True):
    """How two models read together.

    ``weights`` are those of `doubt.doubt`; ``quantiles`` are doubts in rising order, at equal shares of the sentences
    they were fitted on, from the least to the greatest; ``budget`` is the share of sentences read again if none is
    named.
    """

    name: str
    version: str
    first: str
    second: str
    weights: tuple[float, ...]
    quantiles: tuple[float, ...]
    budget: float

    @property
    def label(self) -> str:
        """What readings are marked with, before the model that made them: "auto/1"."""
        return f"{self.name}/{self.version}"

    def limit(self, budget: float | None = None) -> float:
        """The doubt above which a review is read again, so that about the share ``budget`` of sentences is.

        >>> Cascade(
        ...     name="a", version="1", first="b", second="c", weights=(), quantiles=(0.0, 1.0, 2.0), budget=0.5
        ... ).limit(0.25)
        1.5
        """
        place = (1.0 - (self.budget if budget is None else budget)) * (len(self.quantiles) - 1)
        low = int(place)
        if low + 1 >= len(self.quantiles):
            return float("inf")
        part = place - low
        limit = self.quantiles[low] * (1 - part) + self.quantiles[low + 1] * part
        return limit if place > 0 else float("-inf")


def parted(name: str | None) -> tuple[str | None, float | None]:
    """A model's name and the budget behind it: "auto:0.3" is "auto" with three tenths of the text read again.

    Raises:
        ModelError: if what follows the colon is no number from 0 to 1.

    >>> parted("auto:0.3"), parted("large")
    (('auto', 0.3), ('large', None))
    """
    if name is None or ":" not in name or Path(name).is_dir():
        return name, None
    base, _, told = name.rpartition(":")
    try:
        budget = float(told)
    except ValueError:
        budget = -1.0
    if not 0.0 <= budget <= 1.0:
        raise ModelError(
            f"model {name!r}: after the colon stands the share of text read again, from 0 to 1, as in {base}:0.3"
        )
    return base, budget


def read_cascade(folder: Path) -> Cascade | None:
    """The cascade of a model folder; None where the folder holds a model of its own, or nothing.

    Raises:
        ModelError: if it cannot be parsed.
    """
    try:
        return msgspec.json.decode((folder / CASCADE).read_bytes(), type=Cascade)
    except FileNotFoundError:
        return None
    except msgspec.DecodeError as error:
        raise ModelError(f"{folder / CASCADE} cannot be read ({error}); install the package again") from error
