"""The browsers in which the pages of staff are looked at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import base_url, browser_type_launch_args, page, page_without_scripts

__all__ = ["base_url", "browser_type_launch_args", "page", "page_without_scripts", "patient_page"]


@pytest.fixture
def patient_page(browser: Browser) -> Iterator[Page]:
    """A page for what answers 4xx: the console reports that, which is no fault here."""
    context = browser.new_context()
    yield context.new_page()
    context.close()
