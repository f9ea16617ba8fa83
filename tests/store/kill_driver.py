"""Saves numbered edits in a child process, kills it, and looks at what is left on the disk.

Run as ``kill_driver.py WRITER random|calls KILLS SEED FOLDER``; prints one line of JSON.  It is a
program of its own so that it may fork: a test process with threads must not.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from cxmaturity.store.revision import read_revision, save

Acknowledge = Callable[[], None]
WATCHED = ("open", "write", "fsync", "replace")
write_to_pipe = os.write


@dataclass
class Tally:
    """What a run of kills found."""

    kills: int = 0
    within: int = 0
    unreadable: int = 0
    lost: int = 0
    invented: int = 0


def payload(number: int) -> bytes:
    """A text that is only readable whole, long enough to take several writes."""
    body = f"{number}," * 3000
    return f"{number}\n{body}\nend\n".encode()


def number_in(path: Path) -> int | None:
    """The edit that the file holds, ``None`` if it is torn."""
    data = path.read_bytes()
    head = data.split(b"\n", 1)[0]
    if not head.isdigit() or data != payload(int(head)):
        return None
    return int(head)


def durable(path: Path, data: bytes, acknowledge: Acknowledge) -> None:
    """The project's writer."""
    save(path, data, read_revision(path), folder=path.parent)
    acknowledge()


def truncating(path: Path, data: bytes, acknowledge: Acknowledge) -> None:
    """A bad writer: empties the file and fills it piece by piece."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for start in range(0, len(data), 512):
        os.write(descriptor, data[start : start + 512])
    os.close(descriptor)
    acknowledge()


def hasty(path: Path, data: bytes, acknowledge: Acknowledge) -> None:
    """A bad writer: says "saved" before the new version is in place."""
    temporary = path.with_suffix(".part")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.write(descriptor, data)
    os.close(descriptor)
    acknowledge()
    temporary.replace(path)


WRITERS = {"durable": durable, "truncating": truncating, "hasty": hasty}


def say(pipe: int, line: bytes) -> None:
    """Tell the parent; past the watch on system calls."""
    write_to_pipe(pipe, line)


def edit_for_ever(path: Path, writer: str, pipe: int, die_at: int | None) -> None:
    """Apply edit after edit; with ``die_at``, only one edit, dying before its n-th call."""
    number = (number_in(path) or 0) + 1
    if die_at is not None:
        die_before_call(die_at)
    while True:
        say(pipe, b"begin %d\n" % number)
        WRITERS[writer](path, payload(number), partial(say, pipe, b"saved %d\n" % number))
        if die_at is not None:
            return
        number += 1


def die_before_call(die_at: int, calls: Sequence[str] = WATCHED) -> None:
    """Make this process kill itself just before its n-th watched system call."""
    count = 0

    def watched(real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **kwargs: object) -> object:
            nonlocal count
            count += 1
            if count == die_at:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **kwargs)

        return call

    for name in calls:
        setattr(os, name, watched(getattr(os, name)))


def start_child(path: Path, writer: str, die_at: int | None) -> tuple[int, int]:
    """Fork a child that edits; returns its process number and the pipe it talks through."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    try:
        os.close(reading)
        edit_for_ever(path, writer, writing, die_at)
    finally:
        os._exit(0)


def heard(reading: int, wanted: int | None) -> str:
    """What the child said: until ``wanted`` edits are saved, or until it is gone."""
    text = b""
    while wanted is None or text.count(b"saved") < wanted:
        piece = os.read(reading, 65536)
        if not piece:
            break
        text += piece
    return text.decode()


def judge(path: Path, said: str, before: int, tally: Tally) -> None:
    """Compare the file with what the child began and acknowledged."""
    words = [line.split() for line in said.splitlines()]
    saved = max([int(number) for word, number in words if word == "saved"], default=before)
    begun = max([int(number) for word, number in words if word == "begin"], default=before)
    found = number_in(path)
    tally.kills += 1
    tally.within += begun > saved
    tally.unreadable += found is None
    tally.lost += found is not None and found < saved
    tally.invented += found is not None and found > begun
    if found is None:
        path.write_bytes(payload(0))


def kill_at_random(path: Path, writer: str, kills: int, seed: int) -> Tally:
    """Kill at random moments while the child saves without a pause."""
    draw = random.Random(seed)  # noqa: S311  (moments, not secrets)
    tally = Tally()
    for _ in range(kills):
        before = number_in(path) or 0
        child, reading = start_child(path, writer, None)
        said = heard(reading, draw.randint(1, 3))
        time.sleep(draw.random() * 0.002)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        said += heard(reading, None)
        os.close(reading)
        judge(path, said, before, tally)
    return tally


def kill_at_calls(path: Path, writer: str, most: int) -> Tally:
    """Kill before the first system call of a save, the second, … until the save gets through."""
    tally = Tally()
    for die_at in range(1, most + 1):
        before = number_in(path) or 0
        child, reading = start_child(path, writer, die_at)
        said = heard(reading, None)
        os.close(reading)
        _, status = os.waitpid(child, 0)
        judge(path, said, before, tally)
        if not os.WIFSIGNALED(status):
            break
    return tally


def main() -> None:
    """Run one series and print its tally."""
    writer, moment, kills, seed, folder = sys.argv[1:]
    path = Path(folder) / "answers.toml"
    path.write_bytes(payload(0))
    if moment == "random":
        tally = kill_at_random(path, writer, int(kills), int(seed))
    else:
        tally = kill_at_calls(path, writer, int(kills))
    sys.stdout.write(json.dumps(asdict(tally)) + "\n")


if __name__ == "__main__":
    main()
