"""Tokens to a guess whether a review is in English, the one language the models read.

Small words give a language away: they fill a third of any running text, and each
language has its own. The guess is for a warning, so doubt counts as English.
"""

from __future__ import annotations

import unicodedata

from .remembered import Remembered
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

_IS_SIGN, _IS_OTHER_SCRIPT, _IS_LATIN, _IS_ENGLISH, _IS_FOREIGN = range(5)


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
    kinds = bytes(map(_KIND.__getitem__, tokens.forms))
    count = kinds.count
    english, foreign, other_script = count(_IS_ENGLISH), count(_IS_FOREIGN), count(_IS_OTHER_SCRIPT)
    latin = english + foreign + count(_IS_LATIN)
    if other_script >= max(latin, _ENOUGH_WORDS // 2):
        return False
    if latin < _ENOUGH_WORDS:
        return True
    if english < foreign:
        return foreign < latin / _ENOUGH_WORDS
    return latin < _MANY_WORDS or english >= _LOW_SHARE * latin


def _kind(form: str) -> int:
    """What a token says of the language."""
    if not form[0].isalpha():
        return _IS_SIGN
    word = form.lower()
    if word in _ENGLISH:
        return _IS_ENGLISH
    if word in _FOREIGN:
        return _IS_FOREIGN
    return _IS_LATIN if unicodedata.name(word[0], "").startswith("LATIN") else _IS_OTHER_SCRIPT


_KIND = Remembered(_kind)
