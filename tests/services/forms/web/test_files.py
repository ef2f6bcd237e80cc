"""Adding files to a form in a browser without scripts: nothing is lost, everything wrong has words of its own."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from services.forms.web.incoming import MOST_FILES
from tests.services.forms import files
from tests.services.forms.web.filing import Desk, alone, app, client, desk, listed, post, post_form, scanner
from tests.services.forms.web.noors_browser import fill_in, summary_of, title_of

__all__ = ["alone", "app", "client", "desk", "scanner"]


def begun(client: FlaskClient) -> str:
    return fill_in(client)


def test_the_step_says_what_may_be_added_and_sends_files(client: FlaskClient) -> None:
    page = client.get(f"{begun(client)}/files").text
    assert 'enctype="multipart/form-data"' in page
    assert "Hooguit 2 bestanden: pdf, jpg of png, elk tot 1 MB." in page
    assert 'accept=".pdf,.jpg,.jpeg,.png" multiple' in page


def test_files_go_with_the_page_and_stand_in_the_list_of_any_device(client: FlaskClient, desk: Desk) -> None:
    form = begun(client)
    answer = post(client, form, ("plan.pdf", files.pdf()), ("foto.jpg", files.phone_photo()))
    assert (answer.status_code, answer.location) == (303, f"{form}/controleren")
    other = desk.app.test_client().get(f"{form}/files").text
    assert [name for _, name in listed(other)] == ["plan.pdf", "foto.jpg"]
    check = client.get(f"{form}/controleren").text
    assert "plan.pdf (1 kB)" in check
    assert desk.rows("select scan, count(*) from forms.file group by scan") == [{"scan": "clean", "count": 2}]


def test_one_button_adds_and_another_removes_and_the_rest_of_the_page_stays(client: FlaskClient, desk: Desk) -> None:
    form = begun(client)
    added = post(client, form, ("plan.pdf", files.pdf()), action="upload:drawing", note="Half ge")
    assert (added.status_code, added.location) == (303, f"{form}/files#drawing")
    page = client.get(f"{form}/files").text
    assert 'value="Half ge"' in page
    ((number, _),) = listed(page)
    removed = post(client, form, action=f"remove_file:drawing:{number}")
    assert removed.location == f"{form}/files#drawing"
    assert listed(client.get(f"{form}/files").text) == []
    assert desk.rows("select draft_id from forms.file") == [{"draft_id": None}]


def test_a_file_stays_when_another_field_is_wrong(client: FlaskClient) -> None:
    answer = post(client, begun(client), ("plan.pdf", files.pdf()), note="")
    assert answer.status_code == 422
    assert [anchor for anchor, _ in summary_of(answer)] == ["note"]
    assert [name for _, name in listed(answer.text)] == ["plan.pdf"]


def test_none_at_all_is_told_in_the_words_of_the_product(client: FlaskClient) -> None:
    form = begun(client)
    assert summary_of(post(client, form)) == [("drawing", "Voeg een tekening toe")]
    assert summary_of(post(client, form, action="upload:drawing")) == [("drawing", "Voeg een tekening toe")]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("plan.txt", b"a plan", "‘plan.txt’ is geen pdf, jpg of png. Kies een ander bestand"),
        ("plan.pdf", b"MZ program", "‘plan.pdf’ is geen pdf, jpg of png. Kies een ander bestand"),
        ("plan.docx", files.office(), "‘plan.docx’ is geen pdf, jpg of png. Kies een ander bestand"),
        ("leeg.pdf", b"", "‘leeg.pdf’ is leeg. Kies een ander bestand"),
        (
            "groot.pdf",
            files.pdf() + b"x" * 1_000_001,
            "‘groot.pdf’ is groter dan 1 MB. Maak het kleiner of kies een ander bestand",
        ),
        ("virus.pdf", files.EICAR, "‘virus.pdf’ is niet veilig: er zit een virus in. Kies een ander bestand"),
        (
            "bom.png",
            files.png_bomb(),
            "‘bom.png’ heeft te veel beeldpunten. Maak de foto kleiner en voeg die opnieuw toe",
        ),
        (
            "dicht.pdf",
            files.pdf_with_password(),
            "‘dicht.pdf’ heeft een wachtwoord. Haal dat weg en voeg het bestand opnieuw toe",
        ),
        (
            "half.jpg",
            files.picture()[:-300],
            "Wij kunnen ‘half.jpg’ niet openen: het is beschadigd. Bewaar het opnieuw of kies een ander bestand",
        ),
    ],
)
def test_each_thing_wrong_has_words_of_its_own(client: FlaskClient, name: str, content: bytes, told: str) -> None:
    answer = post(client, begun(client), (name, content), note="Blijft staan")
    assert answer.status_code == 422
    assert summary_of(answer) == [("drawing", told)]
    assert answer.text.count(told) == 2
    assert 'value="Blijft staan"' in answer.text
    assert re.search(r'id="drawing"[^>]*aria-describedby="[^"]*drawing-error"', answer.text)
    assert listed(answer.text) == []


def test_the_words_are_there_in_english_too(client: FlaskClient) -> None:
    form = begun(client)
    client.get("/?taal=en")
    answer = post(client, form, ("plan.txt", b"a plan"))
    assert summary_of(answer) == [("drawing", "‘plan.txt’ is not pdf, jpg or png. Choose another file")]


def test_a_good_file_beside_a_bad_one_is_kept(client: FlaskClient) -> None:
    answer = post(client, begun(client), ("plan.pdf", files.pdf()), ("plan.exe", b"MZ"))
    assert summary_of(answer)[0][1].startswith("‘plan.exe’ is geen")
    assert [name for _, name in listed(answer.text)] == ["plan.pdf"]


def test_one_file_too_many_is_told_and_the_others_stay(client: FlaskClient) -> None:
    form = begun(client)
    answer = post(client, form, *((f"{n}.pdf", files.pdf(pages=n)) for n in (1, 2, 3)))
    assert summary_of(answer) == [("drawing", "U kunt hooguit 2 bestanden toevoegen bij ‘Situatietekening’")]
    assert [name for _, name in listed(answer.text)] == ["1.pdf", "2.pdf"]


def test_the_same_file_twice_is_one_file(client: FlaskClient) -> None:
    form = begun(client)
    plan = files.pdf()
    for _ in range(2):
        post(client, form, ("plan.pdf", plan), action="upload:drawing")
    assert len(listed(client.get(f"{form}/files").text)) == 1


def test_a_file_of_one_question_is_used_at_another_and_survives_there(client: FlaskClient, desk: Desk) -> None:
    form = begun(client)
    post(client, form, ("plan.pdf", files.pdf()), action="upload:drawing")
    page = client.get(f"{form}/files").text
    ((number, _),) = listed(page)
    assert f'value="use_file:extra:{number}"' in page
    assert post(client, form, action=f"use_file:extra:{number}").location == f"{form}/files#extra"
    post(client, form, action=f"remove_file:drawing:{number}")
    page = client.get(f"{form}/files").text
    assert (listed(page), listed(page, name="extra")) == ([], [(number, "plan.pdf")])
    assert desk.rows("select draft_id is null as loose from forms.file") == [{"loose": False}]


@pytest.mark.parametrize(
    "action", ["upload:note", "upload:onzin", "remove_file:drawing:x", "use_file:drawing:x", "remove_file:note:x"]
)
def test_a_button_that_does_not_exist_breaks_nothing(client: FlaskClient, action: str) -> None:
    assert post(client, begun(client), action=action).status_code == 400


def test_nobody_takes_a_file_of_somebody_else(client: FlaskClient, desk: Desk) -> None:
    mine, yours = begun(client), begun(client)
    post(client, yours, ("plan.pdf", files.pdf()), action="upload:drawing")
    ((number, _),) = listed(client.get(f"{yours}/files").text)
    assert post(client, mine, action=f"use_file:extra:{number}").status_code == 400
    post(client, mine, action=f"remove_file:drawing:{number}")
    assert len(listed(client.get(f"{yours}/files").text)) == 1
    assert client.get(f"{mine}/bestand/{number}").status_code == 404


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("plan.PDF", "plan.pdf"),
        ("plan.pdf.exe", "plan.pdf.exe.pdf"),
        ("foto.png", "foto.pdf"),
        ("\u202efdp.exe", "fdp.exe.pdf"),
        ("<script>alert(1)</script>", "script.pdf"),
        ("x" * 5_000 + ".pdf", "x" * 120 + ".pdf"),
        (".pdf", "bestand.pdf"),
        ("  plattegrond  begane grond .pdf", "plattegrond begane grond.pdf"),
        ("Überzicht één.pdf", "Überzicht één.pdf"),
    ],
)
def test_a_name_is_only_a_name(client: FlaskClient, sent: str, kept: str) -> None:
    form = begun(client)
    post(client, form, (sent, files.pdf()), action="upload:drawing")
    assert [name for _, name in listed(client.get(f"{form}/files").text)] == [kept]


def test_what_a_message_repeats_of_a_name_is_only_text(client: FlaskClient) -> None:
    answer = post(client, begun(client), ("<b>x</b>.exe", b"MZ"))
    assert "<b>x" not in answer.text


def test_a_body_larger_than_any_file_is_refused_with_words_and_what_was_kept_stays(client: FlaskClient) -> None:
    form = begun(client)
    post(client, form, note="Eerder bewaard", action="upload:drawing")
    answer = post(client, form, ("groot.pdf", b"x" * 30_000_000))
    assert answer.location == f"{form}/files?te-groot=1"
    answer = client.get(answer.location)
    assert title_of(answer).startswith("Fout: ")
    assert summary_of(answer) == [("drawing", "Uw bestanden zijn samen te groot. Voeg ze één voor één toe")]
    assert 'value="Eerder bewaard"' in answer.text


def test_only_a_step_that_asks_for_files_takes_large_bodies(client: FlaskClient) -> None:
    form = begun(client)
    for path in (f"{form}/what", f"{form}/files/bewaar", f"{form}/later"):
        large = {"purpose": (("x.pdf", b"x" * 2_000_000),)}
        assert post_form(client, path, {"asked": "purpose"}, large).status_code == 413


def test_more_files_at_once_than_a_page_can_hold_are_not_all_opened(client: FlaskClient) -> None:
    answer = post(client, begun(client), *((f"{n}.pdf", b"" if n < MOST_FILES else b"x") for n in range(200)))
    assert answer.status_code == 422
    assert answer.text.count("is leeg") == 2 * MOST_FILES
    assert answer.text.count("Het lukte niet om") == 2 * (200 - MOST_FILES)
