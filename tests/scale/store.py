"""A small store that speaks the protocol of S3, over HTTP on this machine: objects in memory, one bucket."""

import io
import re
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

BUCKET = "films"


class Store(ThreadingHTTPServer):
    """The server; ``objects`` are its content by key, ``refusing`` makes it answer as to wrong keys."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.objects = {}
        self.pieces = {}
        self.refusing = False

    def address(self, path):
        """Where ``path`` lies, with all that is needed to get there."""
        host = f"127.0.0.1:{self.server_address[1]}"
        return f"s3://key:secret@{BUCKET}/{path}?endpoint_override={host}&scheme=http&region=us-east-1"


@contextmanager
def running():
    """A store for a while."""
    store = Store()
    thread = threading.Thread(target=store.serve_forever)
    thread.start()
    try:
        yield store
    finally:
        store.shutdown()
        thread.join()
        store.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, code, body=b"", **headers):
        self.send_response(code)
        for name, value in {"ETag": '"0"', "Last-Modified": "Mon, 01 Jan 2024 00:00:00 GMT", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def ask(self):
        """Key and query of a request that is let in; None where it was answered already."""
        parts = urlsplit(self.path)
        if self.headers.get("Transfer-Encoding") == "chunked":
            self.body = _unchunked(self.rfile)
        else:
            self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        # Within, the data is in pieces once more, with a checksum behind.
        if self.headers.get("x-amz-content-sha256", "").startswith("STREAMING"):
            self.body = _unchunked(io.BytesIO(self.body))
        if self.server.refusing:
            self.answer(403, b"<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>")
            return None
        bucket, _, key = unquote(parts.path).lstrip("/").partition("/")
        assert bucket == BUCKET
        return key, parse_qs(parts.query, keep_blank_values=True)

    def do_HEAD(self):
        if (asked := self.ask()) is None:
            return
        data = self.server.objects.get(asked[0])
        if not asked[0]:
            self.answer(200)
        elif data is None:
            self.answer(404)
        else:
            self.answer(200, Content_Length=str(len(data)))

    def do_GET(self):
        if (asked := self.ask()) is None:
            return
        key, query = asked
        if "list-type" in query:
            self.answer(200, self.listed(query), Content_Type="application/xml")
            return
        data = self.server.objects.get(key)
        if data is None:
            self.answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
        elif match := re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range") or ""):
            first, last = int(match[1]), min(int(match[2] or len(data)), len(data) - 1)
            self.answer(206, data[first : last + 1], Content_Range=f"bytes {first}-{last}/{len(data)}")
        else:
            self.answer(200, data)

    def listed(self, query):
        prefix, delimiter = query.get("prefix", [""])[0], query.get("delimiter", [""])[0]
        inside, folders = [], set()
        for key in sorted(self.server.objects):
            if key.startswith(prefix):
                rest = key[len(prefix) :]
                if delimiter and delimiter in rest:
                    folders.add(prefix + rest.partition(delimiter)[0] + delimiter)
                else:
                    inside.append(key)
        contents = "".join(
            f"<Contents><Key>{escape(key)}</Key><Size>{len(self.server.objects[key])}</Size>"
            "<LastModified>2024-01-01T00:00:00.000Z</LastModified></Contents>"
            for key in inside
        )
        prefixes = "".join(
            f"<CommonPrefixes><Prefix>{escape(one)}</Prefix></CommonPrefixes>" for one in sorted(folders)
        )
        count = len(inside) + len(folders)
        return (
            f"<ListBucketResult><IsTruncated>false</IsTruncated><KeyCount>{count}</KeyCount>"
            f"{contents}{prefixes}</ListBucketResult>"
        ).encode()

    def do_PUT(self):
        if (asked := self.ask()) is None:
            return
        key, query = asked
        if "uploadId" in query:
            self.server.pieces[key][int(query["partNumber"][0])] = self.body
        else:
            self.server.objects[key] = self.body
        self.answer(200)

    def do_POST(self):
        if (asked := self.ask()) is None:
            return
        key, query = asked
        if "uploads" in query:
            self.server.pieces[key] = {}
            told = (
                f"<InitiateMultipartUploadResult><Key>{key}</Key><UploadId>1</UploadId></InitiateMultipartUploadResult>"
            )
        elif "delete" in query:
            told = "<DeleteResult></DeleteResult>"
        else:
            self.server.objects[key] = b"".join(data for _, data in sorted(self.server.pieces.pop(key).items()))
            told = f"<CompleteMultipartUploadResult><Key>{key}</Key><ETag>0</ETag></CompleteMultipartUploadResult>"
        self.answer(200, told.encode(), Content_Type="application/xml")

    def do_DELETE(self):
        if (asked := self.ask()) is None:
            return
        self.server.objects.pop(asked[0], None)
        self.answer(204)


def _unchunked(stream):
    """The data of a body that comes in pieces, each behind its length."""
    data = b""
    while size := int(stream.readline().partition(b";")[0], 16):
        data += stream.read(size)
        stream.readline()
    while stream.readline().strip():
        pass
    return data
