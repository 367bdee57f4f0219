"""Pictures of the page for README and docs: read the samples, open the page, take its picture.

    python scripts/pictures.py

Needs the `dev` extra and a Chromium (`make browser`); writes docs/images/*.png.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from pullquote import Reader
from pullquote.render.page import page as render

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "docs" / "images"
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def main() -> None:
    """Read the samples and write every picture."""
    OUT.mkdir(parents=True, exist_ok=True)
    browser_path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser_path is None:
        raise SystemExit("no Chromium found; run `make browser` first")
    text = (ROOT / "examples" / "reviews" / "5-foreign.txt").read_text(encoding="utf-8")
    reading = Reader().read(text, id="5-foreign")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "page.html"
        path.write_text(render([(reading, text)]), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=browser_path, args=list(FLAGS))
        for name, width, height, scheme in (
            ("page-light", 1280, 900, "light"), ("page-dark", 1280, 900, "dark"), ("page-phone", 360, 760, "light"),
        ):  # fmt: skip
            view: Page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            view.goto(path.as_uri())
            if name == "page-light":
                # One claim lit, so that the picture shows what hovering does.
                view.locator(".cast .claim", has_text="Vogt").first.hover()
            view.screenshot(path=OUT / f"{name}.png")
            view.close()
        browser.close()


if __name__ == "__main__":
    main()
