"""Who signs along with an initiative: known again as one person, counted for one text, and for nobody who types it."""

from dataclasses import replace
from datetime import date

from services.forms.domain.drafts import Gathering, begin_draft, with_count
from services.forms.domain.submissions import unsigned
from services.forms.domain.supporting import Signature, confirm_by
from shared.catalogue.definitions import SignIn
from shared.events import Address
from tests.products import CATALOGUE
from tests.services.forms.noor import ANSWERS, OBJECTEN

TODAY = date(2026, 11, 24)
INITIATIVE = replace(CATALOGUE.product("burgerinitiatief"), sign_in=SignIn())
TEXT = {"topic": "Een park", "proposal": "Maak van het plein een park.", "reasons": "Het plein is te warm."}


def person(name: str, *, number: str = "14") -> str:
    address = Address(postcode="3811 LX", number=number, street="Voorbeeldstraat", town="Amersfoort")
    return Signature(name=name, address=address, email="a@example.org", fingerprint="").person


def test_one_person_at_one_address_is_known_again_however_the_name_is_typed() -> None:
    assert person("Zoë de Vries") == person("  zoe  DE vries") == person("Zoë de-Vries")
    assert person("Zoë de Vries") != person("Zoë de Vries", number="14-A")
    assert person("Zoë de Vries") != person("Chloë de Vries")


def test_the_number_is_that_of_who_signed_these_very_words() -> None:
    draft = replace(begin_draft(INITIATIVE, language="nl", today=TODAY), answers={**TEXT, "signed_online": 500})
    put_up = replace(draft, gathering=Gathering(text=TEXT, last_day=TODAY, signed=12))
    changed = replace(put_up, answers={**put_up.answers, "proposal": "Maak er een parkeerplaats van."})
    numbers = [with_count(one, product=INITIATIVE).answers["signed_online"] for one in (draft, put_up, changed)]
    assert numbers == [0, 12, 0]
    sent = replace(changed, corrects="Z-2026-K4T9-2QXM")
    assert with_count(sent, product=INITIATIVE) == sent  # what was sent was counted then
    assert unsigned({**TEXT, "signed_online": 500}, product=INITIATIVE)["signed_online"] == 0
    assert unsigned(ANSWERS, product=OBJECTEN) == ANSWERS


def test_a_link_works_for_a_week_and_never_after_the_last_day() -> None:
    assert confirm_by(TODAY, last_day=date(2027, 1, 1)) == date(2026, 12, 1)
    assert confirm_by(TODAY, last_day=date(2026, 11, 26)) == date(2026, 11, 26)
