"""Requests by what they say: objects and keywords with our model and messages, wherever they stand."""

from __future__ import annotations

from minimax_validate.source_code.values import Node, Object
from minimax_validate.texts.source.evaluation.paths import path_of
from minimax_validate.texts.source.models import named
from minimax_validate.texts.source.sites.known import CREATORS, LEFT_OUT, POSTERS
from minimax_validate.texts.source.sites.search import Search
from minimax_validate.texts.source.sites.shapes import entry_of, for_any_gateway, has_conversation, is_like_request
from minimax_validate.texts.source.syntax import Call, Handle, Unknown, View

_OF_AI_SDK = frozenset(
    {
        "generateText", "streamText", "generateObject", "streamObject", "useChat", "Agent", "ToolLoopAgent",
        "createAgent", "embed", "setState", "useState", "update", "insert", "values", "dispatch", "save", "log",
    }
)  # fmt: skip
"""Functions that take another request than the provider, or keep one."""


def find_object(search: Search, handle: Handle) -> None:
    """Look at an object, or at the keywords of a call: with our model and messages it is a request."""
    view = search.syntax.view(handle)
    span = search.syntax.span(handle)
    if isinstance(view, Call):
        body: Node = search.evaluator.keywords(view, span, LEFT_OUT, "extra_body")
        path = path_of(search.syntax, view.callee)
    else:
        body, path = search.evaluator.value(handle), _callee_around(search, handle)
    if not isinstance(body, Object) or search.is_taken(span):
        return
    model = entry_of(body, "model")
    if model is None or named(model.value) != "ours" or not has_conversation(body):
        return
    if search.syntax.is_compared(handle) or (path and path[-1] in _OF_AI_SDK) or not is_like_request(body):
        return
    if _is_for_others(search, handle, view, set()):
        return
    search.add(for_any_gateway(body), span, "ours")


def _is_for_others(search: Search, handle: Handle, view: View, seen: set[object]) -> bool:
    """Whether a request is given to a function of which nobody knows what requests it takes."""
    if isinstance(view, Call):
        return path_of(search.syntax, view.callee)[-1:] not in [(name,) for name in CREATORS]
    for _ in range(40):
        flow = search.syntax.flow(handle)
        if flow.kind == "up":
            handle = flow.to
        elif flow.kind == "argument":
            call = search.syntax.view(flow.to)
            path = path_of(search.syntax, call.callee) if isinstance(call, Call) else ()
            if ".".join(path[-2:]) in ("JSON.stringify", "json.dumps") or path[-1:] == ("to_js",):
                handle = flow.to
            else:
                return path[-1:] not in [(name,) for name in CREATORS | POSTERS | {"run"}]
        elif flow.kind == "alias":
            binding = search.syntax.binding(flow.to)
            if binding is None or binding.identity in seen or len(seen) > 8:
                return binding is not None
            seen.add(binding.identity)
            return any(_is_for_others(search, use, Unknown(), seen) for use in binding.uses)
        else:
            return False
    return True


def _callee_around(search: Search, handle: Handle) -> tuple[str, ...]:
    around = search.syntax.around(handle)
    for _ in range(3):
        if around is None:
            return ()
        view = search.syntax.view(around)
        if isinstance(view, Call):
            return path_of(search.syntax, view.callee)
        around = search.syntax.around(around)
    return ()
