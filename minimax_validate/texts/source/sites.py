"""Find where a program asks a chat model: binding calls, calls of SDKs, bodies of HTTP requests, objects."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass, field, replace
from itertools import islice

from minimax_validate.request.features import PARAMETERS
from minimax_validate.source_code.values import (
    Absent,
    Array,
    Choice,
    Entry,
    Hole,
    Known,
    Node,
    Object,
    Rest,
    branches_of,
)
from minimax_validate.texts.source.evaluate import BrokenError, Evaluator, TooMuchError
from minimax_validate.texts.source.models import Named, is_cloudflare, named, named_by_url
from minimax_validate.texts.source.syntax import Argument, Call, Handle, Name, Objects, Syntax, Through, Unknown, View
from minimax_validate.texts.spans import Span
from minimax_validate.values.suggest import nearest

_MOST_CALLS = 20_000
_RECEIVERS = frozenset({"AI", "ai", "hubAI()"})
_LEFT_OUT = frozenset({"account_id", "extra_headers", "extra_query", "timeout", "model_name", "stream_cls"})
_CREATORS = frozenset({"create", "parse", "stream"})
_POSTERS = frozenset({"fetch", "Request", "post", "put", "request"})
_OF_AI_SDK = frozenset(
    {
        "generateText", "streamText", "generateObject", "streamObject", "useChat", "Agent", "ToolLoopAgent",
        "createAgent", "embed", "setState", "useState", "update", "insert", "values", "dispatch", "save", "log",
    }
)  # fmt: skip
"""Functions that take another request than the provider, or keep one."""
_EXTRA = frozenset(
    {
        "model", "seed", "stop", "n", "user", "top_k", "frequency_penalty", "presence_penalty", "repetition_penalty",
        "reasoning_effort", "logprobs", "parallel_tool_calls", "stream_cls", "metadata", "logit_bias", "functions",
    }
)  # fmt: skip
"""Keys of a chat request that the contract does not know, and others do."""


@dataclass(frozen=True, slots=True)
class Site:
    """One request of a program: its value, and the characters of the call or object that it is in.

    ``is_assumed`` where it is not known that the model is ours. ``borrowed`` are values that other places have, too, by
    their identity.
    """

    root: Object
    span: Span
    is_assumed: bool = False
    borrowed: Set[int] = frozenset()


@dataclass(slots=True)
class Skipped:
    """Sites of other models, of unknown ones, and sites that could not be read."""

    others: int = 0
    unknown: int = 0
    unread: int = 0


@dataclass(slots=True)
class Finder:
    """Finds the sites of one program."""

    syntax: Syntax
    skipped: Skipped = field(default_factory=Skipped)
    sites: list[Site] = field(default_factory=list)
    evaluator: Evaluator = field(init=False)
    _taken: set[tuple[int, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.evaluator = Evaluator(self.syntax)

    def find(self) -> list[Site]:
        """The sites in the order of their places; what is skipped is counted."""
        for call in islice(self.syntax.calls(), _MOST_CALLS):
            self._guarded(call, self._call)
        for handle in islice(self.syntax.objects(), _MOST_CALLS):
            self._guarded(handle, self._object)
        self.sites.sort(key=lambda site: site.span)
        return self.sites

    def _guarded(self, handle: Handle, look: Callable[[Handle], None]) -> None:
        before = len(self.sites)
        try:
            look(handle)
            if len(self.sites) > before and self.syntax.is_broken(handle):
                raise BrokenError
        except (TooMuchError, BrokenError, RecursionError):
            del self.sites[before:]
            self.skipped.unread += 1

    def _add(self, root: Object, span: Span, kind: Named) -> None:
        self.sites.append(Site(root, span, kind == "unknown", self.evaluator.borrowed))

    def _call(self, handle: Handle) -> None:
        view = self.syntax.view(handle)
        if not isinstance(view, Call):
            return
        path = self.evaluator.path(view.callee)
        if not path:
            return
        if path[-1] == "run" and len(path) > 1:
            self._run(handle, view, path)
        elif path[-1] in _CREATORS and len(path) > 1:
            self._create(handle, view, path)
        if path[-1] in _POSTERS:
            self._post(handle, view)

    # What runs a model by its binding.

    def _run(self, handle: Handle, view: Call, path: tuple[str, ...]) -> None:
        given = [argument for argument in view.arguments if argument.keyword is None]
        if not given or any(argument.is_spread for argument in given[:2]):
            return
        is_receiver = path[-2] in _RECEIVERS or path[-2].endswith("AI")
        model = self.evaluator.value(given[0].value)
        kind = named(model)
        if kind == "ours" or (kind == "near" and is_receiver):
            pass
        elif is_receiver and (kind == "other" or not isinstance(model, Known | Absent | Array | Object)):
            if kind == "other":
                self.skipped.others += 1
                return
            kind = "unknown"
        else:
            return
        keywords = [argument for argument in view.arguments if argument.keyword is not None]
        span = self.syntax.span(handle)
        if len(given) > 1:
            inputs = self.evaluator.value(given[1].value)
        elif keywords:
            inputs = self.evaluator.keywords(view, span, _LEFT_OUT, "extra_body")
        else:
            return
        inputs = _without(inputs, "account_id")
        if not isinstance(inputs, Object):
            if kind == "unknown":
                self.skipped.unknown += 1
            else:
                self.skipped.unread += 1
            return
        if kind == "unknown":
            self.skipped.unknown += 1
        self._take(inputs)
        # Other models' requests go through the binding, too: one without messages may be for such a model.
        if kind == "unknown" and _entry(inputs, "messages") is None:
            return
        entries = (
            Entry("model", model, key_span=model.span, span=model.span),
            Entry("input", inputs, key_span=inputs.span, span=inputs.span),
        )
        self._add(Object(entries, span), span, kind)

    # What an SDK sends.

    def _create(self, handle: Handle, view: Call, path: tuple[str, ...]) -> None:
        if path[-2] != "completions" and not any(argument.keyword == "messages" for argument in view.arguments):
            return
        span = self.syntax.span(handle)
        body = self._body_of_call(view, span)
        if not isinstance(body, Object):
            return
        model = _entry(body, "model")
        if model is None or not _has_conversation(body):
            return
        kind = named(model.value)
        is_of_cloudflare = self._is_of_cloudflare(view.callee)
        is_here = kind == "ours" or is_of_cloudflare
        if kind == "ours" or (is_here and kind in ("near", "unknown")):
            if kind == "unknown":
                self.skipped.unknown += 1
            self._take(body)
            self._add(body if is_of_cloudflare else _for_any_gateway(body), span, kind)
        elif is_here:
            self.skipped.others += 1
            self._take(body)

    def _body_of_call(self, view: Call, span: Span) -> Node | None:
        if any(argument.keyword is not None for argument in view.arguments):
            return self.evaluator.keywords(view, span, _LEFT_OUT, "extra_body")
        if view.arguments and not view.arguments[0].is_spread:
            return self.evaluator.value(view.arguments[0].value)
        return None

    def _is_of_cloudflare(self, callee: Handle) -> bool:
        """Whether the client that a method is of was made with Cloudflare's address, as far as the file tells."""
        root = callee
        for _ in range(20):
            view = self.syntax.view(root)
            if isinstance(view, Name):
                binding = self.syntax.binding(root)
                return binding is not None and binding.value is not None and self._is_made_here(binding.value)
            inner = getattr(view, "object", None) or getattr(view, "value", None)
            if inner is None:
                return isinstance(view, Call) and self._is_made_here(root)
            root = inner
        return False

    def _is_made_here(self, handle: Handle) -> bool:
        view = self.syntax.view(handle)
        if not isinstance(view, Call):
            return False
        for argument in view.arguments:
            if argument.keyword == "base_url":
                return is_cloudflare(self.evaluator.value(argument.value))
        options = self.evaluator.value(view.arguments[0].value) if view.arguments else None
        base = _entry(options, "baseURL") if isinstance(options, Object) else None
        return base is not None and is_cloudflare(base.value)

    # What is sent over HTTP.

    def _post(self, handle: Handle, view: Call) -> None:
        self._post_to_chat(handle, view)
        url = self._url(view)
        kind = named_by_url(url) if url is not None else None
        if url is None or kind is None:
            return
        body = self._sent(view)
        if kind == "other":
            self.skipped.others += 1
            if isinstance(body, Object):
                self._take(body)
        elif kind == "unknown":
            self.skipped.unknown += 1
        if kind == "other" or not isinstance(body, Object):
            return
        if kind == "unknown" and _entry(body, "messages") is None:
            return
        if kind == "near" and not _is_sure_of_near(url):
            return
        self._take(body)
        self._add(body, self.syntax.span(handle), kind)

    def _post_to_chat(self, handle: Handle, view: Call) -> None:
        """What is sent to Cloudflare's chat interface, where the body names the model."""
        urls = [argument for argument in view.arguments[:2] if argument.keyword in (None, "url")]
        if not any(is_cloudflare(self.evaluator.value(argument.value)) for argument in urls if not argument.is_spread):
            return
        body = self._sent(view)
        model = _entry(body, "model") if isinstance(body, Object) else None
        if model is not None and isinstance(body, Object) and _has_conversation(body):
            kind = named(model.value)
            if kind in ("ours", "near"):
                self._take(body)
                self._add(body, self.syntax.span(handle), kind)

    def _url(self, view: Call) -> Node | None:
        for argument in view.arguments:
            if argument.keyword == "url":
                return self.evaluator.value(argument.value)
        for argument in view.arguments[:2]:
            if argument.keyword is None and not argument.is_spread:
                node = self.evaluator.value(argument.value)
                if named_by_url(node) is not None:
                    return node
        return None

    def _sent(self, view: Call) -> Node | None:
        for argument in view.arguments:
            if argument.keyword in ("json", "data", "content"):
                return self._unpacked(argument)
        for argument in view.arguments[1:]:
            if argument.keyword is not None or argument.is_spread:
                continue
            inner = self._written(argument.value)
            if isinstance(inner, Objects):
                for pair in inner.pairs:
                    if pair.key in ("body", "json", "data") and not pair.is_spread:
                        return self._unpacked(Argument(pair.value))
            node = self._unpacked(argument)
            if isinstance(node, Object) and _may_have(node, "messages"):
                return node
        return None

    def _written(self, handle: Handle) -> View:
        """What an argument is: of a variable that stays as it is, what it is bound to."""
        view = self.syntax.view(handle)
        for _ in range(4):
            if isinstance(view, Through):
                handle = view.value
            elif isinstance(view, Name):
                binding = self.syntax.binding(handle)
                if binding is None or binding.value is None or binding.is_default:
                    return Unknown()
                if not isinstance(self.evaluator.value(handle), Object):
                    return Unknown()
                handle = binding.value
            else:
                return view
            view = self.syntax.view(handle)
        return view

    def _unpacked(self, argument: Argument) -> Node:
        """What a body says: of one that is made into text, the value that it is made of."""
        return self.evaluator.value(self._within(argument.value, 0))

    def _within(self, handle: Handle, depth: int) -> Handle:
        view = self.syntax.view(handle)
        if isinstance(view, Call) and view.arguments and not view.arguments[0].is_spread:
            if ".".join(self.evaluator.path(view.callee)[-2:]) in ("JSON.stringify", "json.dumps"):
                return view.arguments[0].value
        elif isinstance(view, Name) and depth < 3:
            binding = self.syntax.binding(handle)
            if binding is not None and binding.value is not None and not binding.is_default:
                inner = self._within(binding.value, depth + 1)
                return inner if inner is not binding.value else handle
        return handle

    # What is a request by what it says.

    def _object(self, handle: Handle) -> None:
        view = self.syntax.view(handle)
        span = self.syntax.span(handle)
        if isinstance(view, Call):
            body: Node = self.evaluator.keywords(view, span, _LEFT_OUT, "extra_body")
            path = self.evaluator.path(view.callee)
        else:
            body, path = self.evaluator.value(handle), self._callee_around(handle)
        if not isinstance(body, Object) or self._is_taken(span):
            return
        model = _entry(body, "model")
        if model is None or named(model.value) != "ours" or not _has_conversation(body):
            return
        if self.syntax.is_compared(handle) or (path and path[-1] in _OF_AI_SDK) or not _is_like_request(body):
            return
        if self._is_for_others(handle, view, set()):
            return
        self._add(_for_any_gateway(body), span, "ours")

    def _is_for_others(self, handle: Handle, view: View, seen: set[object]) -> bool:
        """Whether a request is given to a function of which nobody knows what requests it takes."""
        if isinstance(view, Call):
            return self.evaluator.path(view.callee)[-1:] not in [(name,) for name in _CREATORS]
        for _ in range(40):
            flow = self.syntax.flow(handle)
            if flow.kind == "up":
                handle = flow.to
            elif flow.kind == "argument":
                call = self.syntax.view(flow.to)
                path = self.evaluator.path(call.callee) if isinstance(call, Call) else ()
                if ".".join(path[-2:]) in ("JSON.stringify", "json.dumps") or path[-1:] == ("to_js",):
                    handle = flow.to
                else:
                    return path[-1:] not in [(name,) for name in _CREATORS | _POSTERS | {"run"}]
            elif flow.kind == "alias":
                binding = self.syntax.binding(flow.to)
                if binding is None or binding.identity in seen or len(seen) > 8:
                    return binding is not None
                seen.add(binding.identity)
                return any(self._is_for_others(use, Unknown(), seen) for use in binding.uses)
            else:
                return False
        return True

    def _callee_around(self, handle: Handle) -> tuple[str, ...]:
        around = self.syntax.around(handle)
        for _ in range(3):
            if around is None:
                return ()
            view = self.syntax.view(around)
            if isinstance(view, Call):
                return self.evaluator.path(view.callee)
            around = self.syntax.around(around)
        return ()

    def _take(self, node: Node) -> None:
        for branch in branches_of(node) if isinstance(node, Choice) else (node,):
            self._taken.add((branch.span[0], branch.span[1]))

    def _is_taken(self, span: Span) -> bool:
        return (span.start, span.end) in self._taken


def _entry(body: Object, key: str) -> Entry | None:
    return next((entry for entry in reversed(body.entries) if isinstance(entry, Entry) and entry.key == key), None)


def _may_have(body: Object, key: str) -> bool:
    return any(isinstance(entry, Rest) or entry.key == key for entry in body.entries)


def _without(node: Node, key: str) -> Node:
    if isinstance(node, Object) and _entry(node, key) is not None:
        return replace(
            node, entries=tuple(entry for entry in node.entries if isinstance(entry, Rest) or entry.key != key)
        )
    return node


def _has_conversation(body: Object) -> bool:
    """Whether an object has messages, or an ``input`` with messages in it; a number of messages is a statistic."""
    messages = _entry(body, "messages")
    if messages is not None:
        return not isinstance(messages.value, Known) or isinstance(messages.value.value, str)
    inputs = _entry(body, "input")
    return inputs is not None and isinstance(inputs.value, Object) and _may_have(inputs.value, "messages")


def _is_like_request(body: Object) -> bool:
    """Whether an object that stands anywhere is a request, and not the state of a program, or a row of a table.

    All its keys are those of a request, or nearly so, and its messages are turns.
    """
    inputs = _entry(body, "input")
    if _entry(body, "messages") is None and inputs is not None and isinstance(inputs.value, Object):
        return _is_like_request(inputs.value)
    for entry in body.entries:
        if isinstance(entry, Entry) and entry.key not in PARAMETERS and entry.key not in _EXTRA:
            meant = nearest(entry.key, PARAMETERS)
            if meant is None or abs(len(meant) - len(entry.key)) > 2:
                return False
    tools = _entry(body, "tools")
    if tools is not None and isinstance(tools.value, Object | Known):
        return False
    messages = _entry(body, "messages")
    return messages is not None and _are_turns(messages.value)


def _for_any_gateway(body: Object) -> Object:
    """A request of which it is not known who reads it first: keys that a gateway may know are left alone."""
    return replace(
        body, entries=tuple(entry for entry in body.entries if isinstance(entry, Rest) or not _is_foreign(entry.key))
    )


def _is_foreign(key: str) -> bool:
    return key not in PARAMETERS and key not in ("model", "input") and nearest(key, PARAMETERS) is None


def _are_turns(node: Node) -> bool:
    if isinstance(node, Choice):
        return any(_are_turns(branch) for branch in branches_of(node) if not isinstance(branch, Hole | Absent))
    if isinstance(node, Hole):
        return True
    if not isinstance(node, Array) or not node.items:
        return False
    items = [item for item in node.items if not isinstance(item, Rest)]
    return not items or any(isinstance(item.value, Object) and _may_have(item.value, "role") for item in items)


def _is_sure_of_near(url: Node) -> bool:
    """Whether an address is Cloudflare's own: behind a gateway, a provider of one's own may have any names."""
    text = url.value if isinstance(url, Known) else "".join(url.fragments) if isinstance(url, Hole) else ""
    return isinstance(text, str) and "api.cloudflare.com" in text
