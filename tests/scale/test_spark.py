"""Readings in Spark, on a session of this machine."""

import os
import shutil
import sys

import pytest

from pullquote import Reader
from pullquote.errors import InputError
from pullquote.reading_arrow import readings_of
from pullquote.scale.schema import row_schema

from .made import line

pytest.importorskip("pyspark", reason="pyspark is not installed (pip install 'pullquote[spark]')")
pytestmark = pytest.mark.skipif(
    not (shutil.which("java") or os.environ.get("JAVA_HOME")), reason="Spark needs Java, which is not here"
)


@pytest.fixture(scope="module")
def session():
    """Spark on this machine, with two tasks at a time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        from pyspark.sql import SparkSession

        made = (
            SparkSession.builder.master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.memory", "512m")
            .getOrCreate()
        )
        yield made
        made.stop()


def test_rows_are_those_of_the_reader_and_failures_are_told(session):
    from pullquote.scale.spark import read_reviews

    reviews = [line(n) for n in range(60)]
    import pyarrow.compute as pc

    found = read_reviews(session.createDataFrame(reviews).repartition(3)).toArrow()
    assert found.schema.names == [*row_schema().names, "failure"]
    read = found.filter(pc.is_null(found["failure"])).sort_by("id")
    wanted = sorted((one for one in reviews if one["text"].strip()), key=lambda one: one["id"])
    reader = Reader()
    assert readings_of(read) == [reader.read(one["text"], id=one["id"]) for one in wanted]
    assert set(read["rating_stars"].to_pylist()) == {6.0}
    failed = found.filter(pc.is_valid(found["failure"])).to_pylist()
    assert [one["failure"] for one in failed] == ["the review is empty: it holds no words to read"]
    assert failed[0]["origin"].startswith("spark-")


def test_a_frame_without_a_text_is_refused(session):
    from pullquote.scale.spark import read_reviews

    with pytest.raises(InputError, match="--map text=COLUMN"):
        read_reviews(session.createDataFrame([("The Lamp", 4)], ["film", "stars"]))
