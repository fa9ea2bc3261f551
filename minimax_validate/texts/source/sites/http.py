"""Requests that are sent over HTTP, as in ``fetch(url, {body: JSON.stringify(...)})``."""

from __future__ import annotations

from minimax_validate.source_code.values import Hole, Known, Node, Object
from minimax_validate.texts.source.evaluation.paths import path_of
from minimax_validate.texts.source.models import is_cloudflare, is_of_messages, named_by_url
from minimax_validate.texts.source.sites.entries import entry_of, may_have, objects_in
from minimax_validate.texts.source.sites.messages_format import skip_messages
from minimax_validate.texts.source.sites.requests import inputs_in, model_of, requests_in
from minimax_validate.texts.source.sites.search import Search
from minimax_validate.texts.source.syntax import Argument, Call, Handle, Name, Objects, Through, Unknown, View


def find_post(search: Search, handle: Handle, view: Call) -> None:
    """Look at a call that sends something to an address, whose body may be a request."""
    urls = [argument for argument in view.arguments[:2] if argument.keyword in (None, "url")]
    addresses = [search.evaluator.value(argument.value) for argument in urls if not argument.is_spread]
    if any(map(is_of_messages, addresses)):
        skip_messages(search, _sent(search, view))
        return
    if any(map(is_cloudflare, addresses)):
        _post_to_chat(search, handle, view)
    url = _url(search, view)
    kind = named_by_url(url) if url is not None else None
    if url is None or kind is None:
        return
    body = _sent(search, view)
    if kind == "other":
        search.skipped.others += 1
        if body is not None:
            search.take(body)
        return
    if kind == "unknown":
        search.skipped.unknown += 1
    root = inputs_in(body)
    if body is None or root is None or (kind == "near" and not _is_sure_of_near(url)):
        return
    if kind == "unknown" and isinstance(root, Object) and entry_of(root, "messages") is None:
        return
    search.take(body)
    search.add(root, search.syntax.span(handle), kind)


def _post_to_chat(search: Search, handle: Handle, view: Call) -> None:
    """What is sent to Cloudflare's chat interface, where the body names the model."""
    body = _sent(search, view)
    root = requests_in(body, lambda branch: model_of(branch) in ("ours", "near"))
    if body is not None and root is not None:
        kinds = [model_of(branch) for branch in objects_in(root)]
        search.take(body)
        search.add(root, search.syntax.span(handle), "ours" if "ours" in kinds else "near")


def _url(search: Search, view: Call) -> Node | None:
    for argument in view.arguments:
        if argument.keyword == "url":
            return search.evaluator.value(argument.value)
    for argument in view.arguments[:2]:
        if argument.keyword is None and not argument.is_spread:
            node = search.evaluator.value(argument.value)
            if named_by_url(node) is not None:
                return node
    return None


def _sent(search: Search, view: Call) -> Node | None:
    for argument in view.arguments:
        if argument.keyword in ("json", "data", "content"):
            return _unpacked(search, argument)
    for argument in view.arguments[1:]:
        if argument.keyword is not None or argument.is_spread:
            continue
        inner = _written(search, argument.value)
        if isinstance(inner, Objects):
            for pair in inner.pairs:
                if pair.key in ("body", "json", "data") and not pair.is_spread:
                    return _unpacked(search, Argument(pair.value))
        node = _unpacked(search, argument)
        if requests_in(node, lambda branch: may_have(branch, "messages")) is not None:
            return node
    return None


def _written(search: Search, handle: Handle) -> View:
    """What an argument is: of a variable that stays as it is, what it is bound to."""
    view = search.syntax.view(handle)
    for _ in range(4):
        if isinstance(view, Through):
            handle = view.value
        elif isinstance(view, Name):
            binding = search.syntax.binding(handle)
            if binding is None or binding.value is None or binding.is_default:
                return Unknown()
            if not isinstance(search.evaluator.value(handle), Object):
                return Unknown()
            handle = binding.value
        else:
            return view
        view = search.syntax.view(handle)
    return view


def _unpacked(search: Search, argument: Argument) -> Node:
    """What a body says: of one that is made into text, the value that it is made of."""
    return search.evaluator.value(_within(search, argument.value, 0))


def _within(search: Search, handle: Handle, depth: int) -> Handle:
    view = search.syntax.view(handle)
    if isinstance(view, Call) and view.arguments and not view.arguments[0].is_spread:
        if ".".join(path_of(search.syntax, view.callee)[-2:]) in ("JSON.stringify", "json.dumps"):
            return view.arguments[0].value
    elif isinstance(view, Name) and depth < 3:
        binding = search.syntax.binding(handle)
        if binding is not None and binding.value is not None and not binding.is_default:
            inner = _within(search, binding.value, depth + 1)
            return inner if inner is not binding.value else handle
    return handle


def _is_sure_of_near(url: Node) -> bool:
    """Whether an address is Cloudflare's own: behind a gateway, a provider of one's own may have any names."""
    text = url.value if isinstance(url, Known) else "".join(url.fragments) if isinstance(url, Hole) else ""
    return isinstance(text, str) and "api.cloudflare.com" in text
