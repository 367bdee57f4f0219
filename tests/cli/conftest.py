"""How the tests run the real command."""

import os
import signal
import subprocess
import sys

import pytest

COMMAND = (sys.executable, "-m", "pullquote")

#: The tests run elsewhere than where they were started, so relative paths to modules must be made whole.
ENVIRONMENT = os.environ | {"PYTHONPATH": os.pathsep.join(map(os.path.abspath, filter(None, sys.path)))}


@pytest.fixture
def run(tmp_path):
    """Run ``pullquote`` with these arguments inside an empty folder; gives exit code, stdout and stderr as text."""

    def run(*arguments, input=None):
        return subprocess.run(
            [*COMMAND, *map(str, arguments)],
            cwd=tmp_path,
            input=input.encode() if isinstance(input, str) else input,
            stdin=subprocess.DEVNULL if input is None else None,
            capture_output=True,
            check=False,
            env=ENVIRONMENT,
            timeout=120,
        )

    return run


@pytest.fixture
def start(tmp_path):
    """Start ``pullquote`` with these arguments and pipes all around; killed after the test if still running."""
    started = []

    def start(*arguments):
        process = subprocess.Popen(
            [*COMMAND, *map(str, arguments)],
            cwd=tmp_path,
            env=ENVIRONMENT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # A test run that was itself started in the background ignores Ctrl-C, and so would its children.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 (no threads here)
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def review(tmp_path):
    """A file with one ordinary review."""
    file = tmp_path / "luna.txt"
    file.write_text(
        "I loved this film. The acting is superb and the story moves along nicely. "
        "At the end the boy finds his mother. Go and see it!\n",
        encoding="utf-8",
    )
    return file
