import json
from pathlib import Path

import pytest

from pullquote.text import clean_text, tokens
from pullquote.text.language import _ENGLISH, _FOREIGN, looks_english

_GOLD = Path(__file__).parents[3] / "shared" / "gold"


def _english(text: str) -> bool:
    return looks_english(tokens(clean_text(text)))


@pytest.mark.parametrize(
    "review",
    [
        "Una película maravillosa. Los actores están muy bien y la música es preciosa, pero el final es muy triste.",
        "Un très beau film. Les acteurs sont excellents, mais la fin est un peu longue et je me suis ennuyé.",
        "Ein wunderbarer Film. Die Schauspieler sind großartig, aber das Ende ist mir zu lang und nicht sehr spannend.",
        "Un film bellissimo. Gli attori sono bravissimi e la musica è splendida, ma il finale non mi ha convinto.",
        "Um filme maravilhoso. Os atores são muito bons e a música é linda, mas o final não me convenceu.",
        "Een prachtige film. De acteurs zijn erg goed en de muziek is mooi, maar het einde vond ik niet sterk.",
        "En underbar film. Skådespelarna är mycket bra och musiken är vacker, men jag tyckte inte om slutet.",
        "Прекрасный фильм. Актёры играют замечательно, но конец слишком длинный.",
        "素晴らしい映画でした。俳優の演技も音楽も最高です。",
        "훌륭한 영화입니다. 배우들의 연기가 좋았어요.",
        "Wspaniały film. Aktorzy grają znakomicie, muzyka jest piękna, lecz zakończenie rozczarowuje widza, który "
        "oczekuje mocnego finału oraz jasnej odpowiedzi, dlaczego bohater wyjechał bez pożegnania do Krakowa.",
    ],
)
def test_other_languages(review: str) -> None:
    assert not _english(review)


@pytest.mark.parametrize(
    "review",
    [
        "",
        "10/10",
        "La Strada",
        "Magnifico!",
        "Great movie, loved Amélie, great music, best film of the year.",
        "Starring Gael García Bernal, Diego Luna and Maribel Verdú in Y tu mamá también.",
        "The Russian title is Сталкер, and it is the best film that I know.",
    ],
)
def test_english_or_too_short_to_tell(review: str) -> None:
    assert _english(review)


def test_no_word_counts_for_both_sides() -> None:
    assert not _ENGLISH & _FOREIGN


def test_no_false_alarm_on_gold() -> None:
    path = _GOLD / "train.jsonl"
    if not path.exists():
        pytest.skip(f"no gold at {path}")
    reviews = map(json.loads, path.read_text("utf-8").strip().split("\n"))
    assert [review["id"] for review in reviews if not _english(review["text"])] == []
