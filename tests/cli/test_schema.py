"""The published schema is valid, and real output keeps to it."""

import json

import jsonschema
import pytest


@pytest.fixture
def schema(run):
    return json.loads(run("schema").stdout)


def test_the_schema_is_one(schema):
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["title"] == "pullquote.reading/1"


def test_printed_readings_keep_to_the_schema(run, schema, review):
    for options in ((), ("--with-text",)):
        jsonschema.validate(json.loads(run("read", review, *options).stdout), schema)


def test_the_schema_refuses_what_is_no_reading(run, schema, review):
    reading = json.loads(run("read", review).stdout)
    reading["verdict"]["sentiment"] = 1.5
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(reading, schema)
