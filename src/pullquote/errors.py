"""Everything Pullquote raises on purpose, in one tree.

PullquoteError
  InputError         an input cannot be read; the message says what to do
    EmptyReview      nothing but white space
    ReviewTooLong    over the limit; raise it with ``max_chars``
    AmbiguousName    several films or people answer to a name; ``candidates`` holds them
    CorrectionConflict  a correction goes against what was changed since it was thought of
  ReadingError       a printed reading cannot be parsed
  LibraryError       a library file is missing, in use, foreign, newer or cannot be written
  ExportError        an export cannot be written
  ModelError         weights are missing, damaged or of an unknown form
  WorkerError        a process that reads was killed or could not be started
"""

from __future__ import annotations

from collections.abc import Sequence


class PullquoteError(Exception):
    """Base of all errors raised on purpose."""


class InputError(PullquoteError):
    """An input cannot be read."""


class EmptyReview(InputError):
    """The review holds nothing to read."""


class ReviewTooLong(InputError):
    """The review is longer than the limit in force."""


class CorrectionConflict(InputError):
    """A correction is of a claim that is no longer there, or one that others rest on is to be undone."""


class AmbiguousName(InputError):
    """Several films or people answer to a name; ``candidates`` holds the ids of films or the names of people."""

    def __init__(self, message: str, candidates: Sequence[str]) -> None:
        """Say ``message``, which lists them for people."""
        super().__init__(message)
        self.candidates = tuple(candidates)


class ReadingError(PullquoteError):
    """A printed reading cannot be parsed."""


class ModelError(PullquoteError):
    """Model files are missing, damaged or of an unknown form."""


class LibraryError(PullquoteError):
    """A library file is missing, in use, foreign, of a newer release, or cannot be written."""


class ExportError(PullquoteError):
    """An export cannot be written."""


class WorkerError(PullquoteError):
    """A process that reads was killed or could not be started."""
