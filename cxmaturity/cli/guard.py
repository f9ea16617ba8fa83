"""Every run of the command line ends here: with an exit code, never with a traceback.

What words and shows errors is loaded when there is one.
"""

from __future__ import annotations

from collections.abc import Callable

from cxmaturity.cli.manner import Manner


def guarded(run: Callable[[], object], manner: Manner) -> int:
    """Run a command line; the exit code it ends with."""
    try:
        ended = run()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the last net
        from cxmaturity.cli.failures import exit_code

        return exit_code(error, manner)
    return ended if isinstance(ended, int) else 0
