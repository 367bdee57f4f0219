"""Colours and measures of all charts."""

#: Okabe and Ito's (2008) blue and vermilion, and a grey; told apart whatever the eye.
PRAISE, BLAME, MIXED = "#0072B2", "#D55E00", "#999999"
#: Of one chart, in pixels.
WIDTH = 480
