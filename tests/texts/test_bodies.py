"""Bodies of requests that are texts: which are opened, what is said of them, and where their characters are."""

from __future__ import annotations

import base64
import json
from io import BytesIO
from typing import Any

import pytest

from minimax_validate import Validator
from minimax_validate.texts.checked import Checked, check_document
from minimax_validate.texts.document import ABSENT, Document, Source, Walk
from minimax_validate.texts.json.places import string_offsets
from minimax_validate.texts.placed import spanned
from minimax_validate.texts.readers import read
from minimax_validate.texts.readers.bodies import Body, is_broken_request, with_bodies, without_variables
from minimax_validate.texts.readers.json_document import read_json
from minimax_validate.texts.spans import Span, Wanted

GOOD: dict[str, Any] = {"messages": [{"role": "user", "content": "Hi"}]}
BAD: dict[str, Any] = {"messages": [{"role": "user", "content": None}], "max_tokens": 0}
CHAT = "https://a/v1/chat/completions"
BROKEN = '{"messages": [{"role": "user", "content": "Hi"},, "n": 1}'


def one(value: object, name: str = "a.json") -> Document:
    """The document of a value."""
    (document,) = read(name, BytesIO(json.dumps(value).encode()))
    return document


def told(document: Document) -> list[tuple[str, str]]:
    """The codes of what is found, and the characters that it stands at."""
    text = document.source.text
    checked = Checked(document, check_document(Validator(), document))
    return sorted((each.diagnostic.code, text[slice(*each.span)]) for each in spanned(checked))


def cassette(body: object, **more: object) -> dict[str, Any]:
    """A recording of one call."""
    return {"interactions": [{"request": {"uri": CHAT, "body": body, **more}}]}


@pytest.mark.parametrize(
    ("model", "is_known"),
    [
        ("minimax/m2.7", True),
        ("<minimax>/m2.7", True),
        ("{{model}}", False),
        ("a/{% raw %}", False),
        ("$MODEL", False),
        ("a-${B}", False),
        ("<your model>", False),
        (["{{model}}"], True),
        (None, True),
    ],
)
def test_models_that_a_variable_stands_for(model: object, is_known: bool) -> None:
    """Nobody knows which it will be, and so it is none; all else stays."""
    value = {"model": model, "n": "{{n}}"}
    assert without_variables(value) == (value if is_known else {"n": "{{n}}"})
    assert without_variables([value]) == [value]


@pytest.mark.parametrize(
    ("text", "is_broken"),
    [
        (BROKEN, True),
        (' \n{"n": 1, "messages" : [{"role" :"user"}', True),
        ('{"model": "m", "messages": [5,,]}', True),
        (BROKEN.replace("Hi", "a {{ b }} $c ... … <d> {% e %}"), True),
        (BROKEN.replace('"role"', '"rule"'), False),
        (BROKEN.replace('"messages"', '"message"'), False),
        (BROKEN.replace("[", "{", 1), False),
        (f"[{BROKEN}", False),
        (f'"{BROKEN}', False),
        (BROKEN.replace(",,", ", {{ rest }}"), False),
        (BROKEN.replace(",,", ", {% rest %}"), False),
        (BROKEN.replace(",,", ", $REST"), False),
        (BROKEN.replace(",,", ", <rest>"), False),
        (BROKEN.replace(",,", ", <%= rest %>"), False),
        (BROKEN.replace(",,", ", ..."), False),
        (BROKEN.replace(",,", ", …"), False),
        (BROKEN.replace(",,", ",, < "), True),
    ],
)
def test_texts_that_were_meant_as_a_request(text: str, is_broken: bool) -> None:
    """They have messages and are whole: what has gaps is not sent as it is, but prompts may say what they like."""
    inside = read_json(Source("", text))
    assert inside.value is ABSENT
    assert is_broken_request(Body((), text), inside) is is_broken
    assert is_broken_request(Body((), text, CHAT), inside) is is_broken
    assert not is_broken_request(Body((), text, "/v1/embeddings"), inside)
    assert not is_broken_request(Body((), text, may_be_cut=True), inside)


def test_templates_are_no_broken_requests() -> None:
    """What is to be rendered is not sent as it is."""
    text = '{"messages": [{"role": "user", "content": "{{ b["c"] }}"}]}'
    inside = read_json(Source("", text))
    assert inside.walk is Walk.PASSES_OVER
    assert not is_broken_request(Body((), text), inside)


@pytest.mark.parametrize("escape", [True, False])
@pytest.mark.parametrize("how", [{}, {"indent": 1}, {"separators": (",", ":")}])
def test_places_go_on_inside_of_a_body(escape: bool, how: dict[str, Any]) -> None:
    """Each pointer leads to its characters, in the body and beside it."""
    body = json.dumps({**BAD, "é\n": ["a\tb", 5]}, ensure_ascii=False, **how)
    text = json.dumps(cassette(body), ensure_ascii=escape)
    (document,) = read("a.json", BytesIO(text.encode()))
    at = ("interactions", 0, "request", "body")
    wanted: list[Wanted] = [
        (at, "value"), (at, "key"), ((*at, "max_tokens"), "value"), ((*at, "max_tokens"), "key"),
        ((*at, "é\n", 1), "value"), ((*at, "messages"), "opening"), ((*at, "none"), "value"), (at[:-1], "opening"),
        ((*at[:-1], "uri"), "key"), ((*at[:-1], "uri"), "value"), (("none",), "value"),
    ]  # fmt: skip
    found = document.locate(text, wanted)
    said = [text[slice(*found[place])] for place in wanted]
    whole = json.dumps(body, ensure_ascii=escape)[1:-1]
    assert said[:4] == [whole, whole, "0", '\\"max_tokens\\"']
    assert said[4:8] == ["5", "[", whole, "{"]
    assert said[8:] == ['"uri"', f'"{CHAT}"', text]


def test_findings_of_reading_stand_in_the_body() -> None:
    """A key that is given twice has both of its places there, and one in the file its own."""
    body = json.dumps(BAD)[:-1] + ', "max_tokens": 0}'
    text = json.dumps(cassette(body, a=1)).replace('"a": 1', '"a": 1, "a": 2')
    (document,) = read("a.json", BytesIO(text.encode()))
    outer, inner = document.faults
    assert [text[slice(*fault.span)] for fault in (outer, inner)] == ['"a"', '\\"max_tokens\\"']
    assert [text[slice(*fault.related[0])] for fault in (outer, inner)] == ['"a"', '\\"max_tokens\\"']
    assert inner.diagnostic.pointer == ("interactions", 0, "request", "body", "max_tokens")
    assert inner.related[0].start < inner.span.start


def test_a_broken_body_is_told_at_its_character_and_on_a_walk() -> None:
    """Also if it ends too soon: the place is empty there."""
    document = one(cassette(BROKEN))
    assert told(document) == [("MM001", ",")]
    assert document.walk is Walk.TELLS
    assert document.requests == ()
    cut = one(cassette(BROKEN[: BROKEN.index(",,")]))
    (fault,) = cut.faults
    assert fault.span.start == fault.span.end
    assert cut.source.text[fault.span.start] == '"'
    assert [cut.source.text[slice(*span)] for span in fault.related] == ["["]


def test_what_is_packed_is_at_the_whole_body() -> None:
    """No character of it stands in the file."""
    packed = base64.b64encode(json.dumps(BAD).encode()).decode()
    document = one({"http_interactions": [{"request": {"body": {"base64_string": packed}}}]})
    assert told(document) == [("MM105", f'"{packed}"'), ("MM110", f'"{packed}"')]
    broken = base64.b64encode(BROKEN.encode()).decode()
    document = one({"http_interactions": [{"request": {"body": {"base64_string": broken}}}]})
    assert told(document) == [("MM001", f'"{broken}"')]


@pytest.mark.parametrize("value", [5, None, {}, [GOOD], True, "é", "a", "===", "YQ=="])
def test_what_is_packed_may_be_anything(value: object) -> None:
    """What is no text, or unpacks to none, is no request."""
    document = one({"http_interactions": [{"request": {"body": {"base64_string": value}}}]})
    assert len(document.requests) == (1 if value == [GOOD] else 0)


@pytest.mark.parametrize(
    ("body", "is_request"),
    [(json.dumps(GOOD), True), ("{}", False), (" {} ", False), ("", False), ("[]", False), ("5", False), (GOOD, True), ({}, False)],
)  # fmt: skip
def test_bodies_that_are_requests(body: object, is_request: bool) -> None:
    """Empty ones are none, whatever their address."""
    document = one(cassette(body))
    assert len(document.requests) == is_request
    assert [fault.diagnostic.message for fault in document.faults] == (
        [] if is_request else ["the recording contains no chat request"]
    )


def test_bodies_of_several_requests() -> None:
    """Each of them is one to check, in a text or as a value."""
    for bundle in ({"requests": [GOOD, BAD]}, json.dumps({"requests": [GOOD, BAD]})):
        document = one(cassette(bundle))
        at = ("interactions", 0, "request", "body", "requests")
        assert document.requests == ((*at, 0), (*at, 1))
        assert told(document) == [("MM105", "0"), ("MM110", "null")]


def test_the_value_of_a_file_is_not_changed() -> None:
    """The bodies are opened in a copy, and what is beside them is the same."""
    text = json.dumps({"a": {"b": [1, json.dumps(GOOD), 2]}, "c": [3]})
    document = read_json(Source("a.json", text))
    body = Body(("a", "b", 1), json.dumps(GOOD))
    opened = with_bodies(document, [body, ("c",)], string_offsets)
    assert opened.value == {"a": {"b": [1, GOOD, 2]}, "c": [3]}
    assert document.value == json.loads(text)
    assert opened.requests == (("a", "b", 1), ("c",))
    assert opened.rewriter is None
    assert with_bodies(document, [Body(("c",), "[")], string_offsets).requests == ()
    alone = with_bodies(read_json(Source("", json.dumps(json.dumps(BAD)))), [Body((), json.dumps(BAD))], string_offsets)
    assert alone.value == BAD
    assert told(alone) == [("MM105", "0"), ("MM110", "null")]


def test_places_of_a_body_over_lines_end_with_their_line() -> None:
    """What lies between two lines of a file belongs to neither of them."""
    text = 'interactions:\n- request:\n    body: |-\n      {\n      "messages": [\n      {"role": "user", "content":\n      null\n      }\n      ]}\n'
    (document,) = read("a.yaml", BytesIO(text.encode()))
    assert told(document) == [("MM110", "null")]
    pointer = ("interactions", 0, "request", "body", "messages", 0)
    wanted: Wanted = pointer, "value"
    assert document.locate(text, [wanted])[wanted] == Span(text.index('{"role"'), text.index("}") + 1)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Postman", "// a\n" + json.dumps(BAD), [("MM105", "0"), ("MM110", "null")]),
        ("Postman", json.dumps(BAD).replace("[", "/* b */ [", 1), [("MM105", "0"), ("MM110", "null")]),
        ("Postman", "// a", [("MM003", "")]),
        ("cassette", "// a\n" + json.dumps(BAD), [("MM003", "")]),
    ],
)
def test_comments_in_bodies_of_clients(name: str, text: str, expected: list[tuple[str, str]]) -> None:
    """Clients take them out; what was recorded was sent with them."""
    call = {"url": CHAT, "body": {"raw": text}}
    document = one({"item": [{"request": call}]} if name == "Postman" else cassette(text))
    assert told(document) == expected


WRAPPED: dict[str, tuple[object, int]] = {
    "url and body": ({"url": CHAT, "body": json.dumps(GOOD)}, 1),
    "uri and data": ({"uri": CHAT, "data": json.dumps(GOOD)}, 1),
    "the first that is one": ({"url": 5, "uri": CHAT, "body": "{}", "data": json.dumps(GOOD)}, 1),
    "white space": ({"url": CHAT, "body": "\ufeff \t\r\n" + json.dumps(GOOD)}, 1),
    "steps": ({"url": "https://a/v1/b/c", "body": json.dumps([{"provider": "workers-ai", "endpoint": "minimax/m2.7", "query": GOOD}])}, 1),
    "no address": ({"body": json.dumps(GOOD)}, 0),
    "another endpoint": ({"url": "/v1/embeddings", "body": json.dumps(GOOD)}, 0),
    "a line of a batch": ({"custom_id": "1", "url": CHAT, "body": json.dumps(GOOD)}, 0),
    "a number": ({"url": CHAT, "body": "5"}, 0),
    "a broken one": ({"url": CHAT, "body": BROKEN}, 0),
}  # fmt: skip


@pytest.mark.parametrize(("value", "number"), WRAPPED.values(), ids=WRAPPED)
def test_texts_beside_an_address(value: dict[str, Any], number: int) -> None:
    """They are opened if they are chat requests on their way; others beside them are checked as they are."""
    document = one(value)
    is_opened = number == 1 or value["body"] == BROKEN
    assert (document.rewriter is None) is is_opened
    key = "data" if "data" in value else "body"
    assert len(document.requests) == (number if is_opened else 1)
    assert all(pointer[:1] == (key,) for pointer in document.requests if is_opened)
    several = one([value, {"other": 1}, value])
    assert (several.rewriter is None) is is_opened
    if is_opened:
        assert [pointer[0] for pointer in several.requests] == ([0, 1, 2] if number else [1])
