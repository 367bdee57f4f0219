"""Bytes to text: review files come in every encoding that ever was on a desk.

UTF-8 is tried first and proves itself. What is left is mostly English with a few
Windows quotes, which statistics read badly and Windows-1252 reads well. There, a
byte beyond ASCII stands alone between plain letters; only where such bytes stand
side by side, as in Cyrillic or Japanese, is a statistical guess worth its time.
"""

from __future__ import annotations

import codecs
import re

from pullquote.errors import InputError

#: The longer marks first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: First bytes of files that hold text, if any, out of reach here, and the suffix by which some are read.
_MAGIC = (
    (b"\x89PNG", "a PNG image", None),
    (b"\xff\xd8\xff", "a JPEG image", None),
    (b"GIF8", "a GIF image", None),
    (b"%PDF-", "a PDF", None),
    (b"PK\x03\x04", "a zip archive or office document", ".zip"),
    (b"PK\x05\x06", "an empty zip archive", None),
    (b"\x1f\x8b", "a gzip archive", ".gz"),
    (b"\xd0\xcf\x11\xe0", "an old office document", None),
    (b"{\\rtf", "a rich-text document", None),
    (b"\x7fELF", "a program", None),
    (b"PAR1", "a Parquet table", ".parquet"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", ".zst"),
    (b"SQLite format 3\x00", "an SQLite database", None),
)
_ADVICE = "save it as plain text (UTF-8) and read that"
#: Control characters that text may hold.
_TEXT_CONTROLS = frozenset(b"\t\n\v\f\r\x1a\x1b")
_SAMPLE = 65_536
_SIDE_BY_SIDE = re.compile(rb"[\x80-\xff]{2,}")


def decode(data: bytes) -> tuple[str, str | None]:
    """The text of ``data``, and the encoding taken if it was not UTF-8.

    Raises:
        InputError: if the bytes are no text.

    >>> decode(b"caf\\xc3\\xa9")
    ('café', None)
    >>> decode(b"It\\x92s a caf\\xe9")
    ('It’s a café', 'cp1252')
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data, encoding)
    _refuse_binary(data)
    if b"\0" in data:
        return _wide(data)
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        return _guessed(data)


def _marked(data: bytes, encoding: str) -> tuple[str, str | None]:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        name = encoding.removesuffix("-sig").upper()
        raise InputError(f"the file is marked as {name} but breaks off it at byte {error.start}; {_ADVICE}") from None
    return text, None if encoding == "utf-8-sig" else encoding


def _wide(data: bytes) -> tuple[str, str]:
    """Text with zero bytes: UTF-16 without its mark, where every other byte is zero, or no text at all."""
    sample = data[: min(len(data), _SAMPLE) // 2 * 2]
    half = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    for zeros, others, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if half and zeros > 0.6 * half and others < 0.05 * half:
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError:
                break
    raise InputError(f"the file holds zero bytes, so it is no text; if it is a document, {_ADVICE}")


def _refuse_binary(data: bytes) -> None:
    for magic, kind, suffix in _MAGIC:
        if data.startswith(magic):
            rename = f", or give the file its own suffix, {suffix}" if suffix else ""
            raise InputError(f"this is {kind}, not text; {_ADVICE}{rename}")
    if b"\0" in data:
        return  # perhaps UTF-16, which is full of small bytes
    sample = data[:_SAMPLE]
    controls = sum(byte < 32 and byte not in _TEXT_CONTROLS for byte in sample)
    if controls > 0.05 * len(sample):
        raise InputError(f"the file is mostly control characters, so it is no text; if it is a document, {_ADVICE}")


def _guessed(data: bytes) -> tuple[str, str]:
    """Text in one of the encodings of old."""
    sample = data[:_SAMPLE]
    if len(data) > _SAMPLE:  # not to end inside a character
        sample = sample[: max(sample.rfind(b" "), sample.rfind(b"\n")) + 1] or sample
    candidates = ["cp1252", "latin-1"]
    high = sum(byte > 127 for byte in sample)
    if sum(len(run) for run in _SIDE_BY_SIDE.findall(sample)) > 0.25 * high:
        import charset_normalizer

        best = charset_normalizer.from_bytes(sample).best()
        if best is not None:
            candidates.insert(0, best.encoding)
    for encoding in candidates:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise InputError(f"no known encoding fits this file; {_ADVICE}")
