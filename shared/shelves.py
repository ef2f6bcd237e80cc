"""Where the files of the vault lie, encrypted: in a folder, or in a bucket of a store that speaks S3."""

from __future__ import annotations

import hashlib
import hmac
import io
import os
import secrets
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import BinaryIO, Final, Protocol, cast
from urllib.parse import parse_qs, quote, unquote, urlsplit

import requests

from shared.clock import utc_now

_PATIENCE_S: Final = (5, 60)
"""Seconds to reach the store, and for its next byte."""


class Shelf(Protocol):
    """Keeps files under names; what they hold means nothing to it."""

    def put(self, name: str, *, chunks: Iterable[bytes]) -> None:
        """Keep the file for good before this returns, whole or not at all. Raises OSError."""

    def open(self, name: str) -> BinaryIO:
        """Open the file for reading. Raises FileNotFoundError, OSError."""

    def delete(self, name: str) -> None:
        """Throw the file away; one that is gone already is fine. Raises OSError."""

    def works(self) -> bool:
        """Tell whether something can be put in."""


def shelf_at(address: str | Path) -> Shelf:
    """Give the shelf at an address: a folder, or `s3://id:secret@host/bucket/folder?region=name`.

    `&scheme=http` is for a store on the same machine. Id and secret are percent-encoded.
    """
    return Bucket(address) if str(address).startswith("s3://") else Folder(Path(address))


class Folder:
    """A shelf in a folder, which is made when the first file comes (the port `Shelf`)."""

    def __init__(self, folder: Path) -> None:
        """Keep files below this folder."""
        self._folder = folder

    def put(self, name: str, *, chunks: Iterable[bytes]) -> None:
        """Keep the file, on disk before this returns."""
        place = self._place(name)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = place.with_suffix(f".{secrets.token_hex(8)}")
        try:
            with unfinished.open("xb") as opened:
                opened.writelines(chunks)
                opened.flush()
                os.fsync(opened.fileno())
            unfinished.rename(place)
        finally:
            unfinished.unlink(missing_ok=True)
        _sync_folder(place.parent)

    def open(self, name: str) -> BinaryIO:
        """Open the file for reading."""
        return self._place(name).open("rb")

    def delete(self, name: str) -> None:
        """Throw the file away."""
        self._place(name).unlink(missing_ok=True)

    def works(self) -> bool:
        """Tell whether something can be put in."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return os.access(self._folder, os.W_OK | os.X_OK)

    def _place(self, name: str) -> Path:
        return self._folder / name[:2] / name


class Bucket:
    """A shelf in a bucket, by requests signed as AWS Signature Version 4 wants them (the port `Shelf`)."""

    def __init__(self, address: str | Path) -> None:
        """Keep files at this address."""
        parts, more = urlsplit(str(address)), parse_qs(urlsplit(str(address)).query)
        self._id, self._secret = unquote(parts.username or ""), unquote(parts.password or "")
        host = parts.netloc.rpartition("@")[2]
        self._site = f"{more.get('scheme', ['https'])[0]}://{host}"
        self._path = quote(parts.path.rstrip("/"))
        self._region = more.get("region", ["us-east-1"])[0]

    def put(self, name: str, *, chunks: Iterable[bytes]) -> None:
        """Keep the file; its size and hash must be known before it is sent."""
        with tempfile.TemporaryFile() as whole:
            whole.writelines(chunks)
            whole.seek(0)
            sha256 = hashlib.file_digest(whole, "sha256").hexdigest()
            whole.seek(0)
            self._ask("PUT", f"{self._path}/{name}", body=whole, sha256=sha256).raise_for_status()

    def open(self, name: str) -> BinaryIO:
        """Open the file for reading, as it comes in."""
        answer = self._ask("GET", f"{self._path}/{name}")
        if answer.ok:
            answer.raw.auto_close = False  # its reader asks once more at the end, and closes it
            return cast(BinaryIO, io.BufferedReader(answer.raw))
        answer.close()
        if answer.status_code == requests.codes.not_found:
            raise FileNotFoundError(name)
        raise requests.HTTPError(f"{answer.status_code} of the store", response=answer)

    def delete(self, name: str) -> None:
        """Throw the file away."""
        answer = self._ask("DELETE", f"{self._path}/{name}")
        if answer.status_code != requests.codes.not_found:
            answer.raise_for_status()

    def works(self) -> bool:
        """Tell whether the bucket lets us in."""
        bucket = "/".join(self._path.split("/")[:2])
        try:
            return self._ask("HEAD", bucket).ok
        except requests.RequestException:
            return False

    def _ask(self, method: str, path: str, *, body: BinaryIO | None = None, sha256: str = "") -> requests.Response:
        headers = {
            "host": urlsplit(self._site).netloc,
            "x-amz-content-sha256": sha256 or hashlib.sha256(b"").hexdigest(),
            "x-amz-date": f"{utc_now():%Y%m%dT%H%M%SZ}",
        }
        headers["authorization"] = authorization(
            method, path=path, headers=headers, key=(self._id, self._secret), region=self._region
        )
        # no redirect: the signature holds for this address alone
        return requests.request(
            method,
            self._site + path,
            headers=headers,
            data=body,
            stream=method == "GET",
            timeout=_PATIENCE_S,
            allow_redirects=False,
        )


def authorization(method: str, *, path: str, headers: Mapping[str, str], key: tuple[str, str], region: str) -> str:
    """Sign a request to S3 without query; `headers` in lower case, with `host`, `x-amz-date` and the content's hash."""
    signed, at = ";".join(sorted(headers)), headers["x-amz-date"]
    lines = [f"{name}:{headers[name].strip()}" for name in sorted(headers)]
    request = "\n".join([method, path, "", *lines, "", signed, headers["x-amz-content-sha256"]])
    scope = f"{at[:8]}/{region}/s3/aws4_request"
    text = "\n".join(["AWS4-HMAC-SHA256", at, scope, hashlib.sha256(request.encode()).hexdigest()])
    identity, secret = key
    current = f"AWS4{secret}".encode()
    for part in (*scope.split("/"), text):
        current = hmac.digest(current, part.encode(), "sha256")
    return f"AWS4-HMAC-SHA256 Credential={identity}/{scope},SignedHeaders={signed},Signature={current.hex()}"


def _sync_folder(folder: Path) -> None:
    """Bring the new name itself to disk: without it a power cut loses the file that was synced."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
