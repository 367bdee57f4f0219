"""The share of favourable reviews from year to year, with its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..library.missing import extra
from .colours import PRAISE, WIDTH

if TYPE_CHECKING:
    import altair as alt

    from ..library.answer import Answer


def praise_over_time(years: Answer) -> alt.LayerChart:
    """The share favourable of each year as a line, Wilson's interval as an upright line through each point.

    Args:
        years: `questions.timeline.timeline` of a film.

    Raises:
        InputError: if Altair is missing.
    """
    with extra("plots"):
        import altair as alt

    base = alt.Chart(years.arrow(), title="Praise over time", width=WIDTH).encode(
        x=alt.X("year:Q", title="year of the review").axis(format="d", tickMinStep=1)
    )
    share = alt.Y("share:Q", title="share favourable").scale(domain=[0, 1]).axis(format="%")
    interval = base.mark_rule(color=PRAISE, opacity=0.5).encode(y=alt.Y("low:Q", title="share favourable"), y2="high:Q")
    line = base.mark_line(color=PRAISE, point=True).encode(
        y=share, tooltip=["year:Q", "reviews:Q", alt.Tooltip("share:Q", format=".0%")]
    )
    chart: alt.LayerChart = interval + line
    return chart
