"""What a request asks for: its parameters and its body, checked against the types that the API publishes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, inspect
from starlette.requests import Request

from ..problems import Refused


class Parameters(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Parameters of an operation, those in its path among them; this one has none."""


class Listing(Parameters, frozen=True, kw_only=True):
    """Parameters of a list: where to go on, and how many at once."""

    cursor: (
        Annotated[
            str,
            Meta(
                max_length=2000,
                description="`next` of the page before; the other parameters must be the same again.",
                extra_json_schema={"format": "cursor"},
            ),
        ]
        | None
    ) = None
    limit: Annotated[int, Meta(ge=1, le=100, description="How many at most.")] = 20


P = TypeVar("P", bound=Parameters)
B = TypeVar("B", bound=msgspec.Struct)
_TEXT = (inspect.StrType, inspect.LiteralType, inspect.DateType)
_LISTS = (inspect.ListType, inspect.VarTupleType)


@cache
def fields(form: type[Parameters]) -> Mapping[str, inspect.Field]:
    """The parameters of a type by their names."""
    described = inspect.type_info(form)
    assert isinstance(described, inspect.StructType)
    return {one.encode_name: one for one in described.fields}


@cache
def _kinds(form: type[Parameters]) -> Mapping[str, tuple[inspect.Type, ...]]:
    """What each parameter may be."""
    return {name: tuple(_plain(field.type)) for name, field in fields(form).items()}


def _plain(kind: inspect.Type) -> Iterator[inspect.Type]:
    """The types that a type stands for, without what is said about them."""
    if isinstance(kind, inspect.Metadata):
        yield from _plain(kind.type)
    elif isinstance(kind, inspect.UnionType):
        for one in kind.types:
            yield from _plain(one)
    else:
        yield kind


def parameters(request: Request, form: type[P]) -> P:
    """The parameters in a request's path and query.

    Raises:
        Refused: 400 if one is unknown, given twice, missing, or not what it must be.
    """
    known = _kinds(form)
    given: dict[str, Any] = {name: _value(known[name], text) for name, text in request.path_params.items()}
    for name, text in request.query_params.multi_items():
        if name not in known or name in request.path_params:
            names = ", ".join(sorted(known.keys() - request.path_params.keys())) or "none"
            raise Refused(400, f"There is no parameter {name[:100]!r} here; there are: {names}.")
        if isinstance(known[name][0], _LISTS):
            given.setdefault(name, []).append(text)
        elif name in given:
            raise Refused(400, f"The parameter {name} is given twice.")
        else:
            given[name] = _value(known[name], text)
    try:
        return msgspec.convert(given, form)
    except msgspec.ValidationError as error:
        raise Refused(400, f"The parameters cannot be what they are: {error}.") from error


async def body(request: Request, form: type[B]) -> B:
    """What a request brings, from JSON.

    Only what calls itself JSON is taken: another site's form cannot, so that no page a person happens to open can
    post here in their name.

    Raises:
        Refused: 415 if it is not JSON by its name, 400 if it is not by its letters, or not what is asked for.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refused(415, "Send JSON, with the header Content-Type: application/json.")
    try:
        return msgspec.convert(_whole(msgspec.json.decode(await request.body())), form)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refused(400, f"The body is not what is asked for here: {error}.") from error


def _value(kinds: tuple[inspect.Type, ...], text: str) -> Any:
    """A parameter's text as the value it spells: numbers and truth values are spelled as in JSON."""
    if any(isinstance(one, _TEXT) for one in kinds):
        return text
    try:
        value = msgspec.json.decode(text)
    except msgspec.DecodeError:
        return text
    # There is no null in an address: a parameter that is not wanted is left out.
    return text if value is None else _whole(value)


def _whole(value: Any) -> Any:
    """A value of JSON with whole numbers as such: there, 7.0 is an integer."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_whole(one) for one in value]
    return {name: _whole(one) for name, one in value.items()} if isinstance(value, dict) else value
