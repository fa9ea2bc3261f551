"""Requests by what they say: objects and keywords with our model and messages, wherever they stand."""

from __future__ import annotations

from minimax_validate.source_code.values import Node, Object
from minimax_validate.texts.source.evaluation.paths import path_of
from minimax_validate.texts.source.sites.given_away import as_part, for_any_gateway
from minimax_validate.texts.source.sites.known import LEFT_OUT
from minimax_validate.texts.source.sites.recipients import recipient_of, recipient_of_keywords
from minimax_validate.texts.source.sites.requests import model_of
from minimax_validate.texts.source.sites.search import Search
from minimax_validate.texts.source.sites.shapes import is_in_chat_format, is_like_request
from minimax_validate.texts.source.syntax import Call, Handle

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
    if model_of(body) != "ours":
        return
    if search.syntax.is_compared(handle) or (path and path[-1] in _OF_AI_SDK) or not is_like_request(body):
        return
    recipient = (
        recipient_of_keywords(search.syntax, view) if isinstance(view, Call) else recipient_of(search.syntax, handle)
    )
    if recipient == "function" and search.syntax.is_in_test(handle):
        return  # a function that is tested gets requests to mend or to refuse, too
    match recipient:
        case "part":
            return
        case "changed":
            search.skipped.unread += 1
        case "function" if is_in_chat_format(body):
            # It may put a system prompt before the messages, or set what is not given.
            search.add(for_any_gateway(as_part(body, path[-1] if path else "")), span, "ours")
        case "service" | "away" | "nobody":
            search.add(for_any_gateway(body), span, "ours")


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
