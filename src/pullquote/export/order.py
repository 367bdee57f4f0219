"""What is asked of an export: the form, and what goes into it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from ..errors import InputError


class Form(StrEnum):
    """The forms by the names users give them."""

    parquet = "parquet"
    csv = "csv"
    jsonl = "jsonl"
    webannotation = "webannotation"
    spacy = "spacy"
    labelstudio = "labelstudio"
    gold = "gold"


#: Forms made of tables; the others are made of readings.
TABULAR = (Form.parquet, Form.csv)
#: Forms that are one file of text, a line for each review.
LINES = (Form.jsonl, Form.webannotation, Form.gold)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which reviews: of ``films`` by title or id, written from ``since`` to ``until``, both days included.

    A review whose day is not known is in no span of days.
    """

    films: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def everything(self) -> bool:
        """Whether nothing is left out."""
        return not self.films and self.since is None and self.until is None


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for.

    Attributes:
        tables: tables and views for the tabular forms; none means all tables.
        with_text: JSON lines carry each review's text.
        spreadsheet_safe: CSV cells that a spreadsheet would take for a formula get an apostrophe.
    """

    form: Form
    selection: Selection = field(default_factory=Selection)
    tables: tuple[str, ...] = ()
    with_text: bool = False
    spreadsheet_safe: bool = False

    @property
    def one_file(self) -> bool:
        """Whether the export is one file rather than a folder."""
        return len(set(self.tables)) == 1 if self.form in TABULAR else self.form in LINES

    def check(self) -> None:
        """See that the parts go together.

        Raises:
            InputError: if one is meant for another form.
        """
        for given, forms, option in (
            (self.tables, TABULAR, "--table"),
            (self.with_text, (Form.jsonl,), "--with-text"),
            (self.spreadsheet_safe, (Form.csv,), "--spreadsheet-safe"),
        ):
            if given and self.form not in forms:
                raise InputError(f"{option} goes with --format {' or '.join(forms)}, not with {self.form}")

    def check_streams(self) -> None:
        """See that the export can go to standard output.

        Raises:
            InputError: if it is no single file of text.
        """
        if not self.one_file or self.form is Form.parquet:
            raise InputError(
                "name the place to export to with --output; "
                "only jsonl, webannotation, gold, and csv of one --table can go to standard output"
            )
