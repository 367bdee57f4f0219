"""Praise and blame by aspect as bars to either side of a middle line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..library.missing import extra
from .colours import BLAME, MIXED, PRAISE, WIDTH

if TYPE_CHECKING:
    import altair as alt

    from ..questions.dossier import Dossier

_SIDES = ("blame", "mixed", "praise")


def aspect_bars(dossier: Dossier) -> alt.Chart:
    """Reviews that praise each aspect to the right, those that blame it to the left, the undecided across the middle.

    Raises:
        InputError: if Altair is missing.
    """
    with extra("plots"):
        import altair as alt
    import pyarrow as pa

    rows = []
    for one in dossier.aspects:
        counts = one.tally
        middle = counts.mixed / 2
        edges = (-middle - counts.blame, -middle, middle, middle + counts.praise)
        sides = zip(_SIDES, (counts.blame, counts.mixed, counts.praise), edges, edges[1:], strict=False)
        rows += [(one.aspect, side, number, left, right) for side, number, left, right in sides if number]
    table = pa.table(
        {
            "aspect": pa.array([row[0] for row in rows], pa.string()),
            "side": pa.array([row[1] for row in rows], pa.string()),
            "reviews": pa.array([row[2] for row in rows], pa.int64()),
            "from": pa.array([row[3] for row in rows], pa.float64()),
            "to": pa.array([row[4] for row in rows], pa.float64()),
        }
    )
    chart: alt.Chart = (
        alt.Chart(table, title="Praise and blame", width=WIDTH)
        .mark_bar()
        .encode(
            x=alt.X("from:Q", title="reviews that blame ← → reviews that praise").axis(labelExpr="abs(datum.value)"),
            x2="to:Q",
            y=alt.Y("aspect:N", title="aspect", sort=[one.aspect for one in dossier.aspects]),
            color=alt.Color("side:N", title="reviews").scale(domain=list(_SIDES), range=[BLAME, MIXED, PRAISE]),
            tooltip=["aspect:N", "side:N", "reviews:Q"],
        )
    )
    return chart
