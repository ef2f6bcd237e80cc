"""`python -m tests.chaos`: a minute of kill -9 over the running house under load, then the count.

Ends with one line, `submitted N, cases N, confirmations N, lost 0, twice 0, kills K`, and code 1 when that is
not so.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections.abc import Iterator

from dev.house import House
from shared.bus import DeadMessage
from tests.chaos.caller import Caller
from tests.chaos.count import Tally, count
from tests.chaos.handler import Handler
from tests.chaos.residents import Residents
from tests.chaos.storm import BLOWS, Storm
from tests.chaos.together import Together
from tests.chaos.witness import RestlessError, await_quiet, dead_messages, delays, gather, plant

RESIDENTS = 4
KILLS_A_MINUTE = 25
"""The least that counts as a storm."""


def main() -> int:
    """Raise the storm, count, and say what came of it."""
    asked = _arguments()
    print(f"storm of {asked.seconds:.0f} s, seed {asked.seed} (again: make chaos ARGS='--seed {asked.seed}')")
    with House(settings={"RATE_LIMITS": "off"}, say=_say) as house:
        try:
            storm, tally, faults = _weather(house, seconds=asked.seconds, seed=asked.seed)
        except RestlessError as error:
            print(f"not quiet: {error}")
            return 1
    for fault in faults:
        print(f"WRONG: {fault}")
    print(tally.line(kills=storm.kills.total()))
    return 0 if tally.sound and not faults else 1


def _weather(house: House, *, seconds: float, seed: int) -> tuple[Storm, Tally, list[str]]:
    plant(house.dsn("forms"))
    residents = Residents(house.url("forms"), number=RESIDENTS, seed=seed)
    handler, together, caller = Handler(house), Together(house), Caller(house)
    storm = Storm(house, seed=seed)
    residents.start()
    handler.start()
    together.start()
    caller.start()
    storm.rage(seconds=seconds)
    submissions = residents.stop()
    handler.stop()
    together.stop()
    caller.stop()
    print(f"quiet after {await_quiet(house):.1f} s")
    print(delays(house))
    late = list(residents.ask_again(submissions))
    print(f"{sum(bool(each.failures) for each in submissions)} had to try again, {len(late)} had walked away")
    await_quiet(house)
    tally = count(gather(house, submissions=submissions, sent=caller.sent))
    _tell(storm, tally=tally)
    faults = [
        *_faults(storm, tally=tally, seconds=seconds),
        *_faults_among(dead_messages(house)),
        *handler.refused,
        *caller.refused,
    ]
    return storm, tally, faults


def _tell(storm: Storm, *, tally: Tally) -> None:
    print("kills: " + ", ".join(f"{name} {number}" for name, number in sorted(storm.kills.items())))
    print("spared: " + (", ".join(sorted({blow.name for blow in BLOWS} - set(storm.kills))) or "nothing"))
    print(f"decided {tally.decided}, {tally.together} of them in runs over many cases")
    print(f"mails that the API promised {tally.sent}")
    print(f"mails delivered more than once under the same Message-ID {tally.resent}")
    for word, found in (("lost", tally.lost), ("twice", tally.twice)):
        for what, number in found.items():
            if number:
                print(f"{word}: {what} {number}")


def _faults(storm: Storm, *, tally: Tally, seconds: float) -> Iterator[str]:
    if storm.kills.total() < KILLS_A_MINUTE * seconds / 60:
        yield f"only {storm.kills.total()} kills"
    if seconds >= 60 and not tally.together:
        yield "no run over many cases"
    if seconds >= 60 and not any(blow.wipe and storm.kills[blow.name] for blow in BLOWS):
        yield "Valkey's data was never wiped"


def _faults_among(dead: list[DeadMessage]) -> Iterator[str]:
    """The planted message lies in the list with its reason, and no other does."""
    reasons = [each.reason for each in dead if each.name == "SubmissionReceived" and "unicorns" in each.reason]
    if len(reasons) != 1:
        yield f"the message that nobody can handle was listed {len(reasons)} times"
    for other in dead:
        if other.reason not in reasons:
            yield f"dead: {other.name} for {other.consumer}: {other.reason}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--seconds", type=float, default=float(os.environ.get("SECONDS") or 60))
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10_000))
    return parser.parse_args()


def _say(line: str) -> None:
    if "SIGKILL" not in line:  # what was not our doing
        print(f"house: {line}")


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    sys.exit(main())
