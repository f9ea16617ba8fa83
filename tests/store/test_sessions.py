"""Whatever two sessions do, what is on the disk is what was last acknowledged."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from cxmaturity.errors import ConflictError
from cxmaturity.model.engagement import Rating
from cxmaturity.store.edits import Edits
from cxmaturity.store.engagement_folder import open_engagement
from cxmaturity.store.saving import keep_both, save_edits
from cxmaturity.store.verification import verify_files

from .engagements import answers, new_engagement, texts

keys = st.sampled_from(["loop.weekly", "loop.other", "silos.joint"])
facts = st.sampled_from(["size", "sector"])
entries = st.none() | st.builds(Rating, value=answers, note=texts)
sessions = st.sampled_from(["one", "two"])


class TwoSessions(RuleBasedStateMachine):
    """Two open sessions; a model of what was acknowledged, and of who has read what."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp())
        opened = new_engagement(self.home / "acme")
        self.path = opened.path
        self.open = {"one": opened, "two": opened}
        self.saved: dict[str, dict[str, Rating]] = {"ratings": {}, "facts": {}}
        self.writes = {"ratings": 0, "facts": 0}
        self.seen = {name: dict(self.writes) for name in self.open}
        self.conflicts = 0

    @rule(session=sessions, key=keys, entry=entries)
    def answer(self, session: str, key: str, entry: Rating | None) -> None:
        self._edit(session, "ratings", key, entry)

    @rule(session=sessions, key=facts, entry=entries)
    def state_fact(self, session: str, key: str, entry: Rating | None) -> None:
        self._edit(session, "facts", key, entry)

    @rule(session=sessions)
    def reopen(self, session: str) -> None:
        self.open[session] = open_engagement(self.path)
        self.seen[session] = dict(self.writes)

    @invariant()
    def the_disk_holds_what_was_acknowledged(self) -> None:
        now = open_engagement(self.path)
        ratings = {
            f"{dimension}.{indicator}": rating
            for dimension, indicators in now.assessor.ratings.items()
            for indicator, rating in indicators.items()
        }
        assert ratings == self.saved["ratings"]
        assert now.engagement.facts == self.saved["facts"]
        assert len(list(self.path.glob("*.conflict-*"))) == self.conflicts

    def teardown(self) -> None:
        assert {problem.code for problem in verify_files(self.path)} <= {"conflict"}
        shutil.rmtree(self.home)

    def _edit(self, session: str, kind: str, key: str, entry: Rating | None) -> None:
        edits = Edits(ratings={key: entry}) if kind == "ratings" else Edits(facts={key: entry})
        current = self.seen[session][kind] == self.writes[kind]
        before = self.path / ("assessor.toml" if kind == "ratings" else "engagement.toml")
        bytes_before = before.read_bytes()
        try:
            self.open[session] = save_edits(self.open[session], edits)
        except ConflictError:
            assert not current
            assert before.read_bytes() == bytes_before
            keep_both(self.open[session], edits)
            self.conflicts += 1
            return
        # A session that is behind may only save over bytes that are the ones it has read.
        self.saved[kind] = dict(self._of(session, kind))
        if before.read_bytes() != bytes_before:
            self.writes[kind] += 1
        self.seen[session][kind] = self.writes[kind]

    def _of(self, session: str, kind: str) -> dict[str, Rating]:
        if kind == "facts":
            return self.open[session].engagement.facts
        return {
            f"{dimension}.{indicator}": rating
            for dimension, indicators in self.open[session].assessor.ratings.items()
            for indicator, rating in indicators.items()
        }


TwoSessions.TestCase.settings = settings(
    max_examples=15, stateful_step_count=15, derandomize=True, deadline=None
)
TestTwoSessions = TwoSessions.TestCase
