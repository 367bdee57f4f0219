"""Praise is never cut out of a sentence that turns it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pullquote.questions.cues import turned

#: The quote stands in brackets; what follows the sentence comes after a bar.
TURNED = """
negation: This is not [a masterpiece of suspense].
negation: It is hardly [a triumph of imagination].
negation: Nobody here gives [a great performance].
negation: There isn't [a single dull moment worth keeping].
negation: I never once felt [the thrill of real adventure].
negation: The script is anything but [sharp and witty].
negation: A far cry from perfection and far from [a perfect film].
negation: The sequel lacks [the warm and funny dialogue] of the first.
negation: [A superb film] it is not.
negation: Neither the songs nor the dances have [real charm and wit].
negation: Nor is it [the brilliant satire] of the year.
negation: Without [the gorgeous photography] we are left with a man in a boat.
negation: It fails to be [a moving portrait of grief].
negation: The camera is too [beautiful and polished] to hurt.
negation: I couldn’t find [the magic and the wonder].
negation: [A great film] this ain't.
negation: It is almost [a perfect little thriller].
condition: With a better lead it would have been [a wonderful comedy].
condition: It could have been [a gripping little thriller].
condition: If only it were [a brilliant farce].
condition: This was supposed to be [the funniest film of the summer].
condition: It wants to be [a searing family drama].
condition: Had it been shorter, you might have had [a taut and clever film].
condition: The director tries to give us [a haunting vision of the sea].
condition: [It would have been superb] with another ending.
condition: You will find it [an absolute delight] if you have never seen a film.
condition: I expected [a thrilling ride through the Alps].
irony: Yeah right, [an instant classic for sure].
irony: Oh good, [another brilliant film about a hitman].
irony: The so-called [masterpiece of the new wave] put me to sleep.
irony: Sure, [the greatest love story ever told].
irony: [The most exciting film of the year] (!), with a whole hour of parking.
irony: [A work of pure genius].| Not.
irony: [What a thrilling finale].| Yeah, right!
irony: Apparently this is [the best film of the decade].
quotation marks: We then get a "[hilarious chase through town]" that lasts an hour.
quotation marks: This [supposed "classic" of horror] sent my cat to sleep.
quotation marks: The ‘[stunning special effects]’ are made of cardboard.
quotation marks: Here comes a [“thrilling” car chase].
question: Is this [the finest comedy of the year]?
question: Who says it is [a wonderful picture]?
trailing off: And then there is [the brilliant script]...
trailing off: [What a magnificent voice] …
words of others: My neighbour called it [the best film of his life].
words of others: The poster promises us [a breathtaking adventure].
words of others: Billed as [a stunning epic of the north], it sank.
words of others: Critics fell over themselves for [the bold, visionary editing].
words of others: Everyone told me that [the acting is magnificent].
contrast: [The acting is superb], but the film is a bore.
contrast: [The photography is gorgeous], although nothing happens in front of it.
contrast: Although [the cast is excellent], the film is a corpse.
contrast: [A beautiful opening] and, sadly, the last good minute.
contrast: Despite [the brilliant and moving score] I left early.
contrast: The only good thing is [the lovely music by Orm].
contrast: On paper this is [a wonderful idea for a film].
contrast: [The jokes are brilliant] at first.
contrast: I thought it [a thrilling adventure] when I was nine.
contrast: There is more life in a wet sock than in [this brilliant cast].
comparison: I have seen more [convincing acting in school halls].
comparison: They sell it as semi-[brilliant and witty fun].
"""

STRAIGHT = """
[A superb film from first to last].
[The acting is superb], and the music is as good.
It is not deep, but [the acting is superb].
It isn't his best film; [the photography is a wonder].
Not only is [the acting magnificent], the music is too.
There is no doubt that [the script is brilliant].
This is nothing short of [a small miracle of timing].
Despite the silly plot, [the cast is a delight].
I thought [the acting was superb].
[It could not be more beautiful].
[There is not a wasted frame in it].
[Not a single dull moment in two hours].
I cried twice and laughed often: [a wonderful, generous film].
"The Salt Ferry" is [a quiet masterpiece].
“Das letzte Fährhaus” has [images of breathtaking beauty].
[Its last act never loses its nerve].
The sea is cold — [the photography is glorious].
[An unmissable debut by a fearless director].| But the cinema was cold.
[Funny, sad and wise].| Not only that, it is short.
"""


def cases(listed, split):
    for line in filter(None, listed.strip().splitlines()):
        reason, marked = line.split(": ", 1) if split else (None, line)
        sentence, _, following = marked.partition("|")
        start, end = sentence.index("["), sentence.index("]") - 1
        yield pytest.param(reason, sentence.replace("[", "").replace("]", ""), start, end, following, id=marked)


@pytest.mark.parametrize(("reason", "sentence", "start", "end", "following"), list(cases(TURNED, split=True)))
def test_a_turned_quote_is_turned_down(reason, sentence, start, end, following):
    assert turned(sentence, start, end, following) == reason


@pytest.mark.parametrize(("reason", "sentence", "start", "end", "following"), list(cases(STRAIGHT, split=False)))
def test_plain_praise_is_offered(reason, sentence, start, end, following):
    assert turned(sentence, start, end, following) is None


@settings(max_examples=60)
@given(st.text(max_size=60), st.text(min_size=1, max_size=30), st.text(max_size=60), st.text(max_size=20))
def test_any_text_is_judged(before, quote, after, following):
    sentence = before + quote + after
    assert turned(sentence, len(before), len(before) + len(quote), following) in {
        None, "negation", "contrast", "condition", "irony", "words of others", "question", "trailing off",
        "quotation marks", "comparison",
    }  # fmt: skip


@settings(max_examples=60)
@given(st.sampled_from(["not", "hardly", "so-called", "never", "supposedly", "without"]), st.text("abc ,", max_size=20))
def test_a_cue_before_the_quote_turns_it(cue, between):
    sentence = f"It is {cue} {between} a superb film."
    assert turned(sentence, sentence.index("a superb film"), len(sentence) - 1) is not None
