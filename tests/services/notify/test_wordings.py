"""What messages say stands in texts with holes, which are read strictly and filled whole or not at all."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from services.notify.domain.messages import Kind
from services.notify.domain.wording import COUNTED
from services.notify.ports import RefusedError
from services.notify.table import OWN, ROOM
from services.notify.wordings import TEXTS, FolderWordings, examine_wording, standing_wordings, wording_of
from services.notify.writer import MailWriter
from shared.catalogue.faults import FaultyCatalogueError
from shared.events import DigestKind, PrintOrdered, Words
from tests.services.notify.noor import NOW, REFERENCE, WRITER, message
from tests.shared.letters.samples import MUNICIPALITY

TEXT = """
nl: {subject: Dag, mail: "Uw nummer is ((Reference)).((with day?? Voor ((day)).))"}
en: {subject: Hello, mail: "Your number is ((reference))."}
"""


def faults(wrong: str, *, instead_of: str) -> str:
    """What is said of the text with this in it."""
    assert instead_of in TEXT
    return str(FaultyCatalogueError(examine_wording(TEXT.replace(instead_of, wrong, 1), name="receipt").faults))


def written(mail: str, **changes: object) -> str:
    """The plain text of a mail that says this."""
    wording = wording_of(
        TEXT.replace('"Uw nummer is ((Reference)).((with day?? Voor ((day)).))"', mail), name="receipt"
    )
    closing = wording_of('nl: {mail: "((municipality))"}\nen: {mail: x}', name="closing")
    writer = MailWriter(MUNICIPALITY, wordings=SimpleNamespace(of=lambda _: (wording, closing)))
    return writer.write(message(**changes), link="https://balie.example/x", now=NOW).text.removesuffix(
        f"\n\n{MUNICIPALITY.name}\n"
    )


def test_every_text_of_the_house_is_sound_and_plain_dutch() -> None:
    for name, content in standing_wordings(OWN).items():
        examined = examine_wording(content, name=name)
        assert (name, examined.faults, examined.hints) == (name, (), ())
    files = {path.stem for path in (OWN / ROOM).glob("*.yaml")} - {"when"}
    assert files == set(TEXTS)


def test_a_morning_mail_has_words_for_every_number() -> None:
    assert {name.rsplit(" ", 1)[0].replace(" ", "_") for name in COUNTED} == set(DigestKind.__args__)


def test_a_name_that_is_not_known_is_refused_with_the_nearest_and_so_is_half_a_hole() -> None:
    told = faults("((referentce))", instead_of="((reference))")
    assert "messages/receipt.yaml:3:" in told
    assert "Did you mean 'reference'?" in told
    assert "does not belong to a name" in faults("((reference)", instead_of="((reference))")
    assert "'subjekt' is unknown" in faults("subject: Dag, subjekt: x", instead_of="subject: Dag")
    assert "'mail' is missing" in faults(
        "{subject: Hello}", instead_of='{subject: Hello, mail: "Your number is ((reference))."}'
    )
    assert not examine_wording(TEXT, name="receipt").faults


def test_what_is_not_plain_about_the_dutch_is_said_with_its_place() -> None:
    stiff = TEXT.replace("Uw nummer is", "Conform de regels is uw nummer")
    (hint,) = examine_wording(stiff, name="receipt").hints
    assert hint.place.line == 2
    assert "write 'volgens'" in hint.sentence


def test_a_text_is_filled_in_any_spelling_of_its_names_and_only_with_its_fitting_parts() -> None:
    assert written('"((REFERENCE)) ((happened_on))"') == f"{REFERENCE} 24 november 2026"
    part = '"Wij.((with day?? Op ((day)).))((without day?? Later.))"'
    assert written(part) == "Wij. Op 19 januari 2027."
    assert written(part, day=None) == "Wij. Later."
    assert written('"A\\n\\n((without day??x))\\n\\nB"') == "A\n\nB"


def test_what_the_message_does_not_have_stops_it_instead_of_leaving_a_hole() -> None:
    with pytest.raises(RefusedError, match="day"):
        written('"Op ((day))."', day=None)
    with pytest.raises(RefusedError, match="text"):
        written('"((text))"')


def test_nothing_that_a_person_typed_becomes_a_mark_a_link_or_a_hole() -> None:
    evil = "# <b>x</b> [klik](https://kwaad.example) ((link))\n\n[ook](https://kwaad.example)"
    made = WRITER.write(message(Kind.RECEIPT, title=Words(nl=evil, en="x")), link="https://balie.example/", now=NOW)
    assert made.html.count("<a ") == 1
    assert "kwaad.example)" in made.html
    assert "<b>" not in made.html
    heading, body = WRITER.write_note(
        message(Kind.QUESTION, recipient=""), ordered=PrintOrdered(message_id=message().id, text=evil, shown=())
    )
    assert "question" not in heading
    assert "<a " not in body
    assert "&lt;b&gt;x&lt;/b&gt;" in body


def test_a_municipality_may_write_texts_of_its_own_and_one_with_faults_counts_for_nothing(tmp_path: Path) -> None:
    own = tmp_path / ROOM / "receipt.yaml"
    own.parent.mkdir()
    own.write_text(TEXT, encoding="utf-8")
    assert FolderWordings(tmp_path).named("receipt").nl.subject == "Dag"
    assert FolderWordings(tmp_path).named("question") == FolderWordings(OWN).named("question")
    own.write_text(TEXT.replace("((Reference))", "((whatever))"), encoding="utf-8")
    assert FolderWordings(tmp_path).named("receipt") == FolderWordings(OWN).named("receipt")
