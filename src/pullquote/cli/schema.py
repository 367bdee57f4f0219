"""``pullquote schema``: the published form of a reading, for programs."""

from __future__ import annotations

import typer

from .complaints import ending_well


def schema() -> None:
    """Print the JSON Schema of a reading."""
    with ending_well():
        import json

        from .. import reading

        typer.echo(json.dumps(reading.schema(), indent=2))
