"""What a server is told: which library, who may reach it, how much it will take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

#: Requests a second that one client may make over time; it may save up for so many seconds.
RATE, BURST_SECONDS = 40.0, 5.0


@dataclass(frozen=True, slots=True)
class Allowance:
    """Most a request may ask for: bytes of its body, seconds until it is answered."""

    body: int
    seconds: float


#: For all requests that `SLOWER` does not name.
ALLOWANCE = Allowance(body=256 * 1024, seconds=15.0)
#: By the beginning of the path: where a review is read, a saved page may come and reading takes time.
SLOWER: Mapping[str, Allowance] = {
    "/read": Allowance(body=8 * 1024 * 1024, seconds=120.0),
    "/api/v1/read": Allowance(body=8 * 1024 * 1024, seconds=120.0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to serve a library.

    ``names`` are host names that the server answers to besides addresses and localhost. ``public`` says that anyone
    who reaches the server may look, who it is not known; then the pages write nothing. ``closed`` says that looking
    needs a token; the pages write nothing then, either. ``rate`` is in requests a second for each client, None for no
    limit.
    """

    library: Path
    read_only: bool = False
    public: bool = False
    closed: bool = False
    names: frozenset[str] = frozenset()
    model: str | None = None
    rate: float | None = RATE
    allowance: Allowance = ALLOWANCE
    slower: Mapping[str, Allowance] = field(default_factory=lambda: SLOWER)

    @property
    def pages_write(self) -> bool:
        """Whether the pages may change the library: to save a review, to mend a reading."""
        return not (self.read_only or self.public or self.closed)
