"""Charts to files: a page, a Vega-Lite specification, or a picture."""

from __future__ import annotations

import io
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputError
from ..library.missing import extra

if TYPE_CHECKING:
    import altair as alt

_PICTURES = (".svg", ".png")
_CONVERTER = "vl_convert"


def check_plot(path: Path) -> None:
    """Let ``path`` pass as a chart to write.

    Raises:
        InputError: if its suffix is unknown, it lies in no folder, or a package that it takes is missing.
    """
    with extra("plots"):
        import altair  # noqa: F401
    suffix = path.suffix.lower()
    if suffix not in (".html", ".json", *_PICTURES):
        raise InputError(f"{path}: charts are written as .html, .json, .svg or .png")
    if path.is_dir():
        raise InputError(f"{path}: is a folder; name a file to write")
    if not path.parent.is_dir():
        raise InputError(f"{path}: there is no folder {path.parent}; make it first")
    if suffix in _PICTURES and find_spec(_CONVERTER) is None:
        raise InputError(f"{path}: pictures take a converter; install it with: pip install vl-convert-python")


def write_plot(chart: alt.VConcatChart, path: Path) -> list[str]:
    """Write ``chart`` in the form of its suffix; ``check_plot`` has let it pass.

    Returns:
        Plain sentences on what to know about the file.

    Raises:
        OSError: if the file cannot be written.
    """
    inside = find_spec(_CONVERTER) is not None
    text, picture = io.StringIO(), io.BytesIO()
    match path.suffix.lower():
        case ".png":
            chart.save(picture, format="png")
        case ".svg":
            chart.save(text, format="svg")
        case ".json":
            chart.save(text, format="json")
        case _:
            chart.save(text, format="html", inline=inside)
    path.write_bytes(picture.getvalue() or text.getvalue().encode())
    if path.suffix.lower() == ".html" and not inside:
        return ["this page loads Vega from cdn.jsdelivr.net when opened; pip install vl-convert-python puts it inside"]
    return []
