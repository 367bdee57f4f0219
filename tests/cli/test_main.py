"""Help and version come at once, and nothing heavy is loaded for them."""

import subprocess
import sys

from .conftest import ENVIRONMENT


def test_help_names_every_command(run):
    result = run("--help")
    assert (result.returncode, result.stderr) == (0, b"")
    for command in (b"read", b"evaluate", b"schema"):
        assert b"\n  " + command in result.stdout


def test_without_a_command_help_is_shown_and_the_exit_code_is_that_of_a_slip(run):
    result = run()
    assert result.returncode == 2
    assert b"Commands:" in result.stdout + result.stderr


def test_the_version_is_printed(run):
    result = run("--version")
    assert result.returncode == 0
    assert result.stdout.startswith(b"pullquote ")


def test_help_loads_nothing_heavy():
    command = [sys.executable, "-X", "importtime", "-m", "pullquote", "--help"]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True, env=ENVIRONMENT).stderr
    modules = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in loaded.splitlines()}
    heavy = {"numpy", "onnxruntime", "jinja2", "rich", "charset_normalizer", "safetensors", "torch"}
    assert "typer" in modules
    assert modules & heavy == set()
