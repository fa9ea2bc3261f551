"""Open bodies of requests that are texts of JSON inside strings: pointers go on inside of them, and so do places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from minimax_validate.request.envelope import is_for_another_endpoint, is_sent_as_request
from minimax_validate.texts.document import ABSENT, Document, Fault, Source, Walk
from minimax_validate.texts.json.places import locate_json
from minimax_validate.texts.readers.json_document import read_json
from minimax_validate.texts.spans import JSON_STRING, Locate, Span, Wanted
from minimax_validate.values.pointer import Pointer

_STRING = re.compile(JSON_STRING, re.DOTALL)
_MESSAGES = re.compile(r'\A\s*+\{.*?"messages"\s*+:\s*+\[', re.DOTALL)
_TURNS = re.compile(r'"(?:role|model)"\s*+:')
_VARIABLE = re.compile(r"\{\{|\{%|\$|\A<.*>\Z")
_GAP = re.compile(r"\{\{|\{%|<[%\w]|\$|\.\.|…")

Unquote = Callable[[str, Span, str], Callable[[int], int] | None]
"""For the span of a string in a text, and what it spells: where each code point of that stands, and its end.

None where nobody knows.
"""


@dataclass(frozen=True, slots=True)
class Body:
    """A body that is a text: where it stands, what it says, and the address that it goes to, if that is known.

    ``is_spelled`` says whether its characters stand in the file as they are, ``may_be_cut`` whether it may be the
    beginning of what was sent. One of a client ``is_to_be_filled``: it has variables, and may have comments.
    """

    pointer: Pointer
    text: str
    url: str | None = None
    is_spelled: bool = True
    is_to_be_filled: bool = False
    may_be_cut: bool = False


def with_bodies(document: Document, found: Iterable[Body | Pointer], unquote: Unquote) -> Document:
    """A document with those bodies opened that are chat requests, which are all that is to be checked of it then.

    The value has them in the place of their texts. A pointer among them is that of a body that is no text. What a body
    says was sent or is to be sent as it is: nothing is rewritten. One that is no JSON and was certainly meant as a chat
    request is told, on a walk too.
    """
    value, requests, bodies, faults = document.value, [], {}, list(document.faults)
    walk = document.walk
    for body in found:
        if not isinstance(body, Body):
            requests.append(body)
            continue
        inside = _read(body)
        if inside.value is ABSENT:
            if not is_broken_request(body, inside):
                continue
            walk = Walk.TELLS
        elif is_request_body(body, inside.value):
            said = without_variables(inside.value) if body.is_to_be_filled else inside.value
            value = _with(value, body.pointer, said)
            requests += ((*body.pointer, *pointer) for pointer in inside.requests)
            bodies[body.pointer] = body, inside.source.text
        else:
            continue
        faults += (_moved(fault, body, document, unquote) for fault in inside.faults)
    return replace(
        document,
        value=value,
        faults=tuple(faults),
        requests=tuple(requests),
        rewriter=None,
        walk=walk,
        locate=_inside(document.locate, bodies, unquote) if bodies else document.locate,
    )


def is_request_body(body: Body, value: object) -> bool:
    """Whether what a body says is a chat request, or several, and goes where those are taken."""
    return is_sent_as_request(value, body.url)


def without_variables(value: object) -> object:
    """What a body says without a ``model`` that a variable stands for: nobody knows which that will be."""
    if isinstance(value, dict) and isinstance(model := value.get("model"), str) and _VARIABLE.search(model):
        return {key: member for key, member in value.items() if key != "model"}
    return value


def is_broken_request(body: Body, inside: Document) -> bool:
    """Whether a body that is no JSON was certainly meant as a chat request.

    It has messages, and it is whole: what has gaps, to be filled by variables or by the reader, is not sent like that.
    """
    return (
        not body.may_be_cut
        and inside.walk is not Walk.PASSES_OVER
        and _MESSAGES.search(body.text) is not None
        and _TURNS.search(body.text) is not None
        and _GAP.search(_STRING.sub('""', body.text)) is None
        and (body.url is None or not is_for_another_endpoint(body.url, None))
    )


def _read(body: Body) -> Document:
    """What a body says; where it may have comments, those are blanks in the text of the document."""
    inside = read_json(Source("", body.text))
    if inside.value is ABSENT and body.is_to_be_filled:
        from minimax_validate.texts.readers.jsonc import without_comments  # few have any

        plain = without_comments(body.text)
        if plain != body.text:
            return read_json(Source("", plain))
    return inside


def _with(value: Any, pointer: Pointer, replacement: object) -> Any:
    """A copy of a value with another one at a pointer; all else is shared."""
    if not pointer:
        return replacement
    copied = list(value) if isinstance(value, list) else dict(value)
    step: Any = pointer[0]
    copied[step] = _with(copied[step], pointer[1:], replacement)
    return copied


def _moved(fault: Fault, body: Body, document: Document, unquote: Unquote) -> Fault:
    """A fault of a body's text, as one of the file's."""
    span = document.locate(document.source.text, [(body.pointer, "value")])[body.pointer, "value"]
    move = _mover(document.source.text, span, body, unquote)
    return Fault(fault.diagnostic.moved(body.pointer), move(fault.span), tuple(map(move, fault.related)))


def _mover(text: str, span: Span, body: Body, unquote: Unquote) -> Callable[[Span], Span]:
    """What turns spans of a body's text into spans of the file.

    All of them into that of the whole body where no more is known.
    """
    offset = unquote(text, span, body.text) if body.is_spelled else None
    if offset is None:
        return lambda _: span

    def move(inner: Span) -> Span:
        start = offset(inner.start)
        if inner.end == inner.start:
            return Span(start, start)
        last, end = offset(inner.end - 1), offset(inner.end)
        # An escape is as long as it is; but what lies between two lines of the file belongs to neither.
        return Span(start, end if "\n" not in text[last:end] else last + 1)

    return move


def _inside(locate: Locate, bodies: Mapping[Pointer, tuple[Body, str]], unquote: Unquote) -> Locate:
    """The ``Locate`` of a file whose pointers go on inside bodies, of which it is given what was read as JSON."""

    def locate_inside(text: str, places: Iterable[Wanted]) -> Mapping[Wanted, Span]:
        outer: list[Wanted] = []
        inner: dict[Pointer, list[Wanted]] = {}
        for place in places:
            pointer, focus = place
            around = next((pointer[:end] for end in range(len(pointer) + 1) if pointer[:end] in bodies), None)
            if around is None:
                outer.append(place)
            else:
                inner.setdefault(around, []).append((pointer[len(around) :], focus))
        found = dict(locate(text, [*outer, *((pointer, "value") for pointer in inner)]))
        for around, wanted in inner.items():
            body, plain = bodies[around]
            move = _mover(text, found[around, "value"], body, unquote)
            for (pointer, focus), span in locate_json(plain, wanted).items():
                found[(*around, *pointer), focus] = move(span)
        return found

    return locate_inside
