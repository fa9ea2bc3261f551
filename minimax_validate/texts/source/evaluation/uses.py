"""What becomes of the container that a variable is bound to, where the variable is used."""

from __future__ import annotations

from typing import Literal

from minimax_validate.texts.source.evaluation.paths import path_of
from minimax_validate.texts.source.syntax import Call, Handle, Syntax

_LONGEST = 120
_MOST_ALIASES = 8

Outcome = Literal["read", "grown", "changed"]
"""It stays as it is, something is put at its end, or it may change."""


def outcome_of(syntax: Syntax, handle: Handle, seen: set[object]) -> Outcome:
    """Whether a use of a container leaves it as it is, or puts something at its end, or may change it."""
    inside = False
    for _ in range(_LONGEST):
        flow = syntax.flow(handle)
        match flow.kind:
            case "read":
                return "read"
            case "up" | "spread" | "member":
                handle, inside = flow.to, True
            case "method":
                if flow.name in syntax.reading:
                    return "read"
                return "grown" if flow.name in syntax.growing and not inside else "changed"
            case "argument":
                return "read" if _is_pure(syntax, flow.to) else "changed"
            case "alias":
                return _alias(syntax, flow.to, seen)
            case _:
                return "changed"
    return "changed"


def _alias(syntax: Syntax, name: Handle, seen: set[object]) -> Outcome:
    binding = syntax.binding(name)
    if binding is None or binding.value is None or binding.identity in seen or len(seen) > _MOST_ALIASES:
        return "changed"
    seen.add(binding.identity)
    outcomes = {outcome_of(syntax, use, seen) for use in binding.uses}
    return "read" if outcomes <= {"read"} else "changed"


def _is_pure(syntax: Syntax, call: Handle) -> bool:
    view = syntax.view(call)
    if not isinstance(view, Call):
        return True  # a method of texts, of which no more is known than that it gives a text
    path = path_of(syntax, view.callee)
    return bool(path) and (path[-1] in syntax.pure or ".".join(path[-2:]) in syntax.pure)
