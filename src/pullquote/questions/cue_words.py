"""Phrases that turn praise into something else, and phrases that only look so; the logic is in `cues`."""

from __future__ import annotations

import re


def _any(phrases: str) -> re.Pattern[str]:
    """Any of these phrases as whole words; they are parted by ``|`` with spaces around and may be patterns."""
    listed = [phrase.strip().replace(" ", r"\s+") for phrase in phrases.split(" | ")]
    return re.compile(rf"(?<!\w)(?:{'|'.join(listed)})(?!\w)", re.IGNORECASE)


#: Phrases with a negation in them that negate nothing.
NO_NEGATION = _any(
    "no doubt | without (?:a )?doubt | without question | no question | no wonder | not only | not just | not merely"
    " | not to mention | not least | nothing short of | nothing less than | no less than | never less than"
    " | never fail(?:s|ed)? to | but also"
)
NEGATION = _any(
    r"not | \w+n't | cannot | cant | dont | isnt | wasnt | never | no | nor | neither | none | nobody | no-one"
    " | nothing | nowhere | hardly | barely | scarcely | rarely | seldom | without | lack(?:s|ed|ing)?"
    " | fail(?:s|ed|ing)? | far from | less than | rather than | instead of | anything but | everything but | all but"
    " | devoid of | free of | minus | miss(?:es|ed|ing)? | no longer | used to be | once was | few"
    " | doubt(?:s|ed|ful)? | den(?:y|ies|ied) | short of | stop(?:s|ped)? | mistaken? for | aint | nope"
)
#: These weaken what follows them; after the quote they say something else ("the music, too").
WEAKENED = _any("too | nearly | almost")
#: A negation before one of these does not reach beyond it.
CLAUSE_END = re.compile(
    r"[;:—–]|--|\.\s|(?<!anything )(?<!everything )(?<!nothing )(?<!all )\b(?:but|yet|however)\b", re.IGNORECASE
)

_THEN = " | back then | when i was | when we were | as a (?:kid|child|boy|girl)"
CONTRAST_AFTER = _any(
    "but | however | although | though | tho | yet | except(?:ing)? | unfortunately | sadly | alas | despite"
    " | in spite | nevertheless | nonetheless | only to | until | till | unless | apart from | aside from | other than"
    " | too bad | on the other hand | on paper | pity | shame | wasted | for its own good | to a fault | at best"
    " | at first | while | whereas | than | if" + _THEN
)
CONTRAST_BEFORE = _any(
    "although | though | tho | while | whereas | even if | even though | much as | for all | the only | only thing"
    " | only good | only redeeming | redeeming | saving grace | apart from | aside from | except(?: for)?"
    " | other than | than | at best | at first | initially | on paper" + _THEN
)
#: These yield to a comma: "Despite the rain, ..."
CONCESSION = _any("despite | in spite of")

CONDITION = _any(
    r"if | unless | would | could | should | might | \w+'d | supposed(?:ly)? | meant to | wants? | wanted"
    " | tr(?:y|ies|ied|ying) | attempt(?:s|ed|ing)? | aim(?:s|ed|ing)? | aspir(?:es|ed|ing) | pretend(?:s|ed|ing)?"
    " | hop(?:e|es|ed|ing) | wish(?:es|ed|ing)? | expect(?:s|ed|ing)? | intend(?:s|ed|ing)? | potential | as though"
    " | had (?:it|they|he|she|this) | were it | imagine | promis(?:e|es|ed|ing)"
)
#: Not praise even where the quote itself says so.
CONDITION_WITHIN = _any(
    "(?:would|could|should|might|must)(?: have|'ve| of| be) | if only | supposed to | so-called | yeah,? right"
    " | wannabe"
)

IRONY = _any(
    "yeah,? right | so-called | so called | allegedly | apparently | reportedly | sarcasm | just kidding | kidding"
    " | ha ha | haha | lol | my foot | in your dreams | i guess | as if | what else | thanks for"
    " | oh,? (?:good|great|joy|boy) | how original | of its kind | credit where | self-proclaimed | self-styled"
    " | wannabe | would-be"
)
IRONY_BEGINS = re.compile(r"\W*(?:oh|yeah|sure|gee|right|wow|bravo|great|good grief|yes)\b\s*[,!.]", re.IGNORECASE)
IRONY_SIGNS = re.compile(r"\(\s*[!?]+\s*\)|(?<!\w)/s(?!\w)|;-?\)")
#: Beginnings of a next sentence that take the last one back.
IRONY_NEXT = re.compile(
    r"\W*(?:not\b(?!\s+only)|yeah,? right|as if\b|just kidding|kidding|i wish|if only|well,? no|nope|or not|sarcasm"
    r"|haha|lol|said no|in your dreams|right\?)",
    re.IGNORECASE,
)

OTHERS = _any(
    "sa(?:y|ys|id|ying) | told | tells? | call(?:s|ed|ing)? | claim(?:s|ed|ing)? | billed | hailed | hyped | touted"
    " | hype | considered | regarded | according to | critics | reviewers | fans | they think | thinks? | thought"
    r" | believes? | advertis\w+ | posters? | trailers? | tagline | reputation | heard | labell?ed | praised | dubbed"
)
#: "I thought it superb" is the critic's own word.
OWN = re.compile(
    r"\b(?:I|we)\s+(?:\w+\s+)?(?:thought|think|believed?|say|said|call|considered|consider)\b", re.IGNORECASE
)
#: "more | convincing acting", "semi-| brilliant".
COMPARISON = re.compile(r"(?:\b(?:more|less|non|semi|pseudo|near)[\s-]*|\w-)$", re.IGNORECASE)

QUOTED = re.compile(r"\"[^\"]+\"|“[^”]+”|‘[^’]+’|(?<!\w)'[^']+'(?!\w)|``.+?''")
#: Two words or more, all but the small ones with a capital: in quotation marks, a title.
TITLE = re.compile(r"\W*[A-Z0-9][\w'’]*(?:\W+(?:[A-Z0-9][\w'’]*|of|the|and|a|an|in|on|to|for))*\W+[A-Z0-9][\w'’]*\W*")
