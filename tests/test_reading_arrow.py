"""Readings as Arrow tables."""

import io

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from pullquote import Reading
from pullquote.reading import arrow_schema
from pullquote.reading_arrow import readings_of, table_of

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
chances = st.floats(0, 1)
places = st.integers(0, 2**31 - 1)


def claim(**fields):
    """Claims as plain values."""
    return st.fixed_dictionaries({"start": places, "end": places, **fields})


def several(kind):
    return st.lists(kind, max_size=3)


readings = st.fixed_dictionaries(
    {
        "id": words,
        "model": words,
        "film": st.none() | claim(title=words, confidence=chances),
        "segments": several(
            claim(role=st.just("plot"), polarity=st.just("mixed"), spoiler=chances, confidence=chances)
        ),
        "credits": several(
            claim(person=words, role=st.just("actor"), character=st.none() | words, confidence=chances)
        ),
        "opinions": several(
            claim(
                quote=words, aspect=st.just("story"), polarity=st.just("negative"),
                target=st.none() | words, confidence=chances,
            )
        ),
        "warnings": several(words),
        "verdict": st.fixed_dictionaries(
            {
                "sentiment": chances,
                "stars": st.floats(1, 10),
                "recommend": st.just("none"),
                "stated_rating": st.none()
                | claim(text=words, value=st.none() | st.floats(0, 100), scale=st.none() | st.floats(1, 100)),
                "evidence": several(claim()),
            }
        ),
    },
    optional={"text": words},
).map(lambda plain: msgspec.convert(plain, Reading))  # fmt: skip


def test_columns_are_the_fields_of_a_reading():
    schema = arrow_schema()
    assert schema.names == list(Reading.__struct_fields__)
    assert schema.field("opinions").type.value_type.field("quote").type == pa.string()
    assert schema.field("film").type.field("start").type == pa.int32()
    assert [field.name for field in schema if field.nullable] == ["film", "text"]


@settings(max_examples=25, deadline=None)
@given(st.lists(readings, max_size=4))
def test_readings_come_back_to_the_bit_through_parquet(several):
    lines = [reading.to_json() for reading in several]
    table = table_of(lines)
    assert table.schema == arrow_schema()
    file = io.BytesIO()
    pq.write_table(table, file, compression="zstd")
    back = readings_of(pq.read_table(file))
    assert back == several
    assert [reading.to_json() for reading in back] == lines
