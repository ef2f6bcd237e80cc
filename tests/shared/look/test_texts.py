"""The screens speak Dutch and English, and a missing word never breaks a page."""

from pathlib import Path

import pytest
from markupsafe import Markup

from shared.look.look import FOLDER, TRANSLATIONS
from shared.look.texts import Texts, untranslated

PO = """msgid ""
msgstr "Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Dag %(name)s"
msgstr "Hello %(name)s"

msgid "%(n)s zaak"
msgid_plural "%(n)s zaken"
msgstr[0] "%(n)s case"
msgstr[1] "%(n)s cases"

#, fuzzy
msgid "Misschien"
msgstr "Maybe"
"""


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    (tmp_path / "en.po").write_text(PO)
    return Texts.load(tmp_path)


def test_a_text_is_said_in_the_language_of_the_reader(texts: Texts) -> None:
    assert texts.gettext("en", "Dag %(name)s", name="Noor") == "Hello Noor"
    assert texts.gettext("nl", "Dag %(name)s", name="Noor") == "Dag Noor"


def test_one_and_many_have_their_own_words(texts: Texts) -> None:
    assert [texts.ngettext("en", "%(n)s zaak", "%(n)s zaken", n) for n in (0, 1, 2)] == ["0 cases", "1 case", "2 cases"]
    assert [texts.ngettext("nl", "%(n)s zaak", "%(n)s zaken", n) for n in (0, 1, 2)] == ["0 zaken", "1 zaak", "2 zaken"]


def test_a_text_without_translation_or_with_a_doubtful_one_stays_dutch(texts: Texts) -> None:
    assert texts.gettext("en", "Onbekend") == "Onbekend"
    assert texts.gettext("en", "Misschien") == "Misschien"
    assert texts.gettext("fr", "Dag %(name)s", name="Noor") == "Dag Noor"


def test_a_percent_sign_is_plain_when_there_are_no_values(texts: Texts) -> None:
    assert texts.gettext("nl", "85% is op tijd") == "85% is op tijd"


def test_only_markup_stays_markup(texts: Texts) -> None:
    assert texts.gettext("en", "Dag %(name)s", name=Markup("<b>Noor</b>")) == Markup("Hello <b>Noor</b>")
    assert not isinstance(texts.gettext("en", "Dag %(name)s", name="<b>"), Markup)


def test_the_last_folder_wins(tmp_path: Path) -> None:
    for folder, word in (("house", "Hello"), ("service", "Hi")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "en.po").write_text(PO.replace("Hello", word))
    assert Texts.load(tmp_path / "house", tmp_path / "service").gettext("en", "Dag %(name)s", name="Els") == "Hi Els"


def test_a_missing_or_crooked_translation_is_found_in_templates_and_code(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        "{{ _('Dag %(name)s', name=x) }}{{ _('Nieuw') }}{{ ngettext('%(n)s zaak', '%(n)s zaken', 2) }}"
    )
    (tmp_path / "door.py").write_text(
        "texts.gettext(language, 'Uit code')\ntexts.ngettext(language, '%(n)s zaak', '%(n)s zaken', 3)\n"
    )
    (tmp_path / "en.po").write_text(PO.replace("Hello %(name)s", "Hello %(nmae)s"))
    assert untranslated([tmp_path], [tmp_path / "en.po"]) == ["Dag %(name)s", "Nieuw", "Uit code"]


def test_every_text_of_the_house_style_has_english() -> None:
    assert untranslated([FOLDER / "templates"], [TRANSLATIONS / "en.po"]) == []
