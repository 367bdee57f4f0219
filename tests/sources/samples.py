"""What the tests of sources share."""

from pullquote.sources.open import records
from pullquote.sources.record import Failure, Record


def put(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def read(*inputs, **options):
    """The records and the failures of inputs, apart."""
    found = list(records([str(one) for one in inputs], **options))
    return [r for r in found if isinstance(r, Record)], [f for f in found if isinstance(f, Failure)]
