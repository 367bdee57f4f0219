"""Web Annotations: they keep the model's rules, and their words are the text's."""

import io
import json
import re

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st

from pullquote.export import identity, webannotation
from pullquote.export.order import Form, Order
from pullquote.export.run import stream

from .documents import made, openings, texts

IRI = {"type": "string", "pattern": r"^[a-z][a-z0-9+.-]*:\S+$"}
#: The MUSTs of the Web Annotation Data Model for the parts of it that are used, and nothing beside.
WEB_ANNOTATION = {
    "type": "object",
    "required": ["@context", "id", "type", "label", "total", "first"],
    "additionalProperties": False,
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "id": IRI,
        "type": {"const": "AnnotationCollection"},
        "label": {"type": "string"},
        "total": {"type": "integer", "minimum": 0},
        "first": {
            "type": "object",
            "required": ["id", "type", "items", "startIndex"],
            # Embedded, so without a context of its own.
            "additionalProperties": False,
            "properties": {
                "id": IRI,
                "type": {"const": "AnnotationPage"},
                "startIndex": {"const": 0},
                "items": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/annotation"}},
            },
        },
    },
    "$defs": {
        "annotation": {
            "type": "object",
            "required": ["id", "type", "target", "motivation"],
            "additionalProperties": False,
            "properties": {
                "id": IRI,
                "type": {"const": "Annotation"},
                "created": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
                "creator": {"type": "object", "required": ["type", "name"]},
                "motivation": {"enum": ["assessing", "classifying", "describing", "highlighting", "identifying"]},
                "body": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/body"}},
                "target": {
                    "type": "object",
                    "required": ["type", "source"],
                    "additionalProperties": False,
                    "properties": {
                        "type": {"const": "SpecificResource"},
                        "source": IRI,
                        "scope": IRI,
                        "selector": {"type": "array", "items": {"$ref": "#/$defs/selector"}},
                    },
                },
            },
        },
        "body": {
            "type": "object",
            "required": ["type", "value"],
            "additionalProperties": False,
            "properties": {
                "type": {"const": "TextualBody"},
                "value": {"type": "string"},
                "format": {"const": "text/plain"},
                "purpose": {"enum": ["assessing", "classifying", "describing", "identifying", "tagging"]},
            },
        },
        "selector": {
            "oneOf": [
                {
                    "required": ["type", "exact", "prefix", "suffix"],
                    "additionalProperties": False,
                    "properties": {
                        "type": {"const": "TextQuoteSelector"},
                        "exact": {"type": "string", "minLength": 1},
                        "prefix": {"type": "string", "maxLength": 32},
                        "suffix": {"type": "string", "maxLength": 32},
                    },
                },
                {
                    "required": ["type", "start", "end"],
                    "additionalProperties": False,
                    "properties": {
                        "type": {"const": "TextPositionSelector"},
                        "start": {"type": "integer", "minimum": 0},
                        "end": {"type": "integer", "minimum": 0},
                    },
                },
            ]
        },
    },
}


def test_web_annotations_keep_the_rules_of_the_model(store):
    out = io.BytesIO()
    stream(store, Order(Form.webannotation), out)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert len(lines) == 7
    for line, text in zip(lines, texts(store).values(), strict=True):
        jsonschema.validate(line, WEB_ANNOTATION)
        items = line["first"]["items"]
        assert line["total"] == len(items)
        for selector in (a["target"]["selector"] for a in items if "selector" in a["target"]):
            quote, place = selector
            assert quote["exact"] == text[place["start"] : place["end"]]
            assert text[: place["start"]].endswith(quote["prefix"]) and text[place["end"] :].startswith(quote["suffix"])
    ids = [a["id"] for line in lines for a in line["first"]["items"]]
    assert len(set(ids)) == len(ids)
    assert lines[-1]["first"]["items"][0]["target"]["scope"] == "https://example.org/1"
    assert "scope" not in lines[0]["first"]["items"][0]["target"]


@settings(max_examples=25, deadline=None)
@given(openings)
def test_web_annotation_quotes_are_the_text_at_their_places(opening):
    one = made(opening)
    built = json.loads(webannotation.line(one))
    claims = [a for a in built["first"]["items"] if "selector" in a["target"]]
    assert len(claims) == sum(1 for _ in one.reading.claims())
    for quote, place in (a["target"]["selector"] for a in claims):
        assert quote["exact"] == one.text[place["start"] : place["end"]]


def test_web_annotations_say_what_the_reading_says():
    items = {a["id"].partition("#")[2]: a for a in webannotation.collection(made(""))["first"]["items"]}
    said = {name: [(b["value"], b["purpose"]) for b in a.get("body", [])] for name, a in items.items()}
    assert said["opinion-0"] == [("positive", "assessing"), ("acting", "classifying"), ("Jon Vale", "tagging")]
    assert said["sentence-1"] == [("plot", "classifying"), ("neutral", "assessing"), ("spoiler", "tagging")]
    assert said["sentence-0"] == [("context", "classifying"), ("neutral", "assessing")]
    assert said["credit-1"] == [("Jon Vale, actor, as Max", "describing")]
    assert said["relation-0"] == [("Max sibling of Lily", "describing")]
    assert said["verdict"] == [("recommended: yes", "assessing"), ("8.1 of 10 stars", "assessing")]
    assert said["evidence-0"] == []


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**128 - 1))
def test_review_urns_are_uuids_of_version_8(key):
    urn = identity.review_urn(f"{key:032x}")
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", urn)
