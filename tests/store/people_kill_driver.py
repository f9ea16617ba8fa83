"""Kills an import, a publication, an erasure and a purge before each of their system calls.

Run as ``people_kill_driver.py ACT FOLDER``; prints one line of JSON.  It is a program of its own so
that it may fork: a test process with threads must not.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from cxmaturity.errors import CxError
from cxmaturity.store.consents import record_consent
from cxmaturity.store.erasure import erase_respondent, purge
from cxmaturity.store.ledger import publish, read_ledger
from cxmaturity.store.respondent_edits import with_answers
from cxmaturity.store.responses import read_people, read_respondent, save_respondent
from tests.store.crowds import WORDS, crowd, on, publication, residue, take
from tests.store.engagements import new_engagement
from tests.store.kill_driver import WATCHED, die_before_call

CODE = "quasar-07"
OTHERS = ("a", "b", "z")
CALLS = (*WATCHED, "unlink", "mkdir")


@dataclass
class Tally:
    """What a run of kills found; each list names the calls after which it was so."""

    kills: int = 0
    unreadable: list[int] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    unfinished: list[int] = field(default_factory=list)


def make(path: Path) -> None:
    """An engagement with an import, an interview, a consent and a publication."""
    new_engagement(path)
    take(path, crowd("a", "b"))
    take(path, crowd(CODE, answer=WORDS))
    take(path, crowd("a", answer=2), replace=True)
    said = with_answers(read_respondent(path, "z").respondent, {"loop.weekly": 1}, on(1))
    save_respondent(path, said, read_respondent(path, "z").revision)
    record_consent(path, CODE, "Yes", on(1))
    publish(path, publication(1, read_people(path)))


def importing(path: Path) -> None:
    """Change answers of several imports at once."""
    take(path, crowd("b", CODE, "n", answer=4), replace=True)


def imported(path: Path) -> bool:
    """Whether everybody has the new answers."""
    people = read_people(path)
    said = dict(zip(people.codes, people.answers["loop.weekly"], strict=True))
    return said == {"a": 2, "b": 4, CODE: 4, "n": 4, "z": 1}


def publishing(path: Path) -> None:
    """Publish what the people say now, whatever the number is."""
    publish(path, publication(len(read_ledger(path)) + 1, crowd("a", "b", "z")))


def published(path: Path) -> bool:
    """Whether it is recorded, once."""
    return [entry.people.codes for entry in read_ledger(path)[1:]] == [("a", "b", "z")]


def erasing(path: Path) -> None:
    """Erase one person."""
    if residue(path, CODE, WORDS):
        erase_respondent(path, CODE)


def erased(path: Path) -> bool:
    """Whether nothing is left of the person."""
    return not residue(path, CODE, WORDS)


def purging(path: Path) -> None:
    """Purge everybody."""
    purge(path, on(1), on(1))


def purged(path: Path) -> bool:
    """Whether nothing that anybody said is left."""
    return not residue(path, CODE, WORDS) and read_people(path).codes == ()


ACTS: dict[str, tuple[Callable[[Path], None], Callable[[Path], bool]]] = {
    "import": (importing, imported),
    "publish": (publishing, published),
    "erase": (erasing, erased),
    "purge": (purging, purged),
}


def killed(act: Callable[[Path], None], path: Path, die_at: int) -> bool:
    """Run an act in a child that dies before its n-th call; whether it died."""
    child = os.fork()
    if child == 0:
        try:
            die_before_call(die_at, CALLS)
            act(path)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def run(name: str, folder: Path) -> Tally:
    """Kill before the first call, the second, … until the act gets through."""
    act, done = ACTS[name]
    tally = Tally()
    make(folder / "kept")
    path = folder / "acme"
    for die_at in range(1, 200):
        shutil.rmtree(path, ignore_errors=True)
        shutil.copytree(folder / "kept", path)
        died = killed(act, path, die_at)
        try:
            codes = read_people(path).codes
            ledger = read_ledger(path)
        except CxError:
            tally.unreadable.append(die_at)
            continue
        if not ledger or (name != "purge" and not set(OTHERS) <= set(codes)):
            tally.lost.append(die_at)
        act(path)
        if not done(path):
            tally.unfinished.append(die_at)
        if not died:
            return tally
        tally.kills += 1
    return tally


def main() -> None:
    """Run one act and print its tally."""
    name, folder = sys.argv[1:]
    sys.stdout.write(json.dumps(asdict(run(name, Path(folder)))) + "\n")


if __name__ == "__main__":
    main()
