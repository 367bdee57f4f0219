"""What goes to standard error: notes, complaints, and how a command ends after one."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from ..errors import PullquoteError

#: Exit codes: some input failed; nothing was tried; interrupted from the keyboard.
SOME_FAILED, NOTHING_TRIED, INTERRUPTED = 1, 2, 130


def complain(message: str) -> None:
    """Print one line on standard error, under the program's name."""
    print(f"pullquote: {safe(message)}", file=sys.stderr)


def safe(text: str) -> str:
    r"""Text for one line of a terminal: names of files and reviews come from anywhere, and none may steer it.

    >>> print(safe("red \x1b[31m"))
    red \x1b[31m
    """
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)


def note(origin: str, message: str) -> None:
    """Say something about an input that was read all the same."""
    complain(f"{origin}: note: {message}")


@contextmanager
def refusing() -> Iterator[None]:
    """Around what is checked before any work: an error there means that nothing was tried."""
    try:
        yield
    except PullquoteError as error:
        complain(str(error))
        raise typer.Exit(NOTHING_TRIED) from error


@contextmanager
def ending_well() -> Iterator[None]:
    """Around a whole command: every expected end becomes a line on standard error and an exit code."""
    try:
        yield
    except KeyboardInterrupt as error:
        complain("interrupted")
        raise typer.Exit(INTERRUPTED) from error
    except BrokenPipeError as error:
        # Whoever read our output has seen enough (head, a closed pager). Python would
        # complain once more when it flushes at exit, so that goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(SOME_FAILED) from error
    except PullquoteError as error:
        complain(str(error))
        raise typer.Exit(SOME_FAILED) from error
    except OSError as error:
        complain(f"{error.filename or 'cannot write'}: {error.strerror or error}")
        raise typer.Exit(SOME_FAILED) from error
