"""A token by hand, for a machine without a browser."""

from __future__ import annotations

import pytest

from services.workflow import work
from tests.services.workflow.conftest import Town


def use(town: Town, token: str) -> int:
    answer = town.client().post("/api/v1/cases/next", headers={"Authorization": f"Bearer {token}"})
    return answer.status_code


def test_a_token_by_hand_has_the_groups_that_were_given(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", town.url)
    assert use(town, work.token("robot", groups=["handler", "team:permits"])) == 204
    assert use(town, work.token("nobody", groups=[])) == 403


def test_who_signed_in_before_keeps_name_and_groups(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", town.url)
    assert use(town, work.token("samir", groups=[])) == 204
    kept = town.rows("select name, groups from workflow.people where subject = 'samir'")
    assert kept == [{"name": "Samir Haddad", "groups": ["handler", "team:*"]}]
