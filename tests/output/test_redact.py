"""Redacted findings: what they keep, and that no text of a payload gets out of them."""

from __future__ import annotations

import copy
import dataclasses
import json
import re
import string
from io import BytesIO
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from printing import written

from minimax_validate import Settings, Validator
from minimax_validate.output.formats.writer import Style
from minimax_validate.output.redact import EXCERPT, redacted, redacted_diagnostic, redacted_message
from minimax_validate.project.checking import check_documents
from minimax_validate.project.files import read_stream
from minimax_validate.project.options import REDACTED, redacts
from minimax_validate.rules.catalogue import RULES
from minimax_validate.rules.examples import assistant, call, calling, request, result, tool, user
from minimax_validate.strategies import faulty_requests
from minimax_validate.texts.lines import Location
from minimax_validate.texts.placed import Placed, TextEdit, place
from minimax_validate.values.diagnostic import Diagnostic, Edit, Fix, Related, Severity

EVERYTHING = Validator(Settings(select=("ALL",)))
SECRET = "k9Xw2Qz7Lm4Vb8Nc1Rt6Yp3Hs5Jd0Gf-Ua_Ei"


def findings(name: str, text: str) -> list[Placed]:
    """The findings of a file under all rules, redacted."""
    documents = read_stream(name, BytesIO(text.encode("utf-8", "surrogatepass")))
    checked = [found for found in check_documents(documents, EVERYTHING, named=True) if found.report.diagnostics]
    return [redacted(place(found), found.document) for found in checked]


def printed(output_format: str, placed: list[Placed]) -> str:
    """What a format prints of findings."""
    return written(output_format, placed, Style(width=1000))


def told(name: str, text: str) -> str:
    """Everything that formats say of a file, with the texts of the JSON report as they are read from it."""
    placed = findings(name, text)
    report = json.loads(printed("json", placed))
    return "\n".join((printed("text", placed), printed("concise", placed), *texts(report)))


def texts(value: Any) -> list[str]:
    """Every text in a value, keys included."""
    if isinstance(value, str):
        return [value]
    members = [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for member in members for text in texts(member)]


def assert_kept(secret: str, output: str) -> None:
    """No more of a secret than an excerpt is in an output."""
    for start in range(len(secret) - EXCERPT):
        assert secret[start : start + EXCERPT + 1] not in output


def spelled(payload: Any, way: str) -> tuple[str, str]:
    """A payload as the text of a file, with its name."""
    match way:
        case "json":
            return "a.json", json.dumps(payload)
        case "pretty":
            return "a.json", json.dumps(payload, indent=2, ensure_ascii=False)
        case "jsonl":
            return "a.jsonl", f"{json.dumps(payload)}\n{json.dumps(payload, ensure_ascii=False)}\n"
        case "jsonc":
            return "a.jsonc", f"// a request\n{json.dumps(payload, indent=1)} /* with comments */"
        case "yaml" | "block":
            return "a.yaml", yaml.safe_dump(
                payload, allow_unicode=True, width=60, default_style="|" if way == "block" else None
            )
        case "recorded":
            body = {"request": {"uri": "https://a", "method": "POST", "body": {"string": json.dumps(payload)}}}
            return "a.yaml", yaml.safe_dump({"interactions": [body], "version": 1}, width=50)
        case "packed":
            body = {"request": {"uri": "https://a", "method": "POST", "body": {"string": json.dumps(payload).encode()}}}
            return "a.yaml", yaml.safe_dump({"interactions": [body], "version": 1}, width=50)
        case "cut":
            return "a.json", json.dumps(payload, indent=2)[:-3]
        case "unquoted":
            return "a.json", json.dumps(payload).replace(f'"{SECRET}', SECRET)
    raise AssertionError(way)


WAYS = ["json", "pretty", "jsonl", "jsonc", "yaml", "block", "recorded", "packed", "cut", "unquoted"]


def hidden(value: Any, secret: str) -> list[Any]:
    """Copies of a payload, each with a secret in the place of one key or text, or inside the JSON that a text holds."""
    copies = []
    for pointer, found in _holders(value, ()):
        for key in found if isinstance(found, dict) else range(len(found)):
            inside = found[key]
            spellings = [secret, json.dumps({"key": secret})] if isinstance(inside, str) else []
            copies += [
                _changed(value, pointer, lambda holder, key=key, text=text: holder.__setitem__(key, text))
                for text in spellings
            ]
            if isinstance(found, dict):
                copies.append(
                    _changed(value, pointer, lambda holder, key=key: holder.__setitem__(secret, holder.pop(key)))
                )
    return copies


def _holders(value: Any, at: tuple[Any, ...]) -> list[tuple[tuple[Any, ...], Any]]:
    if not isinstance(value, dict | list):
        return []
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    return [(at, value), *(found for step, member in steps for found in _holders(member, (*at, step)))]


def _changed(value: Any, pointer: tuple[Any, ...], change: Any) -> Any:
    copied = holder = copy.deepcopy(value)
    for step in pointer:
        holder = holder[step]
    change(holder)
    return copied


LETTERS = string.ascii_letters + string.digits
ALPHABETS = [
    LETTERS,
    LETTERS + "_-",
    LETTERS + " .,;:!?",
    LETTERS + "'\"\\/{}[]()#&`$…",
    LETTERS + "éß你好👋\u202e\n\t",
]
SECRETS = st.sampled_from(ALPHABETS).flatmap(
    lambda letters: st.text(st.sampled_from(letters), min_size=40, max_size=90).filter(lambda text: len(set(text)) > 12)
)


def is_json(case: Any) -> bool:
    """Whether the payload of a case can be written down; some faults are that it cannot."""
    try:
        return bool(json.dumps(case[0], allow_nan=False))
    except (TypeError, ValueError, RecursionError):
        return False


@given(faulty_requests().filter(is_json), SECRETS, st.sampled_from(WAYS), st.data())
def test_no_secret_gets_out(case: Any, secret: str, way: str, data: st.DataObject) -> None:
    """Wherever a long text is in a request, and however it is spelled, no more than an excerpt is in any output."""
    payload, _ = case
    copies = hidden(payload, secret) if isinstance(payload, dict) else []
    if copies:
        assert_kept(secret, told(*spelled(data.draw(st.sampled_from(copies)), way)))


TALKATIVE = request(
    user(),
    calling(call(SECRET, name=SECRET, arguments=json.dumps({SECRET: SECRET})), call(f"{SECRET}2", index=0)),
    user(SECRET, name=SECRET),
    result(SECRET, content=SECRET),
    assistant(None),
    user([{"type": SECRET}, {"type": "image_url", "image_url": {"url": SECRET}}], role=SECRET),
    tools=[
        tool(name=SECRET, description=SECRET, parameters={"type": SECRET, "required": [SECRET], "$ref": f"#/{SECRET}"}),
        tool(),
        {SECRET: 1},
    ],
    model=SECRET,
    tool_choice=SECRET,
    response_format={"type": "json_schema", "json_schema": {"name": SECRET, "schema": {SECRET: SECRET}}},
    **{SECRET: SECRET, "max_tokens": SECRET},
)


@pytest.mark.parametrize("way", WAYS)
def test_no_secret_gets_out_of_a_request_full_of_them(way: str) -> None:
    """Findings of many rules on one request, all of which would quote it, keep its secret."""
    output = told(*spelled(TALKATIVE, way))
    assert output
    assert_kept(SECRET, output)
    if way not in ("cut", "unquoted"):
        assert SECRET[: EXCERPT - 2] in output


def test_columns_stay() -> None:
    """What is masked takes the room that it took.

    Keys, short values and punctuation are as they were, and comments are gone.
    """
    text = (
        '{"messages": [{"role": "user", "content": null, "name": "'
        + "n" * 40
        + '"}], "max_completion_tokens": 5} // note'
    )
    (placed,) = findings("a.jsonc", text)
    (plain,) = (
        place(found)
        for found in check_documents(read_stream("a.jsonc", BytesIO(text.encode())), EVERYTHING, named=True)
    )
    assert placed.lines.text(1) == text.replace("n" * 40, "n" * (EXCERPT - 1) + "*" * (41 - EXCERPT)).replace(
        "// note", "** ****"
    )
    assert [finding.location for finding in placed.findings] == [finding.location for finding in plain.findings]
    assert len(placed.findings) == len(plain.findings) > 1


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ('it is "short"', 'it is "short"'),
        (f'it is "{"x" * 24}"', f'it is "{"x" * 24}"'),
        (f'it is "{"x" * 25}", and "a b"', f'it is "{"x" * 23}…", and "a b"'),
        (
            'an escape is \\" or \\\\, and that is all there is to say of it',
            'an escape is \\" or \\\\, and that is all there is to say of it',
        ),
        (f'"{"a " * 20}\\"{"b" * 30}" here', '"a a a a a a a a a a a a…" here'),
        (f"metadata['{'a b' * 10}'].key is null", f"metadata['{('a b' * 10)[:23]}…'].key is null"),
        (f"metadata['{'a b' * 10}… takes no key", f"metadata['{('a b' * 10)[:23]}…'"),
        (f"{'word' * 10} is unknown", f"{('word' * 10)[:23]}… is unknown"),
        (f"found {'1.' * 20}: no number", f"found {'1.' * 11}1…: no number"),
        (
            "messages[2].tool_calls[0].function.arguments is null",
            "messages[2].tool_calls[0].function.arguments is null",
        ),
    ],
)
def test_messages(message: str, expected: str) -> None:
    """Of what a message quotes an excerpt is left; its own words stay."""
    assert redacted_message(message) == expected


QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_words_of_rules_stay(rule: Any) -> None:
    """Of the findings of a rule's own examples nothing changes but what they quote."""
    for example in rule.invalid:
        for found in EVERYTHING.check(getattr(example, "payload", None)).diagnostics:
            assert QUOTED.sub("", redacted_diagnostic(found).message) == QUOTED.sub("", found.message)


LONG = "x" * (EXCERPT + 1)


@pytest.mark.parametrize(
    ("edits", "kept"),
    [
        ((Edit("remove", ("messages", 1)),), True),
        (
            (
                Edit("set", ("role",), "system"),
                Edit("insert", ("messages", 1), {"role": "user", "content": ["short", 5, None]}),
            ),
            True,
        ),
        ((Edit("set", ("role",), LONG[1:]), Edit("remove", (LONG[1:],))), True),
        ((Edit("set", ("role",), LONG),), False),
        ((Edit("remove", (LONG,)),), False),
        (
            (
                Edit("rename", ("a",), "b"),
                Edit("insert", ("messages", 1), {"role": "user", "content": [{"text": LONG}]}),
            ),
            False,
        ),
        ((Edit("set", ("a",), {LONG: 1}),), False),
    ],
)
def test_edits(edits: tuple[Edit, ...], kept: bool) -> None:
    """A fix that would show a long text keeps its words and none of its edits; any other keeps them all."""
    (placed,) = findings("a.json", '{"messages": []}')
    fix = Fix(f'call it "{LONG}"', edits, safe=True)
    diagnostic = redacted_diagnostic(placed.findings[0].diagnostic)
    assert redacted_diagnostic(dataclasses.replace(diagnostic, fix=fix)).fix == Fix(
        f'call it "{LONG[: EXCERPT - 1]}…"', edits if kept else (), safe=True
    )


def test_related_places() -> None:
    """The pointers of a finding and of the places that it points to are cut, and so are the words about these."""
    diagnostic = Diagnostic(
        "MM001", "not-json", Severity.ERROR, f'"{LONG}"', (0, LONG), (Related(("a", LONG), f'see "{LONG}"'),)
    )
    cut = LONG[: EXCERPT - 1] + "…"
    assert redacted_diagnostic(diagnostic) == dataclasses.replace(
        diagnostic, message=f'"{cut}"', pointer=(0, cut), related=(Related(("a", cut), f'see "{cut}"'),)
    )


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", True),
        (', "type": "object", "strict": false, "n": [-1.5e3, null, true]', True),
        ('{"a": "' + "\\u0000" * 4 + '"}', True),
        (f'"{LONG}"', False),
        ("content: some words", False),
        ('"open', False),
        ("12345678901234567890123456", False),
    ],
)
def test_text_edits(text: str, kept: bool) -> None:
    """What a fix writes into the text is shown if it holds no long text, and nothing of it otherwise."""
    checked = next(check_documents(read_stream("a.json", BytesIO(b'{"messages": []}')), EVERYTHING, named=True))
    edits = (TextEdit(Location(1, 1, 1, 1), ""), TextEdit(Location(1, 2, 1, 2), text))
    placed = dataclasses.replace(place(checked), text_edits=lambda _: edits)
    assert redacted(placed, checked.document).text_edits(Fix("", (), safe=True)) == (edits if kept else ())


def test_which_formats() -> None:
    """Formats for logs and artifacts redact by themselves, those for the one who runs the command do not.

    A choice overrules both.
    """
    assert {name for name in ("text", "concise", "json", "json-lines", *REDACTED) if redacts(name, None)} == REDACTED
    assert all(redacts(name, True) and not redacts(name, False) for name in ("text", "sarif"))
