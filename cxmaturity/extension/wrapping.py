"""Kinds, methods and functions of plugins, made safe to score with.

What fails, or gives something else than an exact number, is noted and raises PluginError: the
engine leaves what depends on it unscored, never a silent number.  (A function's value is missing.)
Built-in records are used as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from cxmaturity.errors import PluginError
from cxmaturity.extension.host import Host, Plugin
from cxmaturity.hookspecs import Combiner, Domain, Function, Interval, QuestionKind, Registry

_LARGEST: Final = 2**62
"""Beyond this nothing is counted exactly in columns."""
_WHILE_SCORING: Final = frozenset({"read", "level", "scalar", "points", "of_points"})
"""What the engine calls with answers: a failure there leaves its number out, any other ends all."""


def registry_of(host: Host, plugins: Iterable[Plugin] = ()) -> Registry:
    """The built-in kinds, methods and functions, and those of some loaded plugins."""
    among = tuple(plugins)

    def wrapped(hook: str, wrap: Callable[[_Calls, Any], Any]) -> dict[str, Any]:
        return {
            name: record if owner.is_built_in else wrap(_Calls(host, owner, name), record)
            for name, (record, owner) in host.records(hook, among).items()
        }

    return Registry(
        wrapped("cxm_question_kinds", _kind),
        wrapped("cxm_combiners", _combiner),
        wrapped("cxm_functions", _function),
    )


@dataclass(frozen=True, slots=True)
class _Calls:
    """Guarded calls of one record: a checked value, or PluginError once the failure is noted."""

    host: Host
    plugin: Plugin
    record: str

    def make(
        self,
        what: str,
        function: Callable[..., Any],
        check: Callable[[Any], str],
        *given: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401 - whatever was checked
        """Call on copies of what is given; ``check`` says what is wrong with the value."""
        copies = [_copied(argument) for argument in given]
        outcome = self.host.guard.call(
            self.plugin.name, f"{self.record}.{what}", lambda: (function(*copies),)
        )
        reason = outcome.reason
        if outcome.value is not None:
            checked = self.host.guard.call(
                self.plugin.name, f"{self.record}.{what}", partial(check, outcome.value[0])
            )
            reason = checked.reason or checked.value or ""
        if reason or outcome.value is None:
            raise self.failed(what, reason)
        return outcome.value[0]

    def failed(self, what: str, reason: str) -> PluginError:
        """Note the failure; the error to raise."""
        said, scoring = f"{self.record}.{what}: {reason}", what in _WHILE_SCORING
        return PluginError(self.host.note(self.plugin, said, scoring=scoring, fatal=not scoring))

    def safe(
        self, what: str, function: Callable[..., Any] | None, check: Callable[[Any], str]
    ) -> Callable[..., Any] | None:
        """The function, guarded and checked; None where the record has none."""
        return None if function is None else partial(self.make, what, function, check)


# kinds ------------------------------------------------------------------------------------------


def _kind(calls: _Calls, kind: QuestionKind) -> QuestionKind:
    def read(settings: Any, scale: Interval, raw: object) -> object:  # noqa: ANN401
        def attempt() -> tuple[object, str]:
            try:
                return kind.read(settings, scale, deepcopy(raw)), ""
            except ValueError as error:
                return None, str(error) or kind.summary

        answer, refused = calls.make("read", attempt, _anything)
        if refused:
            raise ValueError(refused)
        return answer

    def level(settings: Any, scale: Interval, answer: Any) -> int | None:  # noqa: ANN401
        assert kind.level is not None  # noqa: S101 - only wrapped where there is one
        value: int | None = calls.make(
            "level", partial(kind.level, settings, scale, answer), _wrong_number
        )
        low, high = levels(settings, scale)
        if value is not None and not low <= value <= high:
            raise calls.failed("level", f"{value} is not within its levels {low}…{high}")
        return value

    levels = partial(calls.make, "levels", kind.levels, _wrong_interval)
    return replace(
        kind,
        read=read,
        level=None if kind.level is None else level,
        levels=levels,
        domain=partial(calls.make, "domain", kind.domain, _wrong(Domain)),
        check=partial(calls.make, "check", _listing(kind.check), _wrong_texts),
        options=partial(calls.make, "options", _listing(kind.options), _wrong_options),
        unscored=partial(calls.make, "unscored", kind.unscored, _wrong(bool)),
        gives_levels=partial(calls.make, "gives_levels", kind.gives_levels, _wrong(bool)),
    )


# methods ----------------------------------------------------------------------------------------


def _combiner(calls: _Calls, combiner: Combiner) -> Combiner:
    return replace(
        combiner,
        scalar=calls.safe("scalar", combiner.scalar, _wrong_number),
        points=calls.safe("points", combiner.points, _wrong_interval),
        of_points=calls.safe("of_points", combiner.of_points, _wrong_number),
        columns=_columns(calls, "columns", combiner.columns, ("int64", "bool")),
        point_columns=_columns(calls, "point_columns", combiner.point_columns, ("int64", "int64")),
        of_point_columns=_columns(
            calls, "of_point_columns", combiner.of_point_columns, ("int64", "bool")
        ),
        scale=partial(calls.make, "scale", combiner.scale, _wrong_interval),
        range=partial(calls.make, "range", combiner.range, _wrong_interval),
        size=partial(calls.make, "size", combiner.size, _wrong(int)),
        check=partial(calls.make, "check", _listing(combiner.check), _wrong_texts),
    )


def _columns(
    calls: _Calls, what: str, function: Callable[..., Any] | None, types: tuple[str, ...]
) -> Callable[..., Any] | None:
    """The column form; a failure ends the batch, because no world of it would be sure."""
    if function is None:
        return None

    def safe(parts: Any, *given: Any) -> Any:  # noqa: ANN401 - NumPy columns in and out
        lengths = {len(column) for column in _arrays(given)}
        return calls.make(what, function, partial(_wrong_columns, types, lengths), parts, *given)

    return safe


# functions --------------------------------------------------------------------------------------


def _function(calls: _Calls, function: Function) -> Function:
    def scalar(*arguments: int) -> int | None:
        try:
            value: int | None = calls.make("scalar", function.scalar, _wrong_number, *arguments)
        except PluginError:
            return None
        return value

    def columns(*arguments: Any) -> Any:  # noqa: ANN401 - NumPy columns in and out
        lengths = {len(column) for column in _arrays(arguments)}

        def alone(value: Any) -> str:  # noqa: ANN401 - whatever the plugin gave
            return _wrong_columns(("int64",), lengths, (value,))

        return calls.make("columns", function.columns or _anything, alone, *arguments)

    return replace(
        function,
        scalar=scalar,
        range=partial(calls.make, "range", function.range, _wrong_interval),
        columns=None if function.columns is None else columns,
    )


# what is handed over and what comes back --------------------------------------------------------


def _copied(argument: Any) -> Any:  # noqa: ANN401 - of any type
    """What a plugin may change freely: copies of columns, tuples instead of lists."""
    if type(argument).__module__ == "numpy":
        return argument.copy()
    if isinstance(argument, list | tuple) and not hasattr(argument, "_fields"):
        return tuple(_copied(item) for item in argument)
    if hasattr(argument, "valued_weight"):
        names = argument.__slots__
        return replace(argument, **{name: _copied(getattr(argument, name)) for name in names})
    return argument


def _arrays(given: Sequence[Any]) -> list[Any]:
    """Every column with one element a world among the arguments of a column form."""
    found: list[Any] = []
    for argument in given:
        if type(argument).__module__ == "numpy" and getattr(argument, "ndim", 0) == 1:
            found.append(argument)
        elif isinstance(argument, list | tuple):
            found += _arrays(argument)
        elif hasattr(argument, "valued_weight"):
            found += _arrays([getattr(argument, name) for name in argument.__slots__])
    return found


def _listing(function: Callable[..., Any]) -> Callable[..., tuple[Any, ...]]:
    """The function with its generator run to the end, inside the guard."""
    return lambda *arguments: tuple(function(*arguments))


def _anything(*_given: Any) -> str:  # noqa: ANN401 - of any type
    return ""


def _wrong(wanted: type) -> Callable[[Any], str]:
    def wrong(value: Any) -> str:  # noqa: ANN401 - whatever the plugin gave
        right = isinstance(value, wanted) and (wanted is bool or not isinstance(value, bool))
        return "" if right else f"{type(value).__name__} instead of {wanted.__name__}"

    return wrong


def _wrong_number(value: Any) -> str:  # noqa: ANN401 - whatever the plugin gave
    if value is None:
        return ""
    if type(value) is not int:
        return f"not an exact number: {value!r:.40} ({type(value).__name__})"
    return "" if abs(value) < _LARGEST else "a number beyond what is counted exactly"


def _wrong_interval(value: Any) -> str:  # noqa: ANN401 - whatever the plugin gave
    right = isinstance(value, tuple) and len(value) == 2 and {type(end) for end in value} == {int}
    return "" if right else f"not two whole numbers: {value!r:.40}"


def _wrong_texts(value: Any) -> str:  # noqa: ANN401 - whatever the plugin gave
    return "" if all(isinstance(text, str) for text in value) else "not a list of texts"


def _wrong_options(value: Any) -> str:  # noqa: ANN401 - whatever the plugin gave
    pairs = all(isinstance(pair, tuple) and len(pair) == 2 for pair in value)
    right = pairs and all(isinstance(option, str) for option, _texts in value)
    return "" if right else "not a list of options with their texts"


def _wrong_columns(types: tuple[str, ...], lengths: set[int], value: Any) -> str:  # noqa: ANN401
    """What is wrong with columns: their number, their types, their length."""
    if not isinstance(value, tuple) or len(value) != len(types):
        return f"{len(types)} columns are wanted"
    for column, wanted in zip(value, types, strict=True):
        found = str(getattr(column, "dtype", type(column).__name__))
        if found != wanted:
            return f"not a column of {wanted}: {found}"
        if column.ndim != 1 or (len(column) not in {1, max(lengths, default=1)}):
            return f"a column of shape {column.shape} for {max(lengths, default=1)} worlds"
    return ""
