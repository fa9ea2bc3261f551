"""Fixes made in texts: how the new text looks, and what is left alone."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion
from yaml_engines import use
from yaml_spelling import STYLES, dump

from minimax_validate import Validator
from minimax_validate.engine.fixing import MOST_ROUNDS, fix
from minimax_validate.rules.examples import call, calling, request, result, system, tool, user
from minimax_validate.strategies import faulty_requests
from minimax_validate.texts import fixing
from minimax_validate.texts.checked import Checked, check_document
from minimax_validate.texts.document import Document, Rewriter
from minimax_validate.texts.fixing import FixedDocument, fix_document, fix_finding
from minimax_validate.texts.placed import place
from minimax_validate.texts.readers import read
from minimax_validate.values.diagnostic import Diagnostic, Edit, Fix

VALIDATOR = Validator()
CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
NAMES = sorted(path.name for path in CORPUS.glob("*.jsonl") if path.name != "index.jsonl")


def diagnose(document: Document) -> tuple[Diagnostic, ...]:
    """All findings of a document."""
    return check_document(VALIDATOR, document).diagnostics


def documents_of(name: str, text: str) -> list[Document]:
    """The documents of a text."""
    return list(read(name, BytesIO(text.encode())))


def fixed(name: str, text: str, *, unsafe: bool = True) -> FixedDocument:
    """The one document of a text, fixed."""
    (document,) = documents_of(name, text)
    return fix_document(document, diagnose, unsafe=unsafe)


TEXTS = {
    "expanded.json": """\
{
    "messages": [
        {
            "role": "developer",
            "content": "Be brief."
        },
        {
            "role": "user",
            "content": "Which pier is free?",
            "name": "Ida"
        },
        {
            "role": "assistant",
            "tool_calls": [
                {
                    "index": 0,
                    "id": "call_1",
                    "type": "function",
                    "function": {
                        "name": "piers",
                        "arguments": {
                            "free": true
                        }
                    }
                }
            ]
        },
        {
            "role": "tool",
            "tool_call_id": "call_1",
            "content": null
        }
    ],
    "tools": [
        {
            "type": "function",
            "name": "piers",
            "strict": true,
            "parameters": {
                "type": "object",
                "properties": {
                    "free": {"type": "boolean", "default": 1e0}
                }
            }
        }
    ],
    "temperature": 1.50
}
""",
    "compact.json": json.dumps(
        request(
            system("A\u00e9", role="developer"),
            user(),
            calling(call("a"), call("b")),
            user("One moment."),
            result("b", "2"),
            result("a", "1"),
            tools=[tool(strict=True)],
            tool_choice="required",
        ),
        separators=(",", ":"),
    ),
    "padded.jsonc": """\
// How the piers are asked about.
{ "messages": [
    // says nothing of the model
    { "role": "user", "content": null }, /* who */ // asks
    { "role": "assistant", "content": "Two.", "tool_calls": [], }, // no calls
  ],
  "tools": [
    { "type": "function", "function": { "name": "piers", "strict": true /* not here */, "description": "", "parameters": {} } }, // one
  ],
  "stop": ["\\n"], // unknown
}
""",
    "prompts.yaml": """\
# How the piers are asked about.
messages:
  - role: developer  # us
    content: |
      Be brief.

      Be kind.
  - role: system
    content: 'It''s Monday.'
  - {role: user, content: Which pier is free?, name: Ida}
  # the model asks
  - role: assistant
    content: ~
    tool_calls:
      - id: call_1
        index: 0  # echoed
        type: function
        function:
          name: piers
          # parsed already
          arguments:
            free: yes please
  - role: tool
    content:
tools:
  - name: piers  # flat
    input_schema: {type: object, properties: {free: {type: string}}}
    cache_control: {type: ephemeral}
tool_choice: required
response_format:
  type: json_object
""",
    "line ends.yaml": "messages:\r\n- role: user\r\n  content:\r\n- role: assistant\r\n  content: Hi\r\n  tool_calls: []\r\n  name: a",
}


@pytest.mark.parametrize("name", TEXTS)
def test_layout(name: str, snapshot: SnapshotAssertion) -> None:
    """What is put in looks like what stands around it, and the rest is as it was."""
    assert fixed(name, TEXTS[name]).document.source.text == snapshot


@pytest.mark.parametrize("name", TEXTS)
def test_a_second_time_changes_nothing(name: str) -> None:
    """What is fixed has nothing left that could be."""
    once = fixed(name, TEXTS[name])
    assert once.applied
    again = fixed(name, once.document.source.text)
    assert (again.applied, again.unwritable) == ((), ())
    assert again.document.source.text == once.document.source.text


@pytest.mark.parametrize("name", [name for name in TEXTS if name.endswith(".yaml")])
def test_both_parsers_of_yaml_see_the_same_places(name: str) -> None:
    """What is put in does not depend on which parser there is."""
    with use("libyaml"):
        fast = fixed(name, TEXTS[name]).document.source.text
    with use("python"):
        assert fixed(name, TEXTS[name]).document.source.text == fast


@given(faulty_requests(), STYLES)
def test_both_parsers_of_yaml_in_any_style(case: tuple[Any, Any], style: dict[str, Any]) -> None:
    """Nor does it for texts in any style."""
    try:
        text = dump(json.loads(json.dumps(case[0])), style)
        text.encode()
    except (TypeError, ValueError, RecursionError, yaml.YAMLError):
        return
    with use("libyaml"):
        fast = [
            fix_document(document, diagnose, unsafe=True).document.source.text
            for document in documents_of("a.yaml", text)
        ]
    with use("python"):
        slow = [
            fix_document(document, diagnose, unsafe=True).document.source.text
            for document in documents_of("a.yaml", text)
        ]
    assert slow == fast


def test_byte_order_mark_and_line_ends_stay() -> None:
    """The mark at the start, carriage returns and a last line without an end are no edit's business."""
    text = '\ufeff{"messages": [\r\n\t{"role": "user", "content": null}\r\n]}'
    assert fixed("a.json", text).document.source.text == text.replace("null", '""')


@pytest.mark.parametrize(
    "messages",
    [
        "- &said {role: assistant, content: Hi, tool_calls: []}\n- *said\n",
        "- &said {role: assistant, content: Hi, tool_calls: []}\n- {<<: *said, name: Ida}\n",
    ],
)
def test_what_an_alias_stands_for(messages: str) -> None:
    """A fix that all places of a value want is made where the value is written."""
    text = f"messages:\n{messages}- {{role: assistant, content: Ha, tool_calls: []}}  # once\n"
    done = fixed("a.yaml", text)
    assert done.document.source.text == text.replace(", tool_calls: []", "")
    assert done.unwritable == ()


def test_what_else_an_alias_needs() -> None:
    """A fix that would change more than its place is not made, and told as left; the others are."""
    text = (
        "messages:\n- role: assistant\n  content: Hi\n  tool_calls: &none []\n"
        "- role: assistant\n  content: Ho\n  refusal: *none\n"
        "- {role: assistant, content: Ha, tool_calls: []}  # once\n"
    )
    done = fixed("a.yaml", text)
    assert done.document.source.text == text.replace("Ha, tool_calls: []", "Ha")
    assert {finding.code for finding in done.unwritable} == {"MM209"}


def test_an_alias_that_is_no_longer_needed() -> None:
    """What stands in the way of a fix may be fixed itself: then both are."""
    text = "messages:\n- role: user\n  content: &none\n- role: user\n  content: *none\n"
    done = fixed("a.yaml", text)
    assert done.document.source.text == text.replace(" &none", ' ""').replace("*none", '""')
    assert done.unwritable == ()


@pytest.mark.parametrize("content", ["content: ", "content", "content : ", "content: !x "])
def test_a_key_in_braces_that_has_no_value(content: str) -> None:
    """What is left out between braces is put behind its colon, with a colon if there is none."""
    done = fixed("a.yaml", f"messages:\n- {{{content}, role: user}}\n")
    assert done.document.value == {"messages": [{"content": "", "role": "user"}]}
    assert done.unwritable == ()


def test_recordings_and_packed_files_are_left_alone() -> None:
    """What was sent once is no text to mend, and a packed text is not that of the file.

    Their fixes are told as not made.
    """
    body = json.dumps(request(user(None), calling(call(index=0)), result()))
    tape = json.dumps({"interactions": [{"request": {"method": "POST", "uri": "", "body": body}}]})
    for name, data in (("tape.json", tape.encode()), ("log.jsonl.gz", gzip.compress(body.encode()))):
        (document,) = read(name, BytesIO(data))
        done = fix_document(document, diagnose, unsafe=True)
        assert done.document is document
        assert done.applied == ()
        assert {finding.code for finding in done.unwritable} == {"MM110", "MM116"}
        assert [fix_finding(document, finding) for finding in done.unwritable] == [(), ()]


def test_what_json_cannot_hold_is_left_alone() -> None:
    """A request with such a value is not fixed, and the one beside it is."""
    done = fixed("a.json", json.dumps([request(user(None), temperature=float("nan")), request(user(None))]))
    assert [finding.pointer[0] for finding in done.applied] == [1]


def test_keys_that_come_again() -> None:
    """A key that is given twice goes as a whole, and the last value of one that stays is the one that is changed."""
    text = '{"messages": [{"role": "user", "content": "Hi", "content": null}], "stop": 1, "stop": 2}'
    assert (
        fixed("a.json", text).document.source.text == '{"messages": [{"role": "user", "content": "Hi", "content": ""}]}'
    )


def counted_attempts(monkeypatch: pytest.MonkeyPatch, unwritable: Callable[[Diagnostic], bool]) -> list[int]:
    """How many fixes are written into a text each time; some are made impossible."""
    attempts: list[int] = []
    written = fixing._written

    def count(document: Document, rewriter: Rewriter, findings: Iterable[Diagnostic]) -> object:
        given = tuple(findings)
        attempts.append(len(given))
        return None if any(map(unwritable, given)) else written(document, rewriter, given)

    monkeypatch.setattr(fixing, "_written", count)
    return attempts


@pytest.mark.parametrize(("bad", "most"), [((7,), 22), ((0, 250, 299), 60), (range(0, 300, 20), 180)])
def test_a_fix_that_cannot_be_made_is_found_by_halves(
    monkeypatch: pytest.MonkeyPatch, bad: Collection[int], most: int
) -> None:
    """Some fixes among hundreds cannot be made: few attempts find them, and all others are made."""
    attempts = counted_attempts(monkeypatch, lambda finding: finding.pointer[1] in bad)
    messages = [{"role": "human", "content": str(number)} for number in range(300)]
    done = fixed("a.json", json.dumps({"messages": messages}))
    assert {finding.pointer[1] for finding in done.unwritable} == set(bad)
    assert {finding.pointer[1] for finding in done.applied} == set(range(300)) - set(bad)
    assert [message["role"] for message in done.document.value["messages"]] == [  # type: ignore[index]
        "human" if number in bad else "user" for number in range(300)
    ]
    assert len(attempts) <= most


def test_one_of_two_fixes_takes_four_attempts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both together, each of them, and the one that can be made; a single one that cannot be made takes two."""
    attempts = counted_attempts(monkeypatch, lambda finding: finding.pointer[1] == 1)
    done = fixed("a.json", json.dumps({"messages": [{"role": "human", "content": str(n)} for n in range(2)]}))
    assert [finding.pointer for finding in done.unwritable] == [("messages", 1, "role")]
    assert attempts == [2, 1, 1, 1]
    attempts.clear()
    assert fix_document(done.document, diagnose, unsafe=True).applied == ()
    assert attempts == [1, 1]


@pytest.mark.parametrize("number", [300, 3000])
def test_fixes_that_can_never_be_made_are_soon_given_up(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """The attempts do not grow with the fixes, nor what is written with the text; no fix is forgotten."""
    attempts = counted_attempts(monkeypatch, lambda _: True)
    messages = [{"role": "human", "content": str(number)} for number in range(number)]
    done = fixed("a.json", json.dumps({"messages": messages}))
    assert done.applied == ()
    assert len(done.unwritable) == number
    assert len(attempts) == 1 + fixing._MOST_ATTEMPTS


def test_a_large_text_is_written_less_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written to sort out the fixes is bounded in characters as well."""
    monkeypatch.setattr(fixing, "_MOST_CHARACTERS", 40_000)
    attempts = counted_attempts(monkeypatch, lambda _: True)
    fixed("a.json", json.dumps({"messages": [{"role": "human", "content": "x" * 100}] * 100}))
    assert len(attempts) == 1 + fixing._LEAST_ATTEMPTS + 2


def test_parts_that_can_only_be_made_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where parts can be made and not together, each is made in a round of its own."""
    written = fixing._written

    def at_most_two(document: Document, rewriter: Rewriter, findings: Iterable[Diagnostic]) -> object:
        given = tuple(findings)
        return written(document, rewriter, given) if len(given) <= 2 else None

    monkeypatch.setattr(fixing, "_written", at_most_two)
    done = fixed("a.json", json.dumps({"messages": [{"role": "human", "content": str(n)} for n in range(8)]}))
    assert len(done.applied) == 8
    assert done.unwritable == ()


def test_a_fix_that_waits_for_one_that_cannot_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two fixes of one value, the second is made if the first cannot be."""
    (document,) = documents_of("a.json", json.dumps(request(user("a"), temperature=2)))
    (found,) = diagnose(document)
    first, second = (
        replace(found, code=code, fix=Fix("set it", (Edit("set", ("temperature",), value),), True))
        for code, value in (("MM001", 0), ("MM002", 1))
    )
    counted_attempts(monkeypatch, lambda finding: finding.code == "MM001")
    done = fix_document(document, lambda now: [first, second] if now.source.text == document.source.text else [])
    assert done.document.value == request(user("a"), temperature=1)
    assert (done.applied, done.unwritable) == ((second,), (first,))


def test_text_edits_of_a_finding() -> None:
    """What a fix changes in the text can be asked for beside the finding, and is nothing where it cannot be made."""
    (document,) = documents_of("a.json", '{"messages": [\n  {"role": "user", "content": null}\n]}')
    placed = place(Checked(document, check_document(VALIDATOR, document)))
    (finding,) = placed.findings
    assert finding.diagnostic.fix
    (edit,) = placed.text_edits(finding.diagnostic.fix)
    assert (edit.location, edit.text) == (finding.location, '""')
    (document,) = documents_of("a.yaml", "messages:\n- &said {role: user, content: null}\n- *said\n")
    placed = place(Checked(document, check_document(VALIDATOR, document)))
    (finding,) = placed.findings
    assert finding.diagnostic.fix
    (edit,) = placed.text_edits(finding.diagnostic.fix)
    assert (edit.location, edit.text) == (finding.location, '""')
    one_of_both = Fix("say more", (Edit("set", ("messages", 1, "content"), "Hi"),), safe=False)
    assert placed.text_edits(one_of_both) == ()


FORMATS: dict[str, Any] = {
    "compact.json": lambda body: json.dumps(body, separators=(",", ":"), ensure_ascii=False),
    "indented.json": lambda body: json.dumps(body, indent=2),
    "line.jsonl": json.dumps,
    "tabs.jsonc": lambda body: (
        "// it\n" + json.dumps(body, indent="\t").replace(",\n", ", // on\n").replace("\n", "\r\n")
    ),
    "flow.yaml": json.dumps,
    "block.yaml": lambda body: yaml.dump(body, allow_unicode=True, sort_keys=False),
    "wide.yaml": lambda body: yaml.dump(body, sort_keys=False, indent=4, width=1000, line_break="\r\n"),
}
ENVELOPES: dict[str, Any] = {
    "bare": lambda body: body,
    "run": lambda body: {"model": "minimax/m2.7", "input": body},
    "batch": lambda body: {"custom_id": "1", "method": "POST", "url": "/v1/chat/completions", "body": body},
}


def assert_agreement(value: Any, name: str, text: str, *, unsafe: bool) -> None:
    """Fixing a text and fixing its value come to the same."""
    documents = documents_of(name, text)
    if len(documents) == 1 and json.dumps(documents[0].value) == json.dumps(value):
        expected = fix(VALIDATOR, value, unsafe=unsafe)
        done = fix_document(documents[0], diagnose, unsafe=unsafe)
        assert json.dumps(done.document.value, sort_keys=True) == json.dumps(expected.payload, sort_keys=True)
        assert [finding.code for finding in done.applied] == [finding.code for finding in expected.applied]
        assert done.unwritable == ()


@pytest.mark.parametrize("name", FORMATS)
@given(faulty_requests(), st.sampled_from(sorted(ENVELOPES)), st.booleans())
def test_text_and_value_agree(name: str, case: tuple[Any, Any], envelope: str, unsafe: bool) -> None:
    """In every format and envelope, the fixes of a text are those of the value that it holds."""
    try:
        value = json.loads(json.dumps(ENVELOPES[envelope](case[0])))
        text = FORMATS[name](value)
        text.encode()
    except (TypeError, ValueError, RecursionError, yaml.YAMLError):
        return  # a planted fault that no text of this format can hold
    assert_agreement(value, name, text, unsafe=unsafe)


@given(faulty_requests(), STYLES, st.booleans())
def test_yaml_of_any_style_and_value_agree(case: tuple[Any, Any], style: dict[str, Any], unsafe: bool) -> None:
    """So are those of YAML, however it is written."""
    try:
        value = json.loads(json.dumps(case[0]))
        text = dump(value, style)
        text.encode()
    except (TypeError, ValueError, RecursionError, yaml.YAMLError):
        return
    assert_agreement(value, "a.yaml", text, unsafe=unsafe)


@pytest.mark.skipif(not NAMES, reason="the shared corpus is not beside this checkout")
@pytest.mark.parametrize("name", NAMES)
def test_recorded_requests(name: str) -> None:
    """The law holds for what was really sent.

    Each body in two formats and an envelope, so that each meets all of them.
    """
    formats, envelopes = sorted(FORMATS), sorted(ENVELOPES)
    for number, line in enumerate((CORPUS / name).read_text("utf-8").splitlines()):
        for turn in (number, number + 3):
            body = ENVELOPES[envelopes[turn % len(envelopes)]](json.loads(line))
            written = formats[turn % len(formats)]
            assert_agreement(body, written, FORMATS[written](body), unsafe=turn == number)


def test_fixes_that_never_come_to_an_end() -> None:
    """Where each fix brings the next finding, as many rounds are made as for a value, and no more."""
    (document,) = documents_of("a.json", '{"temperature": 0}')

    def unsettled(now: Document) -> list[Diagnostic]:
        value: Any = now.value
        edit = Edit("set", ("temperature",), value["temperature"] + 1)
        finding = diagnose(documents_of("a.json", json.dumps(request(user("a"), temperature=2)))[0])[0]
        return [replace(finding, fix=Fix("add", (edit,), True))]

    fixed = fix_document(document, unsettled)
    assert fixed.document.value == {"temperature": MOST_ROUNDS}
    assert len(fixed.applied) == MOST_ROUNDS


def test_what_the_fix_of_one_finding_changes() -> None:
    """The replacements of one fix can be asked for, and there are none for a finding that has no fix."""
    text = '{"messages": [{"role": "user", "content": null}, {"role": "user", "content": 5}], "max_token": 5}'
    (document,) = documents_of("a.json", text)
    changed = {finding.code: fix_finding(document, finding) for finding in diagnose(document)}
    assert {code: [(text[slice(*span)], new) for span, new in each] for code, each in changed.items()} == {
        "MM110": [("null", '""')],
        "MM106": [],
        "MM601": [('"max_token"', '"max_tokens"')],
    }


def test_request_that_json_cannot_hold_is_not_fixed() -> None:
    """Of a request with a value that JSON does not have no finding is fixed, also when one is asked for."""
    (document,) = documents_of("a.json", '{"messages": [{"role": "user", "content": "a"}], "max_token": 5, "x": NaN}')
    findings = [finding for finding in diagnose(document) if finding.fix is not None]
    assert findings
    assert [fix_finding(document, finding) for finding in findings] == [()] * len(findings)
