"""The docs name every command and option there is."""

import json
import re
from pathlib import Path

import typer.main

from pullquote import schema
from pullquote.cli import app

ROOT = Path(__file__).parents[1]


def test_every_option_is_documented():
    usage = "".join(page.read_text(encoding="utf-8") for page in sorted((ROOT / "docs").glob("*.md")))
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    assert commands
    for name, command in commands.items():
        assert f"pullquote {name}" in usage
        for parameter in command.params:
            for option in (o for o in parameter.opts if o.startswith("--")):
                assert option in usage, f"{name} {option}"


def test_links_in_the_docs_lead_somewhere():
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_published_schema_is_the_real_one():
    published = json.loads((ROOT / "docs" / "reading.schema.json").read_text(encoding="utf-8"))
    assert published == json.loads(json.dumps(schema())), "run: pullquote schema > docs/reading.schema.json"
