"""What a file may be called, which files fit a question, and the words for what is wrong with one."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from services.forms.domain.accepting import accept
from services.forms.domain.faults import WrongAnswerError
from services.forms.domain.file_faults import file_fault, fill_in_files, together, too_many
from services.forms.domain.files import (
    Scan,
    StoredFile,
    fits,
    kept_name,
    sent_file,
    shown_name,
    take_along,
    tidy_name,
    types_text,
)
from services.forms.domain.showing import show_answer, show_size
from shared.catalogue.definitions import FileType, Sensitive
from shared.events import Words
from shared.ids import new_id
from tests.services.forms.filed import DRAWING, EXTRA
from tests.services.forms.noor import NOW

PLAN = StoredFile(
    id=new_id(),
    place="0" * 32,
    product="objecten",
    question="drawing",
    name="plan.pdf",
    type="application/pdf",
    bytes=1_234_567,
    sha256="a" * 64,
    scan=Scan.CLEAN,
    finding="",
    at=NOW,
)


@pytest.mark.parametrize(
    ("sent", "kind", "kept"),
    [
        ("plan.pdf", FileType.PDF, "plan.pdf"),
        ("Foto.JPEG", FileType.JPG, "Foto.jpeg"),
        ("foto.png", FileType.JPG, "foto.jpg"),
        ("rapport.docx", FileType.PDF, "rapport.pdf"),
        ("rapport", FileType.ODT, "rapport.odt"),
        ("C:\\Users\\Noor\\plan.pdf", FileType.PDF, "plan.pdf"),
        ("/etc/passwd", FileType.PDF, "passwd.pdf"),
        ("..", FileType.PDF, "bestand.pdf"),
        ("a\x00b\r\nc\u202e.pdf", FileType.PDF, "abc.pdf"),
        ("e\u0301e\u0301n.pdf", FileType.PDF, "één.pdf"),
        ("x" * 300 + ".pdf", FileType.PDF, "x" * 120 + ".pdf"),
        ("v1.2 definitief.pdf", FileType.PDF, "v1.2 definitief.pdf"),
        ("v1.2", FileType.PDF, "v1.2.pdf"),
        ("a<b>|c?.pdf", FileType.PDF, "abc.pdf"),
        ("", FileType.PDF, "bestand.pdf"),
    ],
)
def test_a_name_keeps_what_people_know_it_by_and_ends_as_what_it_is(sent: str, kind: FileType, kept: str) -> None:
    assert tidy_name(sent, kind=kind) == kept


def test_a_message_repeats_no_folder_and_no_signs_that_steer() -> None:
    assert shown_name("/srv/noor/pl\u202ean.pdf") == "plan.pdf"
    assert len(shown_name("x" * 5_000)) == 120


def test_sizes_and_types_are_written_as_people_read_them() -> None:
    assert (show_size(3), show_size(1_500), show_size(1_234_567).nl) == (
        Words(nl="1 kB", en="1 kB"),
        Words(nl="2 kB", en="2 kB"),
        "1,2 MB",
    )
    assert show_size(2_000_000) == Words(nl="2 MB", en="2 MB")
    assert types_text(DRAWING).nl == "pdf, jpg of png"
    assert types_text(replace(DRAWING, types=(FileType.PDF,))).en == "pdf"


def test_an_answer_shows_names_and_sizes() -> None:
    shown = show_answer(DRAWING, value=[PLAN.answer, {**PLAN.answer, "name": "b.pdf", "bytes": 999}])
    assert shown == Words(nl="plan.pdf (1,2 MB)\nb.pdf (1 kB)", en="plan.pdf (1.2 MB)\nb.pdf (1 kB)")


def test_a_product_says_what_is_wrong_in_its_own_words_with_the_name() -> None:
    own = replace(DRAWING, errors={"unsafe": Words(nl="dit openen wij niet", en="we do not open this")})
    assert file_fault(own, reason="infected", name="x.pdf").text.nl == "‘x.pdf’: dit openen wij niet"
    assert file_fault(own, reason="harmful", name="x.pdf").text.nl == "‘x.pdf’: dit openen wij niet"
    assert "beschadigd" in file_fault(own, reason="malformed", name="x.pdf").text.nl


def test_every_reason_has_its_own_words_of_at_most_fifteen_a_sentence() -> None:
    reasons = ("type", "size", "empty", "infected", "harmful", "huge", "heic", "protected", "malformed", "failed")
    texts = [file_fault(EXTRA, reason=reason, name="x").text.nl for reason in reasons]
    assert len(set(texts)) == len(reasons)
    for text in texts:
        assert all(len(sentence.split()) <= 15 for sentence in text.replace(":", ".").split("."))


def test_one_fault_a_question_holds_the_words_of_all_its_files() -> None:
    wrong = [file_fault(DRAWING, reason="empty", name=name) for name in ("a", "b")]
    (one, other) = together([*wrong, too_many(EXTRA)])
    assert (one.name, one.text.nl) == (
        "drawing",
        "‘a’ is leeg. Kies een ander bestand. ‘b’ is leeg. Kies een ander bestand",
    )
    assert other.text.en == "You can add at most 3 files at ‘Other attachments’"


def test_a_file_fits_another_question_when_type_size_and_verdict_allow_it() -> None:
    assert fits(PLAN, question=EXTRA)
    assert not fits(PLAN, question=DRAWING)  # larger than 1 MB
    assert not fits(replace(PLAN, bytes=10, type="text/plain"), question=EXTRA)
    assert not fits(replace(PLAN, scan=Scan.INFECTED), question=EXTRA)


def test_files_go_along_to_another_form_as_far_as_it_takes_them() -> None:
    numbers = {"drawing": [{"id": str(PLAN.id)}], "extra": [{"id": str(PLAN.id)}, {"id": str(new_id())}], "note": "x"}
    along = take_along([DRAWING, EXTRA], answers=numbers, files=[PLAN])
    assert along == {"drawing": [], "extra": [PLAN.answer], "note": "x"}


def test_only_what_the_scanner_let_through_opens() -> None:
    assert {scan for scan in Scan if replace(PLAN, scan=scan).opens} == {Scan.CLEAN, Scan.UNSCANNED}


def test_a_file_travels_with_the_question_that_it_answers() -> None:
    travels = sent_file(PLAN, question="extra")
    assert (travels.question, travels.place, travels.scan) == ("extra", PLAN.place, "clean")


@pytest.mark.parametrize(
    "value",
    ["x", {}, ["x"], [{}], [{"id": "x"}], [{"id": 1}], [{"id": None}], [{"id": str(new_id())} for _ in range(3)]],
)
def test_an_answer_that_names_no_files_is_refused(value: object) -> None:
    with pytest.raises(WrongAnswerError):
        accept(DRAWING, value=value)


def test_only_the_number_of_a_file_is_believed() -> None:
    number = str(PLAN.id)
    assert accept(DRAWING, value=[{"id": number, "name": "evil"}, {"id": number.upper()}]) == [{"id": number}]
    whole, faults = fill_in_files([DRAWING], answers={"drawing": [{"id": number}]}, sent=[PLAN])
    assert (whole, faults) == ({"drawing": [PLAN.answer]}, ())


def test_files_that_were_not_sent_for_this_question_or_carry_a_virus_are_named() -> None:
    answers = {"extra": [{"id": str(PLAN.id)}]}
    _, (unknown,) = fill_in_files([EXTRA], answers=answers, sent=[PLAN])
    assert unknown.text.nl == "Dit bestand kennen wij niet. Stuur het eerst, met dezelfde sleutel"
    infected = replace(PLAN, question="extra", scan=Scan.INFECTED)
    _, (virus,) = fill_in_files([EXTRA], answers=answers, sent=[infected])
    assert "virus" in virus.text.nl


def test_the_name_of_a_file_about_health_is_not_kept() -> None:
    number = UUID("019f6f3c-5b1a-7c3d-8e4f-0a1b2c3d4e5f")
    about_health = replace(DRAWING, sensitive=Sensitive.HEALTH)
    assert kept_name("reuma.pdf", question=about_health, number=number) == "bestand-4e5f.pdf"
    assert kept_name("reuma.pdf", question=DRAWING, number=number) == "reuma.pdf"
