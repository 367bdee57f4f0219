"""Strange texts for property tests: what reviews hold and what they should not."""

from hypothesis import strategies as st

_PIECES = [
    "<br />", "<br /><br />", "<p>", "</p>", "<script>", "</script>", "<!--", "-->", "<a href='x'>", "<", ">",
    "&amp;", "&hellip;", "&#8217;", "&nbsp;", "&you;", "&fjlig;", "&#x85;", "&", "\u2026", "\x85", "\u201c", "\u201d",
    "\u2019", "\n", "\r\n", "\n\n", " ", "\u00a0", "\u200b", "\u200d", "\u202e", "\ufeff", "\0", "\ud800", "e\u0301",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\u2764\ufe0f", ". ", "...", "....", "?!! ", '."', "(see below.)",
    "Mr. ", "J.J. ", "8 1/2", "8/10.", "good.The", "a.m. ", "vs. ", "映画。", "It ", "was ", "great", "'", '"', "(",
    ")",
]  # fmt: skip

any_text = st.text(st.characters(exclude_categories=()), max_size=60)
review_like = st.lists(st.sampled_from(_PIECES) | st.text(max_size=5), max_size=25).map("".join)
strange_text = any_text | review_like
