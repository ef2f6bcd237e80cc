"""What people fill in beside a form is checked as answers are, and what lacks is asked for in its own words."""

from __future__ import annotations

import pytest

from services.forms.domain.asides import cosigner_from
from services.forms.domain.faults import WrongAnswerError


def test_a_second_signatory_needs_a_name_and_an_address_that_can_be_right() -> None:
    assert cosigner_from({"name": " Els  Berg ", "email": "els@EXAMPLE.org"}) == {
        "name": "Els Berg",
        "email": "els@example.org",
    }
    with pytest.raises(WrongAnswerError) as empty:
        cosigner_from({"name": "", "email": ""})
    assert [(one.name, one.text.nl) for one in empty.value.faults] == [
        ("name", "Vul de naam in van wie akkoord moet geven"),
        ("email", "Vul het e-mailadres in van deze persoon"),
    ]
    with pytest.raises(WrongAnswerError) as wrong:
        cosigner_from({"name": "Els", "email": "els"})
    assert [(one.name, one.code) for one in wrong.value.faults] == [("email", "malformed")]
