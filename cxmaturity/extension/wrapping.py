"""Kinds, methods and functions of plugins, made safe to score with.

What fails, or gives something else than an exact number, gives nothing and is noted: what depends
on it is "not scored", never a silent number.  Built-in records are used as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from cxmaturity.errors import PluginError
from cxmaturity.extension.host import BUILT_IN, Host, Plugin
from cxmaturity.hookspecs import Combiner, Function, Interval, QuestionKind, Registry


class FailedLevelError(Exception):
    """A plugin's kind could not give a level; the engine leaves what depends on it unscored."""


def registry_of(host: Host) -> Registry:
    """The kinds, methods and functions of everything that is loaded."""
    return Registry(
        {name: _kind(host, *owned) for name, owned in host.records("cxm_question_kinds").items()},
        {name: _combiner(host, *owned) for name, owned in host.records("cxm_combiners").items()},
        {name: _function(host, *owned) for name, owned in host.records("cxm_functions").items()},
    )


def _is_built_in(plugin: Plugin) -> bool:
    return plugin.candidate.distribution == BUILT_IN


def _kind(host: Host, kind: QuestionKind, plugin: Plugin) -> QuestionKind:
    if _is_built_in(plugin):
        return kind

    def read(settings: Any, scale: Interval, raw: object) -> object:  # noqa: ANN401
        def call() -> tuple[object, str]:
            try:
                return kind.read(settings, scale, raw), ""
            except ValueError as error:
                return None, str(error) or kind.summary

        outcome = host.guard.call(plugin.name, kind.name, call)
        if outcome.value is None:
            host.note(plugin.name, f"{kind.name}.read: {outcome.reason}")
            raise FailedLevelError(kind.name)
        answer, refused = outcome.value
        if refused:
            raise ValueError(refused)
        return answer

    def level(settings: Any, scale: Interval, answer: Any) -> int | None:  # noqa: ANN401
        assert kind.level is not None  # noqa: S101 - only wrapped where there is one
        outcome = host.guard.call(
            plugin.name,
            kind.name,
            lambda: (kind.level(settings, scale, answer),),  # type: ignore[misc]
        )
        value = outcome.value[0] if outcome.value else None
        if outcome.reason or not (value is None or _is_exact(value)):
            reason = outcome.reason or f"not an exact number: {type(value).__name__}"
            host.note(plugin.name, f"{kind.name}.level: {reason}")
            raise FailedLevelError(kind.name)
        return value

    return replace(kind, read=read, level=None if kind.level is None else level)


def _is_exact(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _combiner(host: Host, combiner: Combiner, plugin: Plugin) -> Combiner:
    if _is_built_in(plugin):
        return combiner

    def safe(function: Callable[..., Any] | None) -> Callable[..., int | None] | None:
        if function is None:
            return None

        def scalar(*arguments: Any) -> int | None:  # noqa: ANN401 - the method's own
            copies = [_frozen(argument) for argument in arguments]
            return _number(host, plugin, combiner.name, lambda: function(*copies))

        return scalar

    return replace(
        combiner,
        scalar=safe(combiner.scalar),
        columns=_columns(host, plugin, combiner.name, combiner.columns),
    )


def _function(host: Host, function: Function, plugin: Plugin) -> Function:
    if _is_built_in(plugin):
        return function

    def scalar(*arguments: int) -> int | None:
        return _number(host, plugin, function.name, lambda: function.scalar(*arguments))

    columns = _columns(host, plugin, function.name, function.columns)
    return replace(function, scalar=scalar, columns=columns)


def _columns(
    host: Host, plugin: Plugin, name: str, columns: Callable[..., Any] | None
) -> Callable[..., Any] | None:
    """The column form on copies of its inputs; a failure stops the batch, never a wrong number."""
    if columns is None:
        return None

    def safe(*arguments: Any) -> Any:  # noqa: ANN401 - NumPy columns in and out
        import numpy as np

        copies = [a.copy() if isinstance(a, np.ndarray) else _frozen(a) for a in arguments]
        outcome = host.guard.call(plugin.name, f"{name}, columns", lambda: columns(*copies))
        reason = outcome.reason or _wrong_columns(outcome.value)
        if reason:
            host.note(plugin.name, f"{name}, columns: {reason}")
            raise PluginError(host.failures[-1])
        return outcome.value

    return safe


def _wrong_columns(value: Any) -> str:  # noqa: ANN401 - whatever the plugin gave
    import numpy as np

    columns = value if isinstance(value, tuple) else (value,)
    kinds = [getattr(column, "dtype", None) for column in columns]
    return "" if kinds[:1] == [np.dtype("int64")] else f"not a column of whole numbers: {kinds}"


def _frozen(argument: Any) -> Any:  # noqa: ANN401 - lists become tuples, nothing else changes
    is_list = isinstance(argument, Sequence) and not isinstance(argument, str)
    return tuple(argument) if is_list else argument


def _number(host: Host, plugin: Plugin, name: str, call: Callable[[], Any]) -> int | None:
    outcome = host.guard.call(plugin.name, name, lambda: (call(),))
    value = outcome.value[0] if outcome.value else None
    if outcome.reason:
        host.note(plugin.name, f"{name}: {outcome.reason}")
        return None
    if value is not None and not _is_exact(value):
        host.note(plugin.name, f"{name}: not an exact number: {type(value).__name__}")
        return None
    return value
