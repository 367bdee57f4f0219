"""Words that name a craft right before a name: "directed by A and B", "Music: C".

Crafts other than acting are rare in the reviews we learn from, and reviewers
who list them do it in a few set phrases; those are read as they stand.
"""

from __future__ import annotations

from collections.abc import Sequence

#: Phrases, lower-cased tokens, and the roles they give to the names after them. Longer ones first.
_PHRASES: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = tuple(
    (tuple(phrase.split()), tuple(roles.split()))
    for phrase, roles in (
        ("written and directed by", "writer director"),
        ("directed and written by", "writer director"),
        ("writer / director", "writer director"),
        ("writer - director", "writer director"),
        ("written , produced and directed by", "writer producer director"),
        ("produced and directed by", "producer director"),
        ("director of photography", "cinematographer"),
        ("directed by", "director"),
        ("direction by", "director"),
        ("helmed by", "director"),
        ("director", "director"),
        ("directors", "director"),
        ("written by", "writer"),
        ("screenplay by", "writer"),
        ("script by", "writer"),
        ("scripted by", "writer"),
        ("screenwriter", "writer"),
        ("screenwriters", "writer"),
        ("scriptwriter", "writer"),
        ("produced by", "producer"),
        ("producer", "producer"),
        ("music by", "composer"),
        ("music", "composer"),
        ("score by", "composer"),
        ("score is by", "composer"),
        ("soundtrack by", "composer"),
        ("scored by", "composer"),
        ("composed by", "composer"),
        ("composer", "composer"),
        ("cinematography by", "cinematographer"),
        ("cinematography", "cinematographer"),
        ("photography by", "cinematographer"),
        ("photography", "cinematographer"),
        ("photographed by", "cinematographer"),
        ("cinematographer", "cinematographer"),
        ("edited by", "editor"),
        ("editor", "editor"),
        ("costumes by", "designer"),
        ("production design by", "designer"),
        ("special effects by", "effects"),
        ("novel by", "author"),
        ("book by", "author"),
    )
)
#: The phrases that end in a word, in the same order.
_BY_LAST_WORD = {
    last: tuple((phrase, roles) for phrase, roles in _PHRASES if phrase[-1] == last)
    for last in {phrase[-1] for phrase, _ in _PHRASES}
}
_LONGEST = max(len(phrase) for phrase, _ in _PHRASES)
#: Crafts that are no phrase without a colon: "music John" is no credit, "Music: John" is.
_NEEDS_COLON = frozenset({"music", "cinematography", "photography"})
_JOINTS = frozenset({",", "and", "&", ";"})


def cued_roles(forms: Sequence[str], first: int, people: dict[int, int]) -> tuple[str, ...]:
    """Roles that the words before a person's name give it.

    Args:
        forms: the review's tokens.
        first: the name's first token.
        people: for every person's name, the token after its last, and its first; lists of names are walked back.

    >>> cued_roles("directed by A and B".split(), 4, {3: 2, 5: 4})
    ('director',)
    """
    at = first
    while True:
        back = at
        while back > 0 and forms[back - 1].lower() in _JOINTS:
            back -= 1
        if back == at or back not in people:
            break
        at = people[back]
    colon = at > 0 and forms[at - 1] in {":", "-"}
    end = at - 1 if colon else at
    phrases = _BY_LAST_WORD.get(forms[end - 1].lower()) if end > 0 else None
    if not phrases:
        return ()
    low = tuple(f.lower() for f in forms[max(0, end - _LONGEST) : end])
    for phrase, roles in phrases:
        if low[-len(phrase) :] == phrase and (colon or phrase[0] not in _NEEDS_COLON or len(phrase) > 1):
            return roles
    return ()
