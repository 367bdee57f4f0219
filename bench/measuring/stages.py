"""Where a reader's processor time goes, by stage: the running code is looked at a few hundred times a second.

A look charges the processor time since the one before to the stage whose code is running, told by its module. Time
inside a library (a matrix product, the encoder) is charged when it comes back, to the module that called it. So nothing
in the reader is touched, and the cost is next to nothing.
"""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Callable
from types import FrameType

_EVERY = 0.004
#: Modules of each stage by the beginning of their names; of the frames that run, the innermost that is listed decides.
STAGES = {
    "JSON lines in": ("pullquote.sources.",),
    "document: clean text, tokens, sentences": ("pullquote.text.",),
    "word pieces": ("pullquote.reader.wordpiece",),
    "shapes": ("pullquote.reader.shape",),
    "windows and batches": ("pullquote.reader.layout", "pullquote.reader.windows", "pullquote.reader.reader"),
    "encoder": ("pullquote.reader.encoder", "pullquote.reader.compact"),
    "heads": ("pullquote.reader.heads",),
    "verdict and stars": ("pullquote.reader.verdict", "pullquote.reader.rating", "pullquote.reader.ngrams"),
    "decoding": ("pullquote.reader.",),
    "reading as JSON": ("pullquote.reading",),
}
OTHER = "the rest"


def stage_of(module: str) -> str | None:
    """The stage a module belongs to, by the longest beginning listed.

    >>> stage_of("pullquote.reader.encoder"), stage_of("pullquote.reader.cast"), stage_of("json")
    ('encoder', 'decoding', None)
    """
    fitting = [(len(b), stage) for stage, begins in STAGES.items() for b in begins if f"{module}.".startswith(b)]
    return max(fitting)[1] if fitting else None


def stage_seconds(work: Callable[[], object]) -> dict[str, float]:
    """Processor seconds of each stage while ``work`` runs, in the order of `STAGES`.

    Only in the main thread, and only where there is SIGPROF.
    """
    spent: Counter[str] = Counter()
    last = time.process_time()

    def look(_: int, frame: FrameType | None) -> None:
        nonlocal last
        now = time.process_time()
        spent[_running(frame)] += now - last
        last = now

    before = signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, _EVERY, _EVERY)
    try:
        work()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    return {stage: spent[stage] for stage in (*STAGES, OTHER)}


def _running(frame: FrameType | None) -> str:
    while frame is not None:
        if stage := stage_of(frame.f_globals.get("__name__", "")):
            return stage
        frame = frame.f_back
    return OTHER
