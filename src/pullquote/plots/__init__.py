"""Charts of answers, in Vega-Lite by way of Altair (the extra `plots`).

Colours are those of Okabe and Ito (2008), told apart whatever the eye; each side has its own place, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..library.missing import extra
from .aspects import aspect_bars
from .stars import star_histogram
from .years import praise_over_time

if TYPE_CHECKING:
    import altair as alt

    from ..library.answer import Answer
    from ..questions.dossier import Dossier

__all__ = ["aspect_bars", "overview", "praise_over_time", "star_histogram"]


def overview(dossier: Dossier, years: Answer) -> alt.VConcatChart:
    """All charts of a film under one another.

    Args:
        years: `questions.timeline.timeline` of the same film; left out where no review has a date.
    """
    with extra("plots"):
        import altair as alt
    charts: list[alt.Chart | alt.LayerChart] = [aspect_bars(dossier), star_histogram(dossier)]
    if len(years):
        charts.append(praise_over_time(years))
    chart: alt.VConcatChart = alt.vconcat(*charts).resolve_scale(color="independent")
    return chart.properties(title=dossier.film.name)
