"""Addresses: of our own pages, and those in reviews that may be followed."""

from __future__ import annotations

from urllib.parse import quote, urlencode, urlsplit

#: Longer addresses are refused by servers; names so long are no names.
_LONGEST = 4_000


def film(film: str) -> str | None:
    """The page of the film with this id; None if no address can hold it.

    >>> film("title:salt ferry (2011)")
    '/film/title%3Asalt%20ferry%20%282011%29'
    """
    return _within(f"/film/{_segment(film)}")


def person(name: str) -> str | None:
    """The page of whoever is called so; None if no address can hold the name."""
    return _within(f"/person/{_segment(name)}")


def review(number: int, start: int | None = None) -> str:
    """The page of a review; with ``start``, at the sentence that begins there."""
    return f"/review/{number}" + (f"#at{start}" if start is not None else "")


def quotes(film: str, aspect: str, side: str) -> str | None:
    """The quotes behind one bar of a film."""
    return _within(f"/quotes?{urlencode({'film': film, 'aspect': aspect, 'side': side})}")


def reviews(film: str) -> str | None:
    """The reviews of a film."""
    return _within(f"/reviews?{urlencode({'film': film})}")


def query(path: str, **values: object) -> str:
    """``path`` with those of ``values`` that are something.

    >>> query("/search", q="slow burn", after=None)
    '/search?q=slow+burn'
    """
    told = {name: value for name, value in values.items() if value not in (None, "", [])}
    return f"{path}?{urlencode(told, doseq=True)}" if told else path


def outside(url: str | None) -> str | None:
    """An address in a review, if it is one of the web and nothing else.

    >>> outside("https://films.example/1"), outside("javascript:alert(1)"), outside("https:///x")
    ('https://films.example/1', None, None)
    """
    if not url or len(url) > _LONGEST or not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc else None


def own_path(path: str) -> str:
    """``path`` if it leads to a page of our own, else the first page.

    >>> own_path("/film/tt1?x=1"), own_path("//evil.example"), own_path("/\\\\evil.example")
    ('/film/tt1?x=1', '/', '/')
    """
    fine = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and len(path) < _LONGEST
    return path if fine else "/"


def _segment(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def _within(path: str) -> str | None:
    return path if len(path) <= _LONGEST else None
