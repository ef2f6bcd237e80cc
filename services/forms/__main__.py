"""Run this service: `python -m services.forms serve|work|migrate`. Each verb loads only what it needs."""

# ruff: noqa: PLC0415 - what a process does not load costs it no memory and no start

from __future__ import annotations

import sys

from shared.log import start_log


def main(verb: str) -> None:
    """Do what the verb says."""
    match verb:
        case "serve":
            from shared.serve import serve

            serve("services.forms.main:web_app()")
        case "work":
            from services.forms.work import work

            start_log("forms.work")
            work()
        case "migrate":
            from services.forms.migration import migrate_forms

            start_log("forms.migrate")
            migrate_forms()
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main("".join(sys.argv[1:2]))
