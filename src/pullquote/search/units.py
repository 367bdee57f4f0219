"""From the library to rows of the index: each sentence with what filters ask of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ..render.words import SPOILER_FROM
from .claims import claimed, packed
from .numbers import number
from .table import schema

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from .sentence import Sentences

_SENTENCES = """
WITH own AS (SELECT review, text, source, written, rating_stars FROM reviews WHERE review IN (SELECT unnest($1))),
said AS (
    SELECT review, segment, list(DISTINCT aspect || ' ' || polarity) AS opinions,
           list(DISTINCT target_key) FILTER (target_key IS NOT NULL) AS judged
    FROM opinions WHERE review IN (SELECT unnest($1)) AND segment IS NOT NULL GROUP BY review, segment
),
named AS (
    SELECT s.review, s.segment, list(DISTINCT e.key) AS people
    FROM segments s
    JOIN mentions m ON m.review = s.review AND m.start >= s.start AND m.start < s.end_
    JOIN entities e ON e.review = m.review AND e.entity = m.entity
    WHERE s.review IN (SELECT unnest($1)) AND m.review IN (SELECT unnest($1)) AND e.review IN (SELECT unnest($1))
      AND e.type = 'PERSON'
    GROUP BY s.review, s.segment
)
SELECT s.review, s.segment, substring(o.text, s.start + 1, s.end_ - s.start) AS words, s.role, s.polarity,
       s.spoiler >= $2 AS veiled, coalesce(o.rating_stars, v.stars) AS stars, o.written, o.source,
       coalesce(said.opinions, []) AS opinions,
       list_distinct(list_concat(coalesce(named.people, []), coalesce(said.judged, []))) AS people
FROM segments s JOIN own o USING (review) LEFT JOIN verdicts v USING (review)
LEFT JOIN said USING (review, segment) LEFT JOIN named USING (review, segment)
WHERE s.review IN (SELECT unnest($1))
ORDER BY s.review, s.segment
"""


def rows(connection: duckdb.DuckDBPyConnection, reviews: Sequence[int], sentences: Sentences) -> pa.Table:
    """Rows of the index for ``reviews``, in the form of `table.schema`."""
    import pyarrow as pa

    with connection.cursor() as cursor:
        # Both statements see the library as it is at one moment.
        cursor.begin()
        found = cursor.sql(_SENTENCES, params=[list(reviews), SPOILER_FROM]).to_arrow_table()
        said = claimed(cursor, reviews)
        cursor.commit()
    vectors = sentences.vectors(found["words"].to_pylist()).astype(np.float16)
    places = zip(found["review"].to_pylist(), found["segment"].to_pylist(), strict=True)
    people = [[number(key) for key in keys] for keys in found["people"].to_pylist()]
    columns = {
        **{name: found[name] for name in found.column_names},
        "source": [number(source) for source in found["source"].to_pylist()],
        "people": pa.array(people, pa.list_(pa.int64())),
        "claims": pa.array([packed(said[place]) for place in places], pa.binary()),
        "vector": pa.FixedSizeListArray.from_arrays(pa.array(vectors.ravel(), pa.float16()), sentences.width),
    }
    form = schema(sentences.width)
    return pa.table({field.name: columns[field.name] for field in form}).cast(form)
