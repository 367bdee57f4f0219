"""Forms made of readings: each read back by the rules of its own format."""

import io
import json
import re
import xml.etree.ElementTree as ET
from functools import cache

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pullquote.export import docbin, document, identity, labelstudio, webannotation
from pullquote.export.order import Form, Order, Selection
from pullquote.export.run import export, stream
from pullquote.library.rebuild import readings
from pullquote.library.store import Store
from pullquote.library.write import add, now
from pullquote.reading import Reading

from ..library.made import TEXT, read
from .conftest import many

#: Openings of any kind, signs beyond 16 bits among them.
openings = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(["🎬" * 5, "\r\n\t🎬 "])


def made(opening):
    """A document whose spans stand behind ``opening``."""
    one = read("x", text=opening + TEXT)
    return document.Document(7, "0f" * 16, "made:1", None, one.record.text, now(), one.reading)


@cache
def english():
    """spaCy's plain English, made once."""
    return pytest.importorskip("spacy").blank("en")


def texts(store):
    return dict(store.connection.execute("SELECT review, text FROM reviews").fetchall())


def test_json_lines_are_the_readings(store):
    out = io.BytesIO()
    assert stream(store, Order(Form.jsonl), out).reviews == 7
    stored = readings(store.connection, range(1, 8))
    assert [Reading.from_json(line) for line in out.getvalue().splitlines()] == list(stored.values())


def test_json_lines_with_text_check_themselves(store):
    out = io.BytesIO()
    stream(store, Order(Form.jsonl, with_text=True), out)
    found = [Reading.from_json(line) for line in out.getvalue().splitlines()]
    assert [r.text for r in found] == list(texts(store).values())
    assert [fault for r in found for fault in r.check(str(r.text))] == []


def test_more_reviews_than_a_batch_all_come_once_and_in_order(tmp_path, monkeypatch):
    with Store(tmp_path / "l.duckdb", write=True) as store:
        add(store, many(document.BATCH + 3))
        out = io.BytesIO()
        stream(store, Order(Form.jsonl), out)
    ids = [json.loads(line)["id"] for line in out.getvalue().splitlines()]
    assert ids == [f"r{i}" for i in range(document.BATCH + 3)]


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


def test_doc_bins_read_back_as_documents(store, tmp_path):
    vocab = english().vocab
    from spacy.tokens import DocBin

    done = export(store, Order(Form.spacy), tmp_path / "docs")
    docs = list(DocBin().from_disk(tmp_path / "docs" / "part-00001.spacy").get_docs(vocab))
    assert [d.text for d in docs] == list(texts(store).values())
    stored = list(readings(store.connection, range(1, 8)).values())
    widened = 0
    for doc, reading in zip(docs, stored, strict=True):
        assert Reading.from_json(doc.user_data["reading"]) == reading
        assert doc.user_data["id"] == reading.id
        assert [(s.text, s.label_, s.id_) for s in doc.spans["opinions"]] == [
            (o.quote, o.aspect, o.polarity) for o in reading.opinions
        ]
        assert [(s.label_, s.id_) for s in doc.spans["mentions"]] == [(m.type, m.name) for m in reading.mentions]
        assert {(e.label_, e.ent_id_) for e in doc.ents} == {(m.type, m.name) for m in reading.mentions}
        assert doc.cats == {"favourable": pytest.approx(reading.verdict.sentiment)}
        groups = {"sentences": reading.segments, "mentions": reading.mentions, "credits": reading.credits,
                  "relations": reading.relations, "opinions": reading.opinions}  # fmt: skip
        for name, claims in groups.items():
            for span, claim in zip(doc.spans[name], claims, strict=True):
                assert span.start_char <= claim.start and claim.end <= span.end_char
                widened += (span.start_char, span.end_char) != (claim.start, claim.end)
    assert done.widened == widened


@settings(max_examples=25, deadline=None)
@given(openings)
def test_spans_within_a_token_are_widened_and_counted(opening):
    one = made(opening)
    doc, widened = docbin.doc(english(), one)
    assert doc.text == one.text
    (span,) = doc.spans["opinions"]
    assert "Superb acting" in span.text
    assert (widened == 0) == all(
        (s.start_char, s.end_char) == (c.start, c.end)
        for name, claims in (("sentences", one.reading.segments), ("mentions", one.reading.mentions),
                             ("credits", one.reading.credits), ("relations", one.reading.relations),
                             ("opinions", one.reading.opinions))
        for s, c in zip(doc.spans[name], claims, strict=True)
    )  # fmt: skip


def test_a_word_glued_to_a_name_widens_it():
    one = made("")
    glued = Reading.from_json(one.reading.to_json().replace(b'"end":26', b'"end":25'))
    doc, widened = docbin.doc(english(), document.Document(1, "0" * 32, "o", None, one.text, now(), glued))
    assert widened == sum(a != b for a, b in zip(claims(one.reading), claims(glued), strict=True))
    assert doc.text == one.text


def claims(reading):
    return [(c.start, c.end) for kind, c in reading.claims() if kind not in ("film", "evidence", "stated rating")]


def test_doc_bins_come_in_parts(tmp_path, monkeypatch):
    english()
    from spacy.tokens import DocBin

    monkeypatch.setattr(docbin, "PART", 2)
    with Store(tmp_path / "l.duckdb", write=True) as store:
        add(store, many(5))
        export(store, Order(Form.spacy), tmp_path / "docs")
    sizes = [len(DocBin().from_disk(f)) for f in sorted((tmp_path / "docs").glob("*.spacy"))]
    assert sizes == [2, 2, 1]


@settings(max_examples=25, deadline=None)
@given(openings)
def test_label_studio_spans_count_code_points(opening):
    one = made(opening)
    built = json.loads(labelstudio.line(one))
    text = built["data"]["text"]
    assert text == one.text
    spans = [r["value"] for r in built["predictions"][0]["result"] if "start" in r.get("value", {})]
    assert spans
    for value in spans:
        # As the editor counts: [...text] in JavaScript walks code points, as Python does.
        assert value["text"] == text[value["start"] : value["end"]]


def test_label_studio_tasks_fit_their_configuration(store, tmp_path):
    export(store, Order(Form.labelstudio), tmp_path / "ls")
    tasks = json.loads((tmp_path / "ls" / "tasks.json").read_text(encoding="utf-8"))
    config = ET.parse(tmp_path / "ls" / "config.xml").getroot()
    controls = {c.get("name"): {v.get("value") for v in c} for c in config.iter() if c.get("toName") == "text"}
    relations = {r.get("value") for r in config.iter("Relation")}
    assert [n.get("value") for n in config.iter("Text")] == ["$text"]
    assert [t["data"]["text"] for t in tasks] == list(texts(store).values())
    for task in tasks:
        (prediction,) = task["predictions"]
        assert prediction["model_version"] == "hand/1"
        regions = {r["id"] for r in prediction["result"] if r["type"] == "labels"}
        assert len(regions) == sum(r["type"] == "labels" for r in prediction["result"])
        for result in prediction["result"]:
            if result["type"] == "relation":
                assert {result["from_id"], result["to_id"]} <= regions
                assert set(result["labels"]) <= relations
            else:
                assert set(result["value"][result["type"]]) <= controls[result["from_name"]]
        joined = [(r["from_id"], r["labels"], r["to_id"]) for r in prediction["result"] if r["type"] == "relation"]
        assert joined == [("mention-2", ["plays"], "mention-3"), ("mention-3", ["sibling of"], "mention-4")]


@pytest.mark.parametrize("form", [Form.jsonl, Form.webannotation, Form.labelstudio, Form.spacy])
def test_no_reviews_make_an_empty_export(store, tmp_path, form):
    import datetime as dt

    if form is Form.spacy:
        pytest.importorskip("spacy")
    order = Order(form, Selection(since=dt.date(2100, 1, 1)))
    assert export(store, order, tmp_path / "none").reviews == 0
    if form is Form.labelstudio:
        assert json.loads((tmp_path / "none" / "tasks.json").read_text()) == []
    elif order.one_file:
        assert (tmp_path / "none").read_bytes() == b""
