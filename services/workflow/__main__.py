"""Run the workflow service: `python -m services.workflow serve|work|trial|migrate|audit`, or `token` by hand."""

from __future__ import annotations

import argparse
import sys

from services.workflow import work
from shared.log import logger, start_log
from shared.serve import serve


def run() -> None:
    """Do what the command line asks."""
    asked = _arguments()
    if asked.verb == "token":
        sys.stdout.write(work.token(asked.name, groups=asked.groups) + "\n")
        return
    if asked.verb == "audit":
        sys.exit(audit(head=asked.head))
    start_log(f"workflow.{asked.verb}")
    if asked.verb == "serve":
        serve("services.workflow.main:web()")
    elif asked.verb == "work":
        work.work()
    elif asked.verb == "figures":
        work.work_out_figures()
    elif asked.verb == "trial":
        logger.info("trial_parts_done", count=work.do_trials())
    else:
        logger.info("migrated", files=work.migrate())


def audit(*, head: str | None) -> int:
    """Check the audit log and say what was found; 1 when a row does not hold."""
    found = work.check_audit(head=head)
    if found.broken is not None:
        sys.stdout.write(f"row {found.broken} is broken: {found.rows} rows before it hold, the last is {found.head}\n")
        return 1
    sys.stdout.write(f"{found.rows} rows hold, the last is {found.head}\n")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m services.workflow", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("serve", help="the web door")
    verbs.add_parser("work", help="handle facts")
    verbs.add_parser("trial", help="do what waits of rule trials, and end; the worker starts this by itself")
    verbs.add_parser("figures", help="work out anew the times of all cases, and the indicators of years not adopted")
    verbs.add_parser("migrate", help="bring the tables up to date")
    audit = verbs.add_parser("audit", help="check the audit log, and name the first row that does not hold")
    audit.add_argument("head", nargs="?", help="the last row as an earlier check told it: it must still be there")
    token = verbs.add_parser("token", help="make an API token for a person and print it")
    token.add_argument("--name", required=True, help="the person's id at the sign-in provider")
    token.add_argument(
        "--groups", nargs="*", default=[], help="a role such as handler or lead, and team:ID (team:* for every team)"
    )
    return parser.parse_args()


if __name__ == "__main__":
    run()
