"""The gallery of the house style on a free port, and the browser that looks at it."""

from collections.abc import Iterator
from threading import Thread

import pytest
from werkzeug.serving import make_server

from tests.browser import base_url, browser_type_launch_args, page, page_without_scripts
from tests.shared.look.gallery import make_gallery

__all__ = ["base_url", "browser_type_launch_args", "gallery", "page", "page_without_scripts"]


@pytest.fixture(scope="session")
def gallery() -> Iterator[str]:
    """The address of the running gallery."""
    server = make_server("127.0.0.1", 0, make_gallery(), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
