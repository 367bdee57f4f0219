"""The OpenAPI document: every operation, its parameters, answers and refusals, made of the types that check them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from functools import cache
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

import msgspec

from .operation import PREFIX, Operation, Problem
from .parameters import fields

_REFERENCE = "#/components/schemas/"
#: What any request may meet: it cannot be understood, its token is none, it came too often, or too many wait.
_ALWAYS = (400, 401, 429, 503)
_TEXT = (
    "Film reviews, read: every claim carries the words it comes from. Spans are half-open and count Unicode code "
    "points of a review's text. Stars go from 1 to 10. Lists go on at `next`, given as `cursor`. Answers to GET carry "
    "an ETag; sent back as If-None-Match it is answered by 304 while nothing has changed."
)


def document(operations: Iterable[Operation], *, closed: bool) -> dict[str, Any]:
    """OpenAPI 3.1 of ``operations``; ``closed`` says that reading needs a token, too."""
    listed = list(operations)
    types = [kind for one in listed for kind in (one.answer, one.body) if kind is not None]
    _, schemas = msgspec.json.schema_components([*types, Problem], ref_template=_REFERENCE + "{name}")
    paths: dict[str, dict[str, Any]] = {}
    for one in listed:
        paths.setdefault(PREFIX + one.path, {})[one.method.lower()] = _described(one, closed=closed)
    built = {
        "openapi": "3.1.0",
        "info": {"title": "Pullquote", "version": version("pullquote"), "description": _TEXT},
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "From: pullquote token create NAME"}
            },
        },
    }
    return _tidied(built)  # type: ignore[no-any-return]


def _described(one: Operation, *, closed: bool) -> dict[str, Any]:
    refusals = {*_ALWAYS, *one.refusals} | ({403} if closed or one.scope == "write" else set())
    responses: dict[str, Any] = {str(one.status): {"description": HTTPStatus(one.status).phrase, **_json(one.answer)}}
    if one.method == "GET" and one.name != "health":
        responses["304"] = {"description": "What the client has is still right"}
    for status in sorted(refusals):
        responses[str(status)] = {
            "description": HTTPStatus(status).phrase, **_json(Problem, "application/problem+json")
        }  # fmt: skip
    described: dict[str, Any] = {
        "operationId": one.name,
        "summary": one.summary,
        "description": one.description,
        "parameters": _parameters(one),
        "responses": responses,
        "security": _security(one, closed=closed),
    }
    if one.body is not None:
        described["requestBody"] = {"required": True, **_json(one.body)}
    return described


def _security(one: Operation, *, closed: bool) -> list[dict[str, list[str]]]:
    needed: dict[str, list[str]] = {"token": [one.scope]}
    if closed or one.scope == "write":
        return [needed]
    # Reading with a token is right anywhere; without, where the library is open.
    return [{}, {"token": []}] if one.body is not None else []


def _parameters(one: Operation) -> list[dict[str, Any]]:
    # Fields are described one by one: a schema of the whole would not tell those in the path from the others.
    properties = _schema(one.parameters)["properties"]
    listed = []
    for name, field in fields(one.parameters).items():
        schema = dict(properties[name])
        about = schema.pop("description", None)
        if "anyOf" in schema:
            # There is no null in an address.
            [own] = [kind for kind in schema.pop("anyOf") if kind != {"type": "null"}]
            about = own.pop("description", about)
            schema = own
        if schema.get("default", 0) is None:
            del schema["default"]
        where = "path" if name in one.in_path else "query"
        described = {"name": name, "in": where, "required": field.required, "schema": schema}
        if about:
            described["description"] = about
        listed.append(described)
    return listed


@cache
def _schema(kind: type) -> dict[str, Any]:
    _, schemas = msgspec.json.schema_components([kind], ref_template=_REFERENCE + "{name}")
    found: dict[str, Any] = schemas[kind.__name__]
    return found


def _json(kind: type, media: str = "application/json") -> dict[str, Any]:
    return {"content": {media: {"schema": {"$ref": f"{_REFERENCE}{kind.__name__}"}}}}


def _tidied(part: Any) -> Any:
    """Names of types without dots, and docstrings without their indent."""
    if isinstance(part, dict):
        return {
            _short(key): inspect.cleandoc(value)
            if key == "description" and isinstance(value, str)
            else _short(value)
            if key == "$ref"
            else _tidied(value)
            for key, value in part.items()
        }
    return [_tidied(one) for one in part] if isinstance(part, list) else part


def _short(name: str) -> str:
    """A type's name; where two are called alike, with its module before it.

    >>> _short("#/components/schemas/pullquote.reading.Film"), _short("Film")
    ('#/components/schemas/ReadingFilm', 'Film')
    """
    return re.sub(r"pullquote\.(?:\w+\.)*(\w+)\.(\w+)$", lambda m: f"{m[1].capitalize()}{m[2]}", name)
