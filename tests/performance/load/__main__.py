"""`make load`: a room of 200 for ten minutes, of 500 for one, and the same notes at a peer."""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from tests.performance.load.measuring import (
    EVENT_HEARD,
    GROWTH,
    NOTE_ACKNOWLEDGED,
    Measured,
    percentile,
)
from tests.performance.load.peer import NoPeer, fill_room_at_peer
from tests.performance.load.program import ROOT, Program
from tests.performance.load.traffic import Room

CROWD, A_MINUTE = 500, 60.0
VAR_DIR = ROOT / "var"


def fill_room(people: int, seconds: float, processes: int, takers: int = 3) -> Measured:
    """Start the program, fill a room in it, and return what was measured."""
    with (
        tempfile.TemporaryDirectory(prefix="load") as folder,
        Program(Path(folder), processes) as program,
    ):
        made = program.run(
            f"from tests.performance.load.room import make; make({people}, {takers})"
        )
        return asyncio.run(Room(program, made, seconds).fill())


def wrongs(measured: Measured) -> list[str]:
    """Return what may be so under no load."""
    found = [f"{measured.missed} missed"] if measured.missed else []
    found += [f"{measured.misdirected} misdirected"] if measured.misdirected else []
    return found + measured.errors


def shortcomings(measured: Measured) -> list[str]:
    """Return what is asked of the program under this load and wasn't so."""
    found = wrongs(measured)
    if 1000 * percentile(measured.acknowledged, 0.95) > NOTE_ACKNOWLEDGED:
        found.append("notes are acknowledged too late")
    if 1000 * percentile(measured.heard, 0.95) > EVENT_HEARD:
        found.append("events are heard too late")
    if measured.growth > GROWTH:
        found.append(f"memory grows: × {measured.growth:.2f}")
    return found


def compared(ours: Measured, theirs: Measured) -> str:
    """Return how many times as long the peer takes, at the 95th percentile."""
    told = []
    for what, own, other in (
        ("acknowledging", ours.acknowledged, theirs.acknowledged),
        ("showing", ours.heard, theirs.heard),
    ):
        ratio = percentile(other, 0.95) / percentile(own, 0.95)
        told.append(f"{what} × {ratio:.2f}")
    return f"Etherpad 1.8.14 against Rapporteur, 95 %: {', '.join(told)}"


def main() -> int:
    """Run what was asked for, print it, and return 1 if the first room falls short."""
    parser = argparse.ArgumentParser(prog="make load", description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--alone", action="store_true", help="neither 500 people nor the peer")
    options = parser.parse_args()
    measured = fill_room(options.people, options.seconds, options.processes)
    say(measured)
    short = shortcomings(measured)
    say(*(f"  falls short: {each}" for each in short))
    if not options.alone:
        crowd = fill_room(CROWD, A_MINUTE, options.processes)
        say(crowd, *(f"  wrong: {each}" for each in wrongs(crowd)))
        short += wrongs(crowd)
        try:
            theirs = fill_room_at_peer(VAR_DIR / "peer", options.people, A_MINUTE)
            say("Etherpad 1.8.14, the same notes:", theirs, compared(measured, theirs))
        except NoPeer as reason:
            say(f"No peer to compare with: {reason}.")
    return bool(short)


def say(*what: object) -> None:
    """Print it at once."""
    sys.stdout.writelines(f"{each}\n" for each in what)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
