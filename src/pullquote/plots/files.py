"""Charts to files: a page, a Vega-Lite specification, or a picture."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import InputError
from ..library.missing import extra

if TYPE_CHECKING:
    import altair as alt


class _InScript(json.JSONEncoder):
    """JSON that can stand in a page's script: Altair puts it there as it is, and a title may hold ``</script>``."""

    def encode(self, o: Any) -> str:
        """``o`` with every less-than sign spelled as an escape; in JSON they stand in texts alone."""
        return super().encode(o).replace("<", "\\u003c")


def check_plot(path: Path) -> None:
    """Let ``path`` pass as a chart to write.

    Raises:
        InputError: if its suffix is unknown, it lies in no folder, or a package that it takes is missing.
    """
    with extra("plots"):
        import altair  # noqa: F401
        import vl_convert  # noqa: F401
    suffix = path.suffix.lower()
    if suffix not in (".html", ".json", ".svg", ".png"):
        raise InputError(f"{path}: charts are written as .html, .json, .svg or .png")
    if path.is_dir():
        raise InputError(f"{path}: is a folder; name a file to write")
    if not path.parent.is_dir():
        raise InputError(f"{path}: there is no folder {path.parent}; make it first")


def plot_bytes(chart: alt.VConcatChart, suffix: str) -> bytes:
    """``chart`` in the form of ``suffix``; `check_plot` has let it pass."""
    text, picture = io.StringIO(), io.BytesIO()
    match suffix.lower():
        case ".png":
            chart.save(picture, format="png")
        case ".svg":
            chart.save(text, format="svg")
        case ".json":
            chart.save(text, format="json")
        case _:
            chart.save(text, format="html", inline=True, json_kwds={"cls": _InScript})
    return picture.getvalue() or text.getvalue().encode()
