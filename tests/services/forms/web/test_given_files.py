"""What becomes of files after they were added: given back, sent along, judged later, set aside."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from shared.shelves import Folder
from shared.vault import Vault
from tests.services.forms import files
from tests.services.forms.web.filing import KEY, Desk, alone, app, client, desk, listed, post, scanner
from tests.services.forms.web.noors_browser import fill_in, send, summary_of

__all__ = ["alone", "app", "client", "desk", "scanner"]


def begun(client: FlaskClient) -> str:
    return fill_in(client)


def test_nothing_lies_in_the_folder_that_anyone_can_read(client: FlaskClient, desk: Desk) -> None:
    post(client, begun(client), ("plan.pdf", files.pdf()), action="upload:drawing")
    kept = [each for each in desk.folder.rglob("*") if each.is_file()]
    assert len(kept) == 1
    assert re.fullmatch(r"[0-9a-f]{32}", kept[0].name)
    assert b"%PDF" not in kept[0].read_bytes()


def test_a_file_is_given_back_as_an_attachment_by_an_address_that_knows_no_cookie(
    client: FlaskClient, desk: Desk
) -> None:
    form = begun(client)
    post(client, form, ("één plan.pdf", files.pdf()), action="upload:drawing")
    ((number, _),) = listed(client.get(f"{form}/files").text)
    assert f'href="bestand/{number}"' in client.get(f"{form}/files").text
    led = client.get(f"{form}/bestand/{number}")
    assert led.status_code == 303
    stranger = desk.app.test_client(use_cookies=False)
    with stranger.get(led.location) as given:
        assert given.status_code == 200
        assert given.data.startswith(b"%PDF-")
        headers = given.headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"].startswith("attachment; filename=\"een plan.pdf\"; filename*=UTF-8''")
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "private, no-store"
    assert "Set-Cookie" not in headers
    assert "Cookie" not in headers.get("Vary", "")
    assert "plan" not in led.location
    place = led.location.split("/")[-2]
    for wrong in (f"/bestanden/{place}/save.99999999999.{'0' * 32}", f"/bestanden/{'0' * 32}/x", led.location + "0"):
        assert stranger.get(wrong).status_code == 404


def test_a_name_that_is_for_files_hands_out_nothing_else_and_no_cookie_of_ours_goes_there(
    client: FlaskClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    form, files_only = begun(client), "http://files.example"
    monkeypatch.setitem(desk.app.config, "DOWNLOADS_HOST", "files.example")
    post(client, form, ("plan.pdf", files.pdf()), action="upload:drawing")
    ((number, _),) = listed(client.get(f"{form}/files").text)
    led = client.get(f"{form}/bestand/{number}").location
    for path, code in ((urlsplit(led).path, 200), ("/", 404), (form, 404), ("/inloggen", 404), ("/static/x", 404)):
        with desk.app.test_client().get(path, base_url=files_only) as answer:
            assert answer.status_code == code, path
            assert "Set-Cookie" not in answer.headers
    kept = client.get("/?taal=nl").headers["Set-Cookie"]
    assert "Domain" not in kept  # a cookie of this name alone: a browser sends it to no other


def test_a_sent_form_takes_its_files_along(client: FlaskClient, desk: Desk) -> None:
    form = begun(client)
    post(client, form, ("plan.pdf", files.pdf()), extra=(("foto.png", files.picture("PNG")),))
    status = send(client, form).location.rpartition("/")[0]
    (told,) = desk.told("SubmissionReceived")
    assert [(file["question"], file["name"], file["scan"]) for file in told["files"]] == [
        ("drawing", "plan.pdf", "clean"),
        ("extra", "foto.png", "clean"),
    ]
    for file in told["files"]:
        with Vault(Folder(desk.folder), key=KEY).get(file["place"]) as content:
            assert len(content.read()) == file["bytes"]
    assert told["answers"]["drawing"][0]["name"] == "plan.pdf"
    page = client.get(status).text
    assert "Uw bestanden" in page
    number = told["files"][0]["id"]
    led = client.get(f"{status}/bestand/{number}")
    with client.get(led.location) as given:
        assert given.data.startswith(b"%PDF-")
    assert desk.app.test_client().get(f"{status}/bestand/{number}").status_code == 404


def test_a_file_that_was_taken_away_does_not_go_along(client: FlaskClient, desk: Desk) -> None:
    form = begun(client)
    post(client, form, ("weg.pdf", files.pdf(pages=2)), action="upload:drawing")
    ((number, _),) = listed(client.get(f"{form}/files").text)
    post(client, form, action=f"remove_file:drawing:{number}")
    post(client, form, ("plan.pdf", files.pdf()))
    send(client, form)
    (told,) = desk.told("SubmissionReceived")
    assert [file["name"] for file in told["files"]] == ["plan.pdf"]


def test_while_the_scanner_is_away_a_file_waits_and_the_form_can_be_sent(alone: Desk, scanner: str) -> None:
    client = alone.app.test_client()
    form = begun(client)
    post(client, form, ("plan.pdf", files.pdf()), action="upload:drawing")
    page = client.get(f"{form}/files").text
    ((number, _),) = listed(page)
    assert "wordt gecontroleerd op virussen" in page
    assert client.get(f"{form}/bestand/{number}").status_code == 404
    post(client, form)
    assert "1 bestand wordt nog gecontroleerd op virussen" in client.get(f"{form}/controleren").text
    status = send(client, form).location.rpartition("/")[0]
    assert "wordt gecontroleerd op virussen" in client.get(status).text
    (told,) = alone.told("SubmissionReceived")
    assert told["files"][0]["scan"] == "waiting"
    alone.work("tcp://127.0.0.1:9")
    assert alone.rows("select scan from forms.file") == [{"scan": "waiting"}]
    alone.work(scanner)
    assert alone.rows("select scan from forms.file") == [{"scan": "clean"}]
    assert alone.told("FileScanned") == [{"reference": told["reference"], "file_id": number, "scan": "clean"}]
    assert client.get(f"{status}/bestand/{number}").status_code == 303


def with_virus(client: FlaskClient, form: str) -> None:
    """A good drawing, and beside it a document with a virus that the scanner was not there to find."""
    virus = files.office(plain={"word/media/note.txt": files.EICAR})
    assert post(client, form, ("plan.pdf", files.pdf()), extra=(("virus.docx", virus),)).status_code == 303


def test_a_virus_that_is_found_later_leaves_the_answer_and_is_told(alone: Desk, scanner: str) -> None:
    client = alone.app.test_client()
    form = begun(client)
    with_virus(client, form)
    shown = client.get(f"{form}/controleren").text
    assert "virus.docx (" in shown
    alone.work(scanner)
    revision = re.search(r'name="revision" value="(\d+)"', shown)
    assert revision
    assert client.post(f"{form}/controleren", data={"revision": revision[1]}).status_code == 409
    page = client.get(f"{form}/files").text
    assert (listed(page, name="extra"), len(listed(page))) == ([], 1)
    assert "‘virus.docx’ gaat niet mee: er zit een virus in." in page
    (kept,) = alone.rows("select id, finding from forms.file where scan = 'infected'")
    assert kept["finding"] == "Eicar-Test-Signature"
    post(client, form, action=f"remove_file:extra:{kept['id']}")
    assert "virus.docx" not in client.get(f"{form}/files").text
    assert alone.rows("select scan from forms.file where id = %s", kept["id"]) == [{"scan": "infected"}]


def test_a_virus_that_is_found_after_sending_is_told_to_all(alone: Desk, scanner: str) -> None:
    client = alone.app.test_client()
    form = begun(client)
    with_virus(client, form)
    status = send(client, form).location.rpartition("/")[0]
    alone.work(scanner)
    told = {one["scan"]: one["file_id"] for one in alone.told("FileScanned")}
    assert set(told) == {"clean", "infected"}
    assert "niet veilig: er zit een virus in" in client.get(status).text
    assert client.get(f"{status}/bestand/{told['infected']}").status_code == 404
    assert client.get(f"{status}/bestand/{told['clean']}").status_code == 303


def test_what_the_scanner_refused_is_set_aside_and_never_silently_gone(client: FlaskClient, desk: Desk) -> None:
    post(client, begun(client), ("virus.pdf", files.EICAR))
    (kept,) = desk.rows("select place, name, scan, finding, draft_id, sha256 from forms.file")
    assert (kept["name"], kept["scan"], kept["draft_id"]) == ("virus.pdf", "infected", None)
    with Vault(Folder(desk.folder), key=KEY).get(kept["place"]) as content:
        assert content.read() == files.EICAR


def test_a_full_disk_is_told_and_nothing_half_is_kept(
    client: FlaskClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    form = begun(client)
    monkeypatch.setattr("shared.shelves.os.fsync", full)
    answer = post(client, form, ("plan.pdf", files.pdf()))
    assert summary_of(answer) == [("drawing", "Het lukte niet om ‘plan.pdf’ te bewaren. Probeer het nog een keer")]
    assert [each for each in desk.folder.rglob("*") if each.is_file()] == []
    assert desk.rows("select draft_id from forms.file") == [{"draft_id": None}]
