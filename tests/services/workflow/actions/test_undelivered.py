"""A message that did not arrive is a note for the handler, and goes by post where it may and the address is known."""

from __future__ import annotations

from dataclasses import replace

from services.workflow.actions.undelivered import record_failed
from shared.events import ReachedByPost
from shared.post import NoticeFailed
from tests.contracts.samples import SAMPLES
from tests.services.workflow.offices import office_with
from tests.services.workflow.town import REFERENCE, submission

FAILED = replace(next(each for each in SAMPLES if isinstance(each, NoticeFailed)), reference=REFERENCE)


def test_the_handler_hears_of_it_and_only_what_may_go_by_post_to_a_known_address_does() -> None:
    applicant = submission().applicant
    assert applicant.address is not None
    office = office_with(submission())
    record_failed(replace(FAILED, by_post=False), desk=office.desk)
    assert (office.cases.notes[-1], office.told) == ("note", [])
    record_failed(FAILED, desk=office.desk)
    assert office.told == [ReachedByPost(reference=REFERENCE, party=applicant)]
    homeless = office_with(replace(submission(), applicant=replace(applicant, address=None)))
    record_failed(FAILED, desk=homeless.desk)
    assert (homeless.cases.notes[-1], homeless.told) == ("note", [])
