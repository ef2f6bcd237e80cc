"""Run notify: `python -m services.notify serve|migrate|work|press|callbacks|bulk`, or several at once: `work press`.

`client` makes clients of the API: `python -m services.notify client --help`. `audit`, with the hash of the last row as
an earlier check told it if one likes, checks the audit log and ends with 1 when a row does not hold.
"""

# ruff: noqa: PLC0415 - what a process does not load costs it no memory and no start

from __future__ import annotations

import sys
from collections.abc import Sequence

from shared.log import start_log

WORK = {"work", "press", "callbacks", "bulk"}


def main(verbs: Sequence[str]) -> None:
    """Do what the verb says."""
    if verbs == ["serve"]:
        from shared.serve import serve

        serve("services.notify.main:web_app()")
    elif verbs == ["migrate"]:
        from services.notify.migration import migrate_notify

        start_log("notify.migrate")
        migrate_notify()
    elif verbs and set(verbs) <= WORK:
        from services.notify.work import work

        start_log(f"notify.{'.'.join(verbs)}")
        work(*verbs)
    elif verbs[:1] == ["audit"]:
        from services.notify.audit import check_audit

        found = check_audit(head="".join(verbs[1:2]) or None)
        sys.stdout.write(f"{found.rows} rows hold, the last is {found.head}\n")
        sys.exit(f"row {found.broken} is broken" if found.broken else 0)
    elif verbs[:1] == ["client"]:
        from services.notify.clients import manage_clients

        manage_clients(verbs[1:])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
