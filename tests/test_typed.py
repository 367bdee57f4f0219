"""Types reach those who use the package."""

import subprocess
import sys


def test_a_program_that_uses_the_package_is_checked_against_its_types(tmp_path):
    (tmp_path / "mine.py").write_text(
        "from pullquote import Reader\n\nreveal_type(Reader().read('Superb.').verdict.stars)\nReader().raed('')\n"
    )
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--cache-dir", "cache", "mine.py"],
        cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert 'mine.py:3: note: Revealed type is "float"' in run.stdout.replace("builtins.", "")
    assert '"Reader" has no attribute "raed"' in run.stdout
