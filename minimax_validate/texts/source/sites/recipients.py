"""Who gets an object that looks like a request, as far as the file says."""

from __future__ import annotations

from typing import Literal

from minimax_validate.texts.source.evaluation.paths import path_of
from minimax_validate.texts.source.evaluation.uses import outcome_of
from minimax_validate.texts.source.sites.known import CREATORS, POSTERS
from minimax_validate.texts.source.syntax import Call, Handle, Syntax

Recipient = Literal["service", "function", "away", "nobody", "part", "changed"]
"""A service; a function that nobody knows; somebody in another file; nobody in sight; another object, which may have
other values for its keys; or it may be changed before it is sent."""

_SENDERS = CREATORS | POSTERS | {"run"}
_FARTHEST = 40
_MOST_ALIASES = 8


def recipient_of(syntax: Syntax, handle: Handle) -> Recipient:
    """Who gets what is written there."""
    return _recipient(syntax, handle, set())


def recipient_of_keywords(syntax: Syntax, call: Call) -> Recipient:
    """Who gets the keywords of a call."""
    return "service" if path_of(syntax, call.callee)[-1:] in [(name,) for name in CREATORS] else "function"


def _recipient(syntax: Syntax, handle: Handle, seen: set[object]) -> Recipient:
    for _ in range(_FARTHEST):
        flow = syntax.flow(handle)
        match flow.kind:
            case "up":
                handle = flow.to
            case "argument":
                call = syntax.view(flow.to)
                path = path_of(syntax, call.callee) if isinstance(call, Call) else ()
                if ".".join(path[-2:]) in ("JSON.stringify", "json.dumps") or path[-1:] == ("to_js",):
                    handle = flow.to
                else:
                    return "service" if path and path[-1] in _SENDERS else "function"
            case "alias":
                return _of_variable(syntax, flow.to, seen)
            case "spread":
                return "part"
            case "read":
                return "nobody"
            case "leak":
                return "away"
            case _:
                return "nobody" if outcome_of(syntax, handle, set()) == "read" else "changed"
    return "changed"


def _of_variable(syntax: Syntax, name: Handle, seen: set[object]) -> Recipient:
    """Who gets the value of a variable; where there are several, those before may change it."""
    binding = syntax.binding(name)
    if binding is None or binding.identity in seen or len(seen) > _MOST_ALIASES:
        return "changed"
    seen.add(binding.identity)
    found = [_recipient(syntax, use, seen) for use in binding.uses]
    if "changed" in found:
        return "changed"
    strangers = [one for one in found if one in ("function", "away")]
    if not strangers:
        return next((one for one in ("service", "part") if one in found), "nobody")
    return strangers[0] if len(strangers) == 1 and "service" not in found else "changed"
