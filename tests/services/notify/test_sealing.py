"""A sealed letter lasts and can be read by everyone as before; its seal is good until anything in it changes."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID
from flask import Flask
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from services.notify.domain.letters import dates_at
from services.notify.press import LetterPress
from services.notify.sealing import check_with, in_thread, seal_with
from services.notify.web.checking import open_checking
from shared.settings import BadSettingError
from tests.services.notify.noor import LINKS, NOW, letter
from tests.services.notify.trip import Trip
from tests.shared.letters.samples import GRANTED, MUNICIPALITY
from tests.shared.letters.test_pdf import faults

PASSWORD = "a password for tests only"


@pytest.fixture
def municipality_key(tmp_path: Path) -> tuple[Path, Path]:
    """A key with its certificate as PKCS#12, and the certificate alone as PEM."""
    return make_key(tmp_path, name="Gemeente Voorbeeld")


def make_key(folder: Path, *, name: str) -> tuple[Path, Path]:
    """A fresh key of somebody, with a certificate that they signed themselves."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    who = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, name)])
    usage = x509.KeyUsage(True, True, *[False] * 7)  # digital signature and non-repudiation
    certificate = (
        x509.CertificateBuilder(who, who, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    both, alone = folder / f"{name}.p12", folder / f"{name}.pem"
    locked = BestAvailableEncryption(PASSWORD.encode())
    both.write_bytes(pkcs12.serialize_key_and_certificates(b"seal", key, certificate, None, locked))
    alone.write_bytes(certificate.public_bytes(Encoding.PEM))
    return both, alone


def sealed_letter(key: Path) -> bytes:
    """The letter of Noor's permit, sealed."""
    seal = seal_with(key, password=PASSWORD)
    press = LetterPress(MUNICIPALITY, check_page=LINKS.check_page, seal=seal)
    return press.press(letter(content=GRANTED), dates=dates_at(NOW), code="7K2M-9QXR-4TBV-PN6D", now=NOW)


def test_a_sealed_letter_is_valid_pdf_a_and_pdf_ua_with_the_decision_inside(
    municipality_key: tuple[Path, Path],
) -> None:
    sealed = sealed_letter(municipality_key[0])
    assert faults(sealed) == []
    with pikepdf.open(io.BytesIO(sealed)) as opened:
        assert "besluit.json" in opened.attachments
        assert str(opened.Root.AcroForm.Fields[0].TU) == "Zegel van de gemeente"


def test_the_seal_covers_the_whole_letter_and_is_of_the_municipality(municipality_key: tuple[Path, Path]) -> None:
    """By pyHanko's own validation."""
    key, certificate = municipality_key
    (seal,) = PdfFileReader(io.BytesIO(sealed_letter(key))).embedded_signatures
    assert str(seal.sig_object["/SubFilter"]) == "/ETSI.CAdES.detached"
    context = ValidationContext(trust_roots=[load_cert_from_pemder(str(certificate))], allow_fetching=False)
    status = in_thread(lambda: validate_pdf_signature(seal, context))
    assert status.bottom_line
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE


def test_a_change_a_strange_key_and_no_seal_are_seen(municipality_key: tuple[Path, Path], tmp_path: Path) -> None:
    key, certificate = municipality_key
    good, sealed = _check(certificate), sealed_letter(key)
    assert good(sealed)
    assert not good(sealed.replace(b"/Lang (nl)", b"/Lang (en)"))
    assert not good(sealed_letter(make_key(tmp_path, name="Iemand anders")[0]))
    assert not good(LetterPress(MUNICIPALITY, check_page="").press(letter(), dates=dates_at(NOW), code="x", now=NOW))


def test_without_a_key_letters_stay_as_they_are_and_a_wrong_one_is_told(
    municipality_key: tuple[Path, Path],
) -> None:
    assert seal_with(None, password="")(b"%PDF") == b"%PDF"
    assert check_with(None) is None
    with pytest.raises(BadSettingError):
        seal_with(municipality_key[0], password="wrong")
    with pytest.raises(BadSettingError):
        seal_with(municipality_key[0].with_name("gone.p12"), password=PASSWORD)


def test_the_check_page_tells_of_a_good_seal(app: Flask, trip: Trip, municipality_key: tuple[Path, Path]) -> None:
    key, certificate = municipality_key
    sealed = sealed_letter(key)
    for pdf, said in ((sealed, True), (sealed.replace(b"/Lang (nl)", b"/Lang (en)"), False)):
        sha256 = trip.vault.put(pdf)
        trip.rows("insert into notify.made (sha256, made_at) values (%s, %s) returning true", [sha256, NOW])
        door = Flask("other", template_folder=None)
        door.register_blueprint(open_checking(app.extensions["balie_pool"], good_seal=_check(certificate)))
        view = door.view_functions["checking.check_letter"]
        sent = {"letter": (io.BytesIO(pdf), "brief.pdf")}
        with app.test_request_context("/controleren", method="POST", data=sent):
            page = str(view())
        assert "Deze brief is van ons" in page
        assert ("Het digitale zegel van de gemeente staat erop en is goed." in page) is said


def _check(certificate: Path) -> Callable[[bytes], bool]:
    check = check_with(certificate)
    assert check
    return check
