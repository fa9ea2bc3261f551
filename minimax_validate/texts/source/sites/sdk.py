"""Requests that an SDK sends, as in ``client.chat.completions.create(model=..., messages=...)``."""

from __future__ import annotations

from minimax_validate.source_code.values import Node, Object
from minimax_validate.texts.source.models import is_cloudflare, named
from minimax_validate.texts.source.sites.known import LEFT_OUT
from minimax_validate.texts.source.sites.search import Search
from minimax_validate.texts.source.sites.shapes import entry_of, for_any_gateway, has_conversation
from minimax_validate.texts.source.syntax import Call, Handle, Name
from minimax_validate.texts.spans import Span

_MESSAGES = "messages"
"""What the calls of Anthropic's SDKs stand on, as in ``client.messages.create(...)``."""


def find_create(search: Search, handle: Handle, view: Call, path: tuple[str, ...]) -> None:
    """Look at a call of ``create`` and the like: its options or keywords are the request."""
    if path[-2] == _MESSAGES:
        _skip_messages(search, handle, view)
        return
    if path[-2] != "completions" and not any(argument.keyword == "messages" for argument in view.arguments):
        return
    span = search.syntax.span(handle)
    body = _body_of_call(search, view, span)
    if not isinstance(body, Object):
        return
    model = entry_of(body, "model")
    if model is None or not has_conversation(body):
        return
    kind = named(model.value)
    is_of_cloudflare = _is_of_cloudflare(search, view.callee)
    is_here = kind == "ours" or is_of_cloudflare
    if kind == "ours" or (is_here and kind in ("near", "unknown")):
        if kind == "unknown":
            search.skipped.unknown += 1
        search.take(body)
        search.add(body if is_of_cloudflare else for_any_gateway(body), span, kind)
    elif is_here:
        search.skipped.others += 1
        search.take(body)


def _skip_messages(search: Search, handle: Handle, view: Call) -> None:
    """Count a request for our model in the Messages format of Anthropic, which is no chat request."""
    body = _body_of_call(search, view, search.syntax.span(handle))
    model = entry_of(body, "model") if isinstance(body, Object) else None
    if isinstance(body, Object) and model is not None and named(model.value) == "ours" and has_conversation(body):
        search.take(body)
        search.skipped.unread += 1


def _body_of_call(search: Search, view: Call, span: Span) -> Node | None:
    if any(argument.keyword is not None for argument in view.arguments):
        return search.evaluator.keywords(view, span, LEFT_OUT, "extra_body")
    if view.arguments and not view.arguments[0].is_spread:
        return search.evaluator.value(view.arguments[0].value)
    return None


def _is_of_cloudflare(search: Search, callee: Handle) -> bool:
    """Whether the client that a method is of was made with Cloudflare's address, as far as the file tells."""
    root = callee
    for _ in range(20):
        view = search.syntax.view(root)
        if isinstance(view, Name):
            binding = search.syntax.binding(root)
            return binding is not None and binding.value is not None and _is_made_here(search, binding.value)
        inner = getattr(view, "object", None) or getattr(view, "value", None)
        if inner is None:
            return isinstance(view, Call) and _is_made_here(search, root)
        root = inner
    return False


def _is_made_here(search: Search, handle: Handle) -> bool:
    view = search.syntax.view(handle)
    if not isinstance(view, Call):
        return False
    for argument in view.arguments:
        if argument.keyword == "base_url":
            return is_cloudflare(search.evaluator.value(argument.value))
    options = search.evaluator.value(view.arguments[0].value) if view.arguments else None
    base = entry_of(options, "baseURL") if isinstance(options, Object) else None
    return base is not None and is_cloudflare(base.value)
