"""The template engine, with escaping always on."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from . import words


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pullquote.render", "templates"),
        # What is shown comes from strangers: nothing reaches a page unescaped.
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["words"] = words
    environment.filters["percent"] = words.percent
    environment.filters["visible"] = words.visible
    return environment


def template(name: str) -> Template:
    """The template file ``name``."""
    return _environment().get_template(name)


@cache
def source(name: str) -> str:
    """The text of a style sheet or script that is put into a page as it stands."""
    loader = _environment().loader
    assert loader is not None
    return loader.get_source(_environment(), name)[0]
