"""The search index notices a correction."""

from pullquote.corrections.changes import OpinionChange
from pullquote.corrections.keep import correct, undo
from pullquote.library.rebuild import readings
from pullquote.search.index import Index, build, index_folder, update

from ..search.conftest import ask_in
from .samples import replaced


def test_the_index_notices_and_takes_it_up(store):
    build(store)
    folder = index_folder(store.path)
    (before,) = readings(store.connection, [1])[1].opinions
    number = correct(store, 1, OpinionChange(before=before, after=replaced(before, aspect="humor")), "Kim")
    assert Index(folder).check(store.connection) == 1
    assert update(store) == 1
    assert Index(folder).check(store.connection) == 0
    assert [found.review for found in ask_in(store, "superb", filters={"aspect": "humor"})] == [1]
    undo(store, number)
    assert update(store) == 1
    assert ask_in(store, "superb", filters={"aspect": "humor"}) == ()
