import codecs
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.errors import InputError
from pullquote.sources.encoding import decode

_FRENCH = "Un très beau film, déjà vu à Orléans : « Amélie » a du charme."
_RUSSIAN = (
    "Прекрасный фильм. Актёры играют замечательно, музыка Эдуарда Артемьева хороша, но конец показался мне "
    "слишком длинным. Советую всем, кто любит медленное и умное кино."
)


@pytest.mark.parametrize("text", [_FRENCH, _RUSSIAN, "Plain.", "", "\U0001f600"])
def test_utf8_needs_no_notice(text: str) -> None:
    assert decode(text.encode()) == (text, None)
    assert decode(codecs.BOM_UTF8 + text.encode()) == (text, None)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_a_byte_order_mark_is_believed(encoding: str) -> None:
    assert decode(_RUSSIAN.encode(encoding)) == (_RUSSIAN, encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_its_mark(encoding: str) -> None:
    assert decode(_FRENCH.encode(encoding)) == (_FRENCH, encoding)


def test_windows_quotes_and_accents() -> None:
    text = "It\u2019s \u201cAm\u00e9lie\u201d \u2013 at last\u2026"
    assert decode(text.encode("cp1252")) == (text, "cp1252")
    assert decode(_FRENCH.encode("cp1252")) == (_FRENCH, "cp1252")


def test_a_byte_that_windows_1252_lacks() -> None:
    assert decode(b"caf\xe9 \x81 bar") == ("caf\xe9 \x81 bar", "latin-1")


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
def test_cyrillic_of_old(encoding: str) -> None:
    text, taken = decode(_RUSSIAN.encode(encoding))
    assert text == _RUSSIAN
    assert taken


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"%PDF-1.7\nstream",
        b"PK\x03\x04word/document.xml",
        b"\x1f\x8b\x08\0\0",
        b"good \0\0\0 film",
        bytes(range(1, 9)) * 50,
        zlib.compress(b"some film " * 99) * 20,
        codecs.BOM_UTF16_LE + b"a",
    ],
)
def test_what_is_no_text_is_refused_with_advice(data: bytes) -> None:
    with pytest.raises(InputError, match="plain text"):
        decode(data)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        text, _ = decode(data)
    except InputError:
        return
    assert isinstance(text, str)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=100))
def test_every_utf8_text_comes_back(text: str) -> None:
    assert decode(text.encode()) == (text.removeprefix("\ufeff"), None)
