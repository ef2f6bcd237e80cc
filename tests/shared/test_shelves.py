"""Files lie in a bucket as they lie in a folder: whole, encrypted, and only for who knows the secret."""

from __future__ import annotations

import io
from collections.abc import Iterator
from urllib.parse import quote

import pytest
import requests

from shared.shelves import authorization, shelf_at
from shared.vault import CHUNK, DamagedFileError, MissingFileError, Vault, new_name
from tests.shared.bucket import IDENTITY, REGION, SECRET, Bucket, open_bucket

pytestmark = pytest.mark.machine
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
EXAMPLE = ("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")


@pytest.fixture(scope="module")
def bucket() -> Iterator[Bucket]:
    with open_bucket() as opened:
        yield opened


def vault(bucket: Bucket, *, secret: str = SECRET, key: str = "a key for tests only, long enough") -> Vault:
    """A vault in the bucket."""
    who = f"{IDENTITY}:{quote(secret, safe='')}"
    return Vault(shelf_at(f"s3://{who}@{bucket.host}/papers/2026 letters?region={REGION}&scheme=http"), key=key)


@pytest.mark.parametrize("size", [0, 1, CHUNK, 3 * CHUNK + 1])
def test_what_is_put_in_a_bucket_comes_out_and_cannot_be_read_there(bucket: Bucket, size: int) -> None:
    content, name = b"a plan of the kitchen"[:size].ljust(size, b"."), new_name()
    vault(bucket).put(io.BytesIO(content), name=name)
    with vault(bucket).get(name) as opened:
        assert opened.read() == content
    kept = bucket.objects[f"/papers/2026%20letters/{name}"]
    assert len(kept) > size
    assert b"kitchen" not in kept
    with pytest.raises(DamagedFileError), vault(bucket, key="another key").get(name) as opened:
        opened.read()


def test_what_was_deleted_or_never_put_is_missing(bucket: Bucket) -> None:
    name = new_name()
    vault(bucket).put(io.BytesIO(b"x"), name=name)
    for _ in range(2):
        vault(bucket).delete(name)
    with pytest.raises(MissingFileError):
        vault(bucket).get(name)


def test_who_does_not_know_the_secret_neither_reads_nor_writes(bucket: Bucket) -> None:
    before = dict(bucket.objects)
    thief, name = vault(bucket, secret="guessed"), new_name()
    with pytest.raises(OSError):
        thief.put(io.BytesIO(b"x"), name=name)
    with pytest.raises(OSError):
        thief.get(name)
    with pytest.raises(OSError):
        thief.delete(next(iter(before)).rpartition("/")[2])
    assert bucket.objects == before
    assert bucket.statuses[-3:] == [403, 403, 403]
    assert (vault(bucket).works(), thief.works()) == (True, False)


def test_a_store_that_is_away_is_an_error_and_no_empty_file() -> None:
    with open_bucket() as gone:
        away = vault(gone)
    assert not away.works()
    with pytest.raises(requests.ConnectionError):
        away.get(new_name())


def test_requests_are_signed_as_the_specification_shows() -> None:
    """The two examples of header signing in "Signature Calculations for the Authorization Header" of Amazon S3."""
    common = {"host": "examplebucket.s3.amazonaws.com", "x-amz-date": "20130524T000000Z"}
    read = {**common, "range": "bytes=0-9", "x-amz-content-sha256": EMPTY}
    signed = authorization("GET", path="/test.txt", headers=read, key=EXAMPLE, region="us-east-1")
    assert signed.endswith("Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")
    write = {
        **common,
        "date": "Fri, 24 May 2013 00:00:00 GMT",
        "x-amz-storage-class": "REDUCED_REDUNDANCY",
        "x-amz-content-sha256": "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
    }
    signed = authorization("PUT", path="/test%24file.text", headers=write, key=EXAMPLE, region="us-east-1")
    assert signed.endswith("Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd")
