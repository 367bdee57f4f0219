"""Dates as tables and pages write them. What could be two days is no date."""

from __future__ import annotations

import datetime as dt
import re

_ISO = re.compile(r"([12][0-9]{3})[-/.]?([01][0-9])[-/.]?([0-3][0-9])(?![0-9])")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY, _YEAR = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?", r"(?P<year>[12][0-9]{3})\b"
_MONTH = r"(?P<month>[a-z]{3})[a-z]{0,6}\.?"
_DAY_FIRST = re.compile(rf"(?<![0-9]){_DAY}[ -]{_MONTH},?[ -]{_YEAR}")
_MONTH_FIRST = re.compile(rf"(?<![a-z]){_MONTH} {_DAY},? {_YEAR}")
_NUMBERS = re.compile(r"([0-9]{1,2})([ /.-])([0-9]{1,2})(,? |\2)([12][0-9]{3})\b")
_SECONDS = re.compile(r"[0-9]{9,10}(?:\.0+)?|[0-9]{12,13}")
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def parse(given: object) -> dt.date | None:
    """The day that a cell names, or None: a date, a time stamp (seconds or milliseconds since 1970), or words.

    >>> [str(parse(words)) for words in ("2005-01-16T08:00:00Z", "16 January 2005", "Jan 16, 2005", "01 16, 2005")]
    ['2005-01-16', '2005-01-16', '2005-01-16', '2005-01-16']
    >>> parse("02/03/2005"), parse(1105862400)
    (None, datetime.date(2005, 1, 16))
    """
    if isinstance(given, dt.datetime):
        return given.date()
    if isinstance(given, dt.date):
        return given
    if isinstance(given, bool) or not isinstance(given, (str, int, float)):
        return None
    text = str(given).strip().lower() if not isinstance(given, str) or len(given) <= 60 else ""
    try:
        return _day(text)
    except (ValueError, OverflowError):  # the 31st of February
        return None


def _day(text: str) -> dt.date | None:
    if _SECONDS.fullmatch(text):
        number = float(text)
        return (_EPOCH + dt.timedelta(seconds=number / 1000 if number >= 1e11 else number)).date()
    if match := _ISO.match(text):
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        if match := pattern.search(text):
            return _named(match["year"], match["month"], match["day"])
    if match := _NUMBERS.match(text):
        first, second, year = int(match[1]), int(match[3]), int(match[5])
        if match[2] == " " or second > 12:  # "02 28, 2014" is how Amazon writes it
            return dt.date(year, first, second)
        if match[2] == "." or first > 12 or first == second:
            return dt.date(year, second, first)
    return None


def _named(year: str, month: str, day: str) -> dt.date | None:
    return dt.date(int(year), _MONTHS.index(month) + 1, int(day)) if month in _MONTHS else None
