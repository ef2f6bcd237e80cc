"""`make up`: the whole town hall in front of you until Ctrl-C."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import FrameType

import requests

from dev.example import send_examples
from dev.house import House
from dev.journal import Journal
from dev.plan import Ports
from shared.clock import utc_now
from shared.law.calendar import local_date

TABLE = """
  Balie runs, after {seconds:.1f} s. Ctrl-C stops it; `make up` goes on with the same data, `make reset` begins anew.

  what                          address                                sign in as
  Counter (apply and follow)    {forms:<38} Noor de Vries (DigiD); the link in the mail opens what is yours
  Cases                         {workflow:<38} Samir Haddad, Mila Janssen, Els van Dijk (lead)
  Forms and their texts         {beheer:<38} Bram de Wit (functional administrator)
  Faults between services       {messages:<38} Bram de Wit (functional administrator)
  Letters                       {notify:<38} nobody; the link in the mail opens the letter
  Messages that were sent       {sent:<38} Samir Haddad (own cases), Yara Bos (front desk)
  Mailbox (no mail goes out)    {mailbox:<38} nobody
  Sign-in provider (for trial)  {signin:<38} choose a name; Ruud Smit may see nothing
  Payment page (no money moves) {payments:<38} nobody
  Logs                          {log}
"""


class StoppedError(Exception):
    """Somebody asked to stop."""


def up(*, var: Path, base: int) -> None:
    """Run a house until Ctrl-C or SIGTERM, printing what its parts log."""
    for asked in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(asked, _stop)
    (var / "log").mkdir(parents=True, exist_ok=True)
    journal = Journal(var / "log", coloured=sys.stdout.isatty())

    def say(words: str) -> None:
        print(journal.tell(words), flush=True)

    threading.Thread(target=_follow, args=[journal], daemon=True).start()
    began = time.monotonic()
    say("starting PostgreSQL, Valkey, the services and their workers")
    try:
        with House(var=var, ports=Ports.from_base(base), say=say) as house:
            _fill_once(house, say=say)
            print(_table(house, log=var / "log", seconds=time.monotonic() - began), flush=True)
            while True:
                time.sleep(60)
    except StoppedError:
        say("stopped; nothing is left running")


def today() -> date:
    """The calendar date in the Netherlands."""
    return local_date(utc_now())


def _fill_once(house: House, *, say: Callable[[str], None]) -> None:
    """Hand in the examples in a house that is new, so that there is something to see."""
    filled = house.var / "examples-sent"
    if filled.exists():
        return
    try:
        say(f"{send_examples(house.url('forms'), today=today(), series='first')} invented applications were handed in")
    except requests.RequestException as error:
        say(f"the invented applications were not taken in: {error}")
        return
    filled.touch()


def _follow(journal: Journal) -> None:
    while True:
        for line in journal.news():
            print(line, flush=True)
        time.sleep(0.2)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    for asked in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(asked, signal.SIG_IGN)  # one is enough; the stopping itself is bounded in time
    raise StoppedError


def _table(house: House, *, log: Path, seconds: float) -> str:
    addresses = {part: house.url(part) for part in ("forms", "workflow", "notify", "mailbox", "signin", "payments")}
    addresses |= {"beheer": f"{house.url('forms')}/beheer", "messages": f"{house.url('workflow')}/beheer/berichten"}
    addresses |= {"sent": f"{house.url('notify')}/berichten"}
    return TABLE.format(**addresses, log=log, seconds=seconds)
