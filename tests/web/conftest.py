"""Libraries to serve, servers over them, and a browser that notes everything that goes wrong."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pullquote.library.store import Store
from pullquote.library.write import add
from pullquote.search.index import update
from tests.questions.films import EVERYTHING

from .hostile import hostile

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def films(tmp_path_factory) -> Path:
    """The sample films, with their search index."""
    path = tmp_path_factory.mktemp("web") / "films.duckdb"
    with Store(path, write=True) as store:
        add(store, EVERYTHING)
        update(store)
    return path


@pytest.fixture(scope="session")
def hostile_library(tmp_path_factory) -> Path:
    """Two films of hostile reviews, with their search index."""
    path = tmp_path_factory.mktemp("hostile") / "hostile.duckdb"
    with Store(path, write=True) as store:
        add(store, [hostile(1), hostile(2)])
        update(store)
    return path


@contextmanager
def served(library: Path, *options: str) -> Iterator[str]:
    """The address of a real server over a library, which ends with the block."""
    command = [sys.executable, "-m", "pullquote", "serve", str(library), "--port", "0", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ | {"OMP_NUM_THREADS": "1"}) as run:
        assert run.stderr is not None
        lines = []
        try:
            for line in run.stderr:
                lines.append(line)
                if found := re.search(r"http://[^/\s]+", line):
                    break
            else:
                raise AssertionError("".join(lines))
            # Its log is read on, lest the server wait for room in the pipe.
            reader = threading.Thread(target=run.stderr.read)
            reader.start()
            yield found[0]
        finally:
            run.terminate()


@pytest.fixture(scope="session")
def site(films, tmp_path_factory) -> Iterator[str]:
    """A server over the sample films that may be written."""
    path = tmp_path_factory.mktemp("served") / films.name
    shutil.copy(films, path)
    shutil.copytree(films.with_suffix(".index"), path.with_suffix(".index"))
    with served(path, "--rate", "0") as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Debian's Chromium."""
    playwright = pytest.importorskip("playwright.sync_api", reason="PLAYWRIGHT IS MISSING: the site is not tested")
    if CHROMIUM is None:
        pytest.skip("NO CHROMIUM ON THIS MACHINE: the site is not tested")
    with playwright.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield found
        found.close()


@pytest.fixture
def visit(browser):
    """Opens a page of a site; at the end nothing may have been logged, thrown, refused, asked elsewhere or shown."""
    opened, noise = [], []

    def visit(address: str, width: int = 1280, height: int = 900, **options):
        own = re.match(r"http://[^/]+", address)[0]
        tab = browser.new_page(viewport={"width": width, "height": height}, **options)
        tab.set_default_timeout(20_000)
        tab.on("console", lambda m: noise.append(f"console: {m.text}"))
        tab.on("pageerror", lambda e: noise.append(f"error: {e}"))
        tab.on("dialog", lambda d: (noise.append(f"dialog: {d.message}"), d.dismiss()))
        tab.on("request", lambda r: None if r.url.startswith(f"{own}/") else noise.append(f"request: {r.url}"))
        tab.add_init_script(
            "document.addEventListener('securitypolicyviolation', e => console.error('refused ' + e.blockedURI))"
        )
        tab.goto(address)
        tab.wait_for_load_state("networkidle")
        opened.append(tab)
        return tab

    yield visit
    for tab in opened:
        tab.close()
    assert noise == []
