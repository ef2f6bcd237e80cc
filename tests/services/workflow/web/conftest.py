"""The browsers in which the pages of staff are looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from services.workflow.web.office import Office
from shared.shelves import Folder
from shared.vault import Vault
from tests.browser import base_url, browser_type_launch_args, page, page_without_scripts
from tests.services.workflow.conftest import Town

__all__ = ["base_url", "browser_type_launch_args", "page", "page_without_scripts", "patient_page", "vault"]


@pytest.fixture
def vault(town: Town, tmp_path: Path) -> Iterator[Vault]:
    """The vault that the form service fills."""
    made = Vault(Folder(tmp_path), key="a key for tests only", site="http://localhost")
    office: Office = town.app.extensions["balie_workflow"]
    town.app.extensions["balie_workflow"] = replace(office, vault=made)
    yield made
    town.app.extensions["balie_workflow"] = office


@pytest.fixture
def patient_page(browser: Browser) -> Iterator[Page]:
    """A page for what answers 4xx: the console reports that, which is no fault here."""
    context = browser.new_context()
    yield context.new_page()
    context.close()
