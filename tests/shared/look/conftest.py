"""The gallery of the house style on a free port, and the browser that looks at it."""

from collections.abc import Iterator

import pytest

from tests.browser import base_url, browser_type_launch_args, page, page_without_scripts, served
from tests.shared.look.gallery import make_gallery

__all__ = ["base_url", "browser_type_launch_args", "gallery", "page", "page_without_scripts"]


@pytest.fixture(scope="session")
def gallery() -> Iterator[str]:
    """The address of the running gallery."""
    with served(make_gallery()) as address:
        yield address
