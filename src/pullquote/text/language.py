"""Tokens to a guess whether a review is in English, the one language the models read.

Small words give a language away: they fill a third of any running text, and each
language has its own. The guess is for a warning, so doubt counts as English.
"""

from __future__ import annotations

import unicodedata

from .tokens import Tokens

#: Below this many words nothing can be told.
_ENOUGH_WORDS = 8
#: With this many words a text without English small words is foreign, whatever language it is in.
_MANY_WORDS = 25
#: Below this share of English small words, running text is not English.
_LOW_SHARE = 0.06

#: Words spelled alike in both lists' languages ("in", "me", "was", "so") are left out of both.
_ENGLISH = frozenset(
    """
    the and of to it this that with for you but are be have not they his her from by who what which there when
    or she about all just some would if can were has had how good very really than then them their your my i
    been could do does did because more most much into out up only even ever never its
    think see know like well should where why these those being will get make made great bad best we he
    """.split()
)
#: Spanish, Portuguese, Italian, French, German, Dutch and Scandinavian ones.
_FOREIGN = frozenset(
    """
    el la los las que de del y en un una es por para con su se lo le al pero como muy más está esta este
    o os um uma é não em da dos das ao mas muito foi ele ela isso seu sua filme
    il gli che di della delle nel è non per sono anche questo questa più ma si ha molto uno dei
    les des du et est une pour dans qui pas sur au avec ce cette mais plus très je nous vous ne son sa
    der das und ist nicht ein eine den dem zu mit auf sich von auch es sehr ich aber wie dieser oder sind
    het een van niet dat zijn met voor maar ik deze ook er te wat naar heel bij als dan
    och det att som på är jag inte med til og ikke av
    """.split()
)


def looks_english(tokens: Tokens) -> bool:
    """Whether the text is English, as far as its letters and small words tell.

    >>> from pullquote.text import clean_text, tokens
    >>> looks_english(tokens(clean_text("This is the best film I have seen in years.")))
    True
    >>> looks_english(tokens(clean_text("Es la mejor película que he visto en muchos años.")))
    False
    >>> looks_english(tokens(clean_text("La Strada!")))
    True
    """
    words = [form.lower() for form in tokens.forms if form[0].isalpha()]
    latin = [word for word in words if unicodedata.name(word[0], "").startswith("LATIN")]
    if len(words) - len(latin) >= max(len(latin), _ENOUGH_WORDS // 2):
        return False
    if len(latin) < _ENOUGH_WORDS:
        return True
    english = sum(word in _ENGLISH for word in latin)
    foreign = sum(word in _FOREIGN for word in latin)
    if english < foreign:
        return foreign < len(latin) / _ENOUGH_WORDS
    return len(latin) < _MANY_WORDS or english >= _LOW_SHARE * len(latin)
