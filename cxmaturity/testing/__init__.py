"""For the tests of plugins and rubrics: small worlds to try them in, and the laws they must obey.

::

    from cxmaturity.testing import build_rubric, build_scorecard, check_combiner, run_plugin

    assert run_plugin(acme).failures == ()
    check_combiner(acme.SECOND_BEST)
    rubric = build_rubric({"dimensions": {...}}, acme)
    assert build_scorecard(rubric, {"care.promise": 3}).dimensions["care"].score == 3

Needs nothing but cxmaturity itself; works with any test runner.  Nothing of the product uses it but
``cxmaturity plugin check``.
"""

from cxmaturity.testing.building import (
    build_engagement,
    build_rubric,
    build_scorecard,
    write_rubric,
)
from cxmaturity.testing.combiner_laws import check_combiner, combiner_faults
from cxmaturity.testing.function_laws import check_function, function_faults
from cxmaturity.testing.isolation import RanPlugin, run_plugin, workbench
from cxmaturity.testing.kind_laws import check_kind, kind_faults
from cxmaturity.testing.packs import check_pack, pack_faults

__all__ = [
    "RanPlugin",
    "build_engagement",
    "build_rubric",
    "build_scorecard",
    "check_combiner",
    "check_function",
    "check_kind",
    "check_pack",
    "combiner_faults",
    "function_faults",
    "kind_faults",
    "pack_faults",
    "run_plugin",
    "workbench",
    "write_rubric",
]
