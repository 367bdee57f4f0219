"""The stars of a film's reviews as a histogram."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..library.missing import extra
from .colours import PRAISE, WIDTH

if TYPE_CHECKING:
    import altair as alt

    from ..questions.dossier import Dossier


def star_histogram(dossier: Dossier) -> alt.Chart:
    """How many reviews give 1, 2, ..., 10 stars.

    Raises:
        InputError: if Altair is missing.
    """
    with extra("plots"):
        import altair as alt
    import pyarrow as pa

    stars = dossier.stars
    table = pa.table({"stars": list(range(1, 11)), "reviews": list(stars.histogram)})
    title = f"Stars: {stars.given} of {stars.given + stars.estimated} given by the reviewers, the others estimated"
    chart: alt.Chart = (
        alt.Chart(table, title=title, width=WIDTH)
        .mark_bar(color=PRAISE)
        .encode(
            x=alt.X("stars:O", title="stars").axis(labelAngle=0),
            y=alt.Y("reviews:Q", title="reviews").axis(tickMinStep=1, format="d"),
            tooltip=["stars:O", "reviews:Q"],
        )
    )
    return chart
