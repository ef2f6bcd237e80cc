"""`python -m dev up|example|reset|lock`: run a town hall on this machine, fill it, empty it, pin its packages."""

from __future__ import annotations

import argparse
import errno
import os
import sys
import time
from pathlib import Path

import psycopg
import requests

from dev.example import NoExamplesYetError, await_examples, send_examples
from dev.history.fill import CutOffError, fill_history
from dev.history.invent import Order
from dev.house import HouseError
from dev.lock import RunningAlreadyError
from dev.lock_files import write_lock_files
from dev.part import HOME
from dev.plan import Ports
from dev.reset import reset
from dev.stores import ServerMissingError, StoreFailedError, Stores
from dev.up import today, up
from shared.clock import utc_now
from shared.database import connect

EXPECTED = (
    CutOffError,
    HouseError,
    NoExamplesYetError,
    RunningAlreadyError,
    ServerMissingError,
    StoreFailedError,
)


def main() -> int:
    """Do what the command line asks; what can go wrong ends in one sentence and code 1."""
    asked = _arguments()
    try:
        if asked.command == "up":
            up(var=asked.var, base=asked.ports)
        elif asked.command == "example":
            _more_examples(base=asked.ports) if asked.cases is None else _fill(
                asked.cases, var=asked.var, base=asked.ports
            )
        elif asked.command == "reset":
            reset(asked.var)
        else:
            write_lock_files()
    except EXPECTED as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        print("The disk is full: free up at least 500 MB and run `make up` again.", file=sys.stderr)
        return 1
    return 0


def _more_examples(*, base: int) -> None:
    address = Ports.from_base(base).address("forms")
    try:
        taken = send_examples(address, today=today())
    except requests.RequestException as error:
        kind = type(error).__name__
        raise HouseError(f"The examples cannot be handed in at {address}: is `make up` running? ({kind})") from error
    print(f"{taken} invented applications were handed in.")


def _fill(count: int, *, var: Path, base: int) -> None:
    """Fill the running house with invented cases of the last five years."""
    forms_url = Ports.from_base(base).address("forms")
    began = time.monotonic()
    database_url = Stores(var).dsn("workflow")
    try:
        with connect(database_url, autocommit=True) as connection:
            await_examples(connection, sent=var / "examples-sent")
        order = Order(
            database_url=database_url,
            counter_database_url=Stores(var).dsn("forms"),
            forms_url=forms_url,
            count=count,
            now=utc_now(),
        )
        made = fill_history(order, tell=lambda words: print(f"{time.monotonic() - began:5.0f} s  {words}", flush=True))
    except psycopg.OperationalError as error:
        raise HouseError("The database cannot be reached: is `make up` running?") from error
    except KeyboardInterrupt:
        raise HouseError("Cut off: `make reset` throws away what was made, then `make up` begins anew.") from None
    print(f"{made} invented cases were made in {time.monotonic() - began:.0f} seconds.")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m dev", description=__doc__)
    parser.add_argument("command", choices=["up", "example", "reset", "lock"])
    parser.add_argument("--cases", type=int, metavar="N", help="with example: so many cases of the last five years")
    parser.add_argument("--var", type=Path, default=Path(os.environ.get("BALIE_VAR", HOME / "var")))
    parser.add_argument("--ports", type=int, default=int(os.environ.get("PORTS", "8000")), metavar="BASE")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
