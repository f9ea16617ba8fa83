"""The workbench of the interface: what plugins do is told in passing, never over the screen."""

from __future__ import annotations

from collections.abc import Callable

from cxmaturity.errors import Problem
from cxmaturity.text.problems import say_problem
from cxmaturity.workbench import Workbench
from cxmaturity.workbench.plugins import Plugins

Say = Callable[[str], object]


def workbench_that_tells(say: Say) -> Workbench:
    """A workbench whose plugins' failures and delays are said; ``say`` may come from a thread."""

    def tell(problem: Problem) -> None:
        said = say_problem(problem)
        say("\n".join(filter(None, (said.what, said.hint))))

    return Workbench(Plugins(tell=tell, tell_slow=say))
