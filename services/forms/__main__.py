"""Run this service: `python -m services.forms serve|work|migrate`."""

from __future__ import annotations

import sys

from services.forms.main import migrate_forms, work
from shared.log import start_log
from shared.serve import serve

APP = "services.forms.main:web_app()"


def main(verb: str) -> None:
    """Do what the verb says."""
    start_log(f"forms.{verb}")
    match verb:
        case "serve":
            serve(APP)
        case "work":
            work()
        case "migrate":
            migrate_forms()
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main("".join(sys.argv[1:2]))
