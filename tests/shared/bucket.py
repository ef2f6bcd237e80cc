"""A store that speaks S3, for tests: it keeps objects in memory and lets nobody in whose signature is not right."""

from __future__ import annotations

import hashlib
import hmac
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

IDENTITY, SECRET, REGION = "AKIAFORTESTS", "a/secret+of tests", "nl-test"
_CREDENTIALS = re.compile(r"AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})")


class _Doorman(BaseHTTPRequestHandler):
    """Checks each request as the specification of Signature Version 4 says, from what came over the line."""

    server: Bucket

    def do_PUT(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        if self._right(content):
            self.server.objects[self.path] = content
            self._answer(200)

    def do_GET(self) -> None:
        if self._right(b""):
            found = self.server.objects.get(self.path)
            self._answer(404 if found is None else 200, found or b"")

    def do_HEAD(self) -> None:
        if self._right(b""):
            self._answer(200 if self.path == "/papers" else 404)

    def do_DELETE(self) -> None:
        if self._right(b""):
            self._answer(204 if self.server.objects.pop(self.path, None) is not None else 404)

    def _right(self, content: bytes) -> bool:
        """Answer 403 unless whoever asks knows the secret, signed just now, and signed exactly this."""
        right = self._signed_by_us() and hashlib.sha256(content).hexdigest() == self.headers["x-amz-content-sha256"]
        if not right:
            self._answer(403)
        return right

    def _signed_by_us(self) -> bool:
        found = _CREDENTIALS.fullmatch(self.headers.get("Authorization", ""))
        if not found:
            return False
        credential, names, signature = found.groups()
        at = datetime.strptime(self.headers["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        fresh = abs(datetime.now(UTC) - at) < timedelta(minutes=15)
        whole = {"host", "x-amz-date", "x-amz-content-sha256"} <= set(names.split(";"))
        scope = f"{at:%Y%m%d}/{REGION}/s3/aws4_request"
        return (
            fresh
            and whole
            and credential == f"{IDENTITY}/{scope}"
            and hmac.compare_digest(signature, self._signature(names, scope=scope))
        )

    def _signature(self, names: str, *, scope: str) -> str:
        url = urlsplit(self.path)
        headers = "".join(f"{name}:{' '.join(self.headers[name].split())}\n" for name in names.split(";"))
        canonical = (
            f"{self.command}\n{url.path}\n{url.query}\n{headers}\n{names}\n{self.headers['x-amz-content-sha256']}"
        )
        digest = hashlib.sha256(canonical.encode()).hexdigest()
        key = b"AWS4" + SECRET.encode()
        for each in scope.split("/"):
            key = hmac.new(key, each.encode(), hashlib.sha256).digest()
        told = f"AWS4-HMAC-SHA256\n{self.headers['x-amz-date']}\n{scope}\n{digest}"
        return hmac.new(key, told.encode(), hashlib.sha256).hexdigest()

    def _answer(self, status: int, content: bytes = b"") -> None:
        self.server.statuses.append(status)
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *said: object) -> None:
        """Say nothing."""


class Bucket(ThreadingHTTPServer):
    """The store; `objects` by path, `statuses` of all answers."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Doorman)
        self.objects: dict[str, bytes] = {}
        self.statuses: list[int] = []

    @property
    def host(self) -> str:
        """Its address."""
        return f"127.0.0.1:{self.server_port}"


@contextmanager
def open_bucket() -> Iterator[Bucket]:
    """Serve until the end of the block."""
    with Bucket() as bucket:
        threading.Thread(target=bucket.serve_forever, daemon=True).start()
        yield bucket
        bucket.shutdown()
