"""A report, a card, a request and an initiative are never spoken of as a permit."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import get_args

import pytest

from services.workflow.domain.wording import decision_words
from shared.events import Nature, Result
from shared.letters.letters import Marks, compose_decision
from shared.natures import outcome_words
from tests.shared.letters.samples import GRANTED, MUNICIPALITY, REFERENCE, SENT_ON, UNTIL

RESULTS: tuple[Result, ...] = get_args(Result)
OTHERS = [nature for nature in Nature if nature is not Nature.PERMIT]


@pytest.mark.parametrize("nature", OTHERS)
@pytest.mark.parametrize("result", RESULTS)
def test_only_a_permit_is_called_a_permit(nature: Nature, result: Result) -> None:
    staff, resident = decision_words(result, nature=nature), outcome_words(result, nature=nature)
    for words in (staff.act, staff.done, staff.why, resident):
        assert "vergunning" not in words.nl.lower()
        assert "permit" not in words.en.lower()


@pytest.mark.parametrize("nature", OTHERS)
@pytest.mark.parametrize("result", RESULTS)
def test_a_letter_speaks_of_what_was_sent_in(nature: Nature, result: Result) -> None:
    decision = replace(GRANTED, nature=nature, result=result, subject="het feest in het park")
    letter = compose_decision(
        decision, municipality=MUNICIPALITY, marks=Marks(reference=REFERENCE), sent_on=SENT_ON, objection_until=UNTIL
    )
    own_words = letter.replace(MUNICIPALITY.email, "").replace(decision.signatory, "")
    assert "vergunning" not in own_words.lower()
    assert outcome_words(result, nature=nature).nl + "." in letter
    assert "Besluit over: het feest in het park" in re.sub("<[^>]+>", "", letter)
