"""Everything Pullquote raises on purpose, in one tree.

PullquoteError
  InputError         an input cannot be read; the message says what to do
    EmptyReview      nothing but white space
    ReviewTooLong    over the limit; raise it with ``max_chars``
  ReadingError       a printed reading cannot be parsed
  ModelError         weights are missing, damaged or of an unknown form
"""


class PullquoteError(Exception):
    """Base of all errors raised on purpose."""


class InputError(PullquoteError):
    """An input cannot be read."""


class EmptyReview(InputError):
    """The review holds nothing to read."""


class ReviewTooLong(InputError):
    """The review is longer than the limit in force."""


class ReadingError(PullquoteError):
    """A printed reading cannot be parsed."""


class ModelError(PullquoteError):
    """Model files are missing, damaged or of an unknown form."""
