"""Forms made of readings: each read back by the rules of its own format."""

import io
import json
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings

from pullquote.export import docbin, document, labelstudio
from pullquote.export.order import Form, Order, Selection
from pullquote.export.run import export, stream
from pullquote.library.rebuild import readings
from pullquote.library.store import Store
from pullquote.library.write import add, now
from pullquote.reading import Reading

from .conftest import many
from .documents import english, made, openings, texts


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
