"""The validator: what it takes, what it promises, and how it puts findings together."""

from __future__ import annotations

import copy
import enum
import json
import threading
from dataclasses import FrozenInstanceError, dataclass
from typing import Any

import pytest

import minimax_validate
from minimax_validate import InvalidRequestError, Settings, Severity, Validator
from minimax_validate.engine import readings
from minimax_validate.engine import validator as engine
from minimax_validate.engine.selection import UnknownSelectorError
from minimax_validate.request.envelope import open_plain
from minimax_validate.request.index import Request
from minimax_validate.rules.catalogue import RULES
from minimax_validate.rules.document import duplicate_key
from minimax_validate.rules.examples import (
    answer_format,
    assistant,
    call,
    calling,
    request,
    result,
    system,
    tool,
    user,
    without,
)
from minimax_validate.texts.checked import check_document
from minimax_validate.texts.document import ABSENT, Document, Fault, Source
from minimax_validate.texts.spans import Span
from minimax_validate.values.failure import Failure
from minimax_validate.values.plain import MAX_DEPTH

Found = list[tuple[str, tuple[str | int, ...]]]


def found(payload: object, **settings: Any) -> Found:
    """Codes and pointers of what is found in a payload."""
    return [
        (diagnostic.code, diagnostic.pointer)
        for diagnostic in Validator(Settings(**settings)).check(payload).diagnostics
    ]


def test_two_messages_in_one_line() -> None:
    """The smallest use is one line, and clean."""
    assert minimax_validate.check({"messages": [system(), user()], "max_tokens": 500}).diagnostics == ()


def test_validate_raises_with_every_finding() -> None:
    """The exception holds the report and prints every finding in it."""
    with pytest.raises(InvalidRequestError) as caught:
        minimax_validate.validate(request(user(None), temperature=2))
    assert [diagnostic.code for diagnostic in caught.value.report.diagnostics] == ["MM110", "MM105"]
    text = str(caught.value)
    assert "messages[0].content: MM110 error: content is null" in text
    assert "temperature: MM105 error: temperature must be at most 1; this is 2" in text


def test_validate_lets_warnings_pass() -> None:
    """A request with warnings alone is valid."""
    payload = request(user(), model="gpt-4o")
    minimax_validate.validate(payload)
    assert minimax_validate.is_valid(payload)
    assert minimax_validate.check(payload).worst is Severity.WARNING


def test_report_of_errors_is_not_ok() -> None:
    """A report with an error is not ok, and a clean one has no worst severity."""
    assert not minimax_validate.check([]).ok
    assert minimax_validate.check(request(user())).worst is None


def test_diagnostics_are_frozen() -> None:
    """A finding is a value: nobody can change it afterwards."""
    diagnostic = minimax_validate.check([]).diagnostics[0]
    with pytest.raises(FrozenInstanceError):
        diagnostic.message = "all is well"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("wrap", "prefix"),
    [
        (lambda body: {"model": "minimax/m2.7", "input": body}, ("input",)),
        (lambda body: {"model": "minimax/m2.7", "input": body, "options": {"gateway": {"id": "default"}}}, ("input",)),
        (lambda body: {"custom_id": "1", "method": "POST", "url": "/v1/chat/completions", "body": body}, ("body",)),
        (lambda body: {"custom_id": "1", "body": {"model": "minimax/m2.7", "input": body}}, ("body", "input")),
    ],
)
def test_pointers_are_into_the_envelope(wrap: Any, prefix: tuple[str, ...]) -> None:
    """Findings, related places and fixes of a wrapped request point into the payload as it was given."""
    body = request(
        user(),
        calling(call(), call("call_2", arguments='{"city": "Bergen"}')),
        result(),
        user("One moment."),
        result("call_2"),
        tools=[tool()],
    )
    bare = minimax_validate.check(body).diagnostics
    wrapped = minimax_validate.check(wrap(body)).diagnostics
    assert bare
    assert [diagnostic.pointer for diagnostic in wrapped] == [(*prefix, *diagnostic.pointer) for diagnostic in bare]
    for inner, outer in zip(bare, wrapped, strict=True):
        assert [other.pointer for other in outer.related] == [(*prefix, *other.pointer) for other in inner.related]
        assert outer.fix is not None
        assert inner.fix is not None
        assert [edit.pointer for edit in outer.fix.edits] == [(*prefix, *edit.pointer) for edit in inner.fix.edits]


class Role(enum.Enum):
    """A role as some programs name it."""

    USER = "user"


class Text(str):
    """A text of a class of its own."""

    __slots__ = ()


@dataclass
class Message:
    """No JSON, though some encoders write it."""

    role: str


@pytest.mark.parametrize(
    "payload",
    [
        request(user(Text("What is the weather in Oslo?"))),
        request({"role": Role.USER, "content": "What is the weather in Oslo?"}),
        {"messages": ({"role": "user", "content": ({"type": "text", "text": "Hi"},)},)},
        request(user(), calling(tool_calls=(call(),)), result(), tools=(tool(),)),
        request(user(number=2**70)),
    ],
)
def test_what_encoders_take_is_clean(payload: object) -> None:
    """Subclasses, members of an Enum, tuples and large integers are as good as what they are written as."""
    assert found(payload) == []


def test_tuples_hide_nothing() -> None:
    """A history of tuples is paired like one of lists."""
    payload = {"messages": (user(), {"role": "assistant", "content": "", "tool_calls": (call(),)})}
    assert found(payload) == [("MM205", ("messages", 1, "tool_calls", 0))]


@pytest.mark.parametrize(
    "value", [b"Hi", {1}, object(), Message("user"), float("inf"), 10**400, "\ud800", {1, 2}, range(3), 1j]
)
def test_what_json_cannot_hold_is_one_finding(value: object) -> None:
    """A value without a JSON form is one finding at its place, wherever it stands."""
    assert found(request(user(), tools=[tool(parameters={"type": "object", "default": [value]})])) == [
        ("MM005", ("tools", 0, "function", "parameters", "default", 0))
    ]
    assert found(request(user(value))) == [("MM005", ("messages", 0, "content"))]
    assert found(request(user(), temperature=value)) == [("MM005", ("temperature",))]
    assert found(value) == [("MM005", ())]


def test_deep_nesting_is_one_finding() -> None:
    """A list nested 100,000 levels deep is one finding, at the first level too deep."""
    nest: list[Any] = []
    for _ in range(100_000):
        nest = [nest]
    assert found(request(user(extra=nest))) == [("MM006", ("messages", 0, "extra", *[0] * (MAX_DEPTH - 3)))]


def test_broken_parts_leave_the_rest_checked() -> None:
    """A value without a JSON form, a message that is none and a broken tool hide nothing beside them."""
    payload = request(user(b"Hi"), 5, calling(call(index=0)), result(), tools=[None, tool(strict=True)], temperature=2)
    assert found(payload) == [
        ("MM005", ("messages", 0, "content")),
        ("MM102", ("messages", 1)),
        ("MM116", ("messages", 2, "tool_calls", 0, "index")),
        ("MM102", ("tools", 0)),
        ("MM116", ("tools", 1, "function", "strict")),
        ("MM105", ("temperature",)),
    ]


def test_null_content_beside_tool_calls_is_one_finding() -> None:
    """The usual history of OpenAI's API gives MM110 alone, as its results are paired well."""
    assert found(request(user(), calling(content=None), result(), tools=[tool()])) == [
        ("MM110", ("messages", 1, "content"))
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ([{"type": "text"}], ("MM101", ("messages", 0, "content", 0))),
        ([{"type": "text", "text": 5}], ("MM102", ("messages", 0, "content", 0, "text"))),
        ([{"type": "text", "text": "Hi", "mood": 1}], ("MM103", ("messages", 0, "content", 0, "mood"))),
        ([{"text": "Hi"}], ("MM101", ("messages", 0, "content", 0))),
        ([{"type": "image_url"}], ("MM101", ("messages", 0, "content", 0))),
        (
            [{"type": "image_url", "image_url": {"url": "https://example.com/a.png", "detail": "low"}}],
            ("MM116", ("messages", 0, "content", 0, "image_url", "detail")),
        ),
        ([{"type": 5, "text": "Hi"}], ("MM102", ("messages", 0, "content", 0, "type"))),
        ([{"type": None}], ("MM102", ("messages", 0, "content", 0, "type"))),
        ({"text": "Hi"}, ("MM106", ("messages", 0, "content"))),
        (True, ("MM106", ("messages", 0, "content"))),
    ],
)  # fmt: skip
def test_the_branch_that_was_meant_is_explained(content: object, expected: tuple[str, tuple[str | int, ...]]) -> None:
    """Of the shapes that content may have, the finding is about the one that was meant."""
    assert found(request(user(content)), ignore=("MM506", "MM502")) == [expected]


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (
            request(user(), response_format={"type": "json_object", "strict": True}),
            [("MM114", ("response_format", "type"))],
        ),
        (request(user(), response_format={"type": "jsonschema"}), [("MM104", ("response_format", "type"))]),
        (request(user(), tools=[{"type": "custom", "name": "grep"}]), [("MM104", ("tools", 0, "type"))]),
        (request(user(), tools=[{"type": "custom", "name": "grep", "input_schema": {}}]), [("MM119", ("tools", 0))]),
        (request(user(), tools=[without(tool(), "type")]), [("MM101", ("tools", 0))]),
        (request(user(), tool_choice=5), [("MM102", ("tool_choice",))]),
        (request(user(), tool_choice=None), [("MM120", ("tool_choice",))]),
        (request(user(role=None)), [("MM102", ("messages", 0, "role"))]),
        (request(user(), messages=None), [("MM102", ("messages",))]),
        (
            request(user(), response_format=answer_format(description=None)),
            [("MM120", ("response_format", "json_schema", "description"))],
        ),
        (request(user(), max_tokens=True, max_completion_tokens=2048), [("MM102", ("max_tokens",))]),
        (request(user(), max_tokens=2048, max_completion_tokens=0), [("MM105", ("max_completion_tokens",))]),
        (request(user(), response_format=without(answer_format(), "json_schema")), [("MM101", ("response_format",))]),
    ],
)
def test_one_finding_a_mistake(payload: object, expected: Found) -> None:
    """What only follows from another fault is not told."""
    assert found(payload) == expected


@pytest.mark.parametrize(("name", "code"), [(None, "MM120"), (5, "MM102")])
def test_name_that_is_none_is_told_once(name: object, code: str) -> None:
    """A name that the contract refuses is not told again as one that the model is not shown."""
    assert found(request(user(name=name)), extend_select=("MM509",)) == [(code, ("messages", 0, "name"))]


def test_unknown_roles_fake_no_finding_of_pairing() -> None:
    """A result under a misspelt role still answers its call."""
    assert found(request(user(), calling(), result(role="tol"))) == [("MM112", ("messages", 2, "role"))]


def test_findings_stand_in_the_order_of_the_payload() -> None:
    """Findings come as their places do, whatever rule they are of."""
    payload = {"temperature": 2, "messages": [user(None), assistant(None)], "model": "gpt-4o"}
    assert [code for code, _ in found(payload)] == ["MM105", "MM110", "MM110", "MM009"]


def test_settings_change_severities() -> None:
    """A severity may be raised for a family and lowered for a rule in it."""
    settings = Settings(severities={"MM0": Severity.ERROR, "wrong-model": Severity.INFO})
    report = Validator(settings).check(request(user(), model="gpt-4o", gateway={"id": "default"}))
    assert [(diagnostic.code, diagnostic.severity) for diagnostic in report.diagnostics] == [
        ("MM009", Severity.INFO),
        ("MM008", Severity.ERROR),
    ]


def test_unknown_rules_in_settings_are_refused() -> None:
    """A selector that names no rule is refused with a guess."""
    with pytest.raises(UnknownSelectorError, match=r'unknown rule "null-contents"; did you mean "null-content"\?'):
        Validator(Settings(ignore=("null-contents",)))


def test_faults_of_a_document_are_findings() -> None:
    """What reading found is reported with what checking finds, and obeys the settings too."""
    fault = Fault(duplicate_key.RULE.diagnose(("messages",), "twice"), Span(0, 1))
    document = Document(Source("a.json", "{}"), request(user(None)), (fault,))
    assert [diagnostic.code for diagnostic in check_document(Validator(), document).diagnostics] == ["MM004", "MM110"]
    assert [
        diagnostic.code for diagnostic in check_document(Validator(Settings(ignore=("MM004",))), document).diagnostics
    ] == ["MM110"]
    lowered = check_document(Validator(Settings(severities={"MM004": Severity.INFO})), document).diagnostics[0]
    assert lowered.severity is Severity.INFO
    assert [
        diagnostic.code
        for diagnostic in check_document(Validator(), Document(document.source, ABSENT, (fault,))).diagnostics
    ] == ["MM004"]


def test_one_validator_serves_many_threads() -> None:
    """Threads that share a validator get what each would get alone, and the payload stays as it was."""
    payload = request(user(), calling(), user("One moment."), result(), tools=[tool()], temperature=2)
    before = copy.deepcopy(payload)
    validator = Validator()
    expected = validator.check(payload)
    outcomes: list[bool] = []

    def work() -> None:
        outcomes.extend(validator.check(payload) == expected for _ in range(200))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [True] * 1600
    assert json.dumps(payload) == json.dumps(before)


@pytest.mark.parametrize(
    ("payload", "codes"),
    [
        (request(user(), {"role": "assistant", "content": "", "tool_calls": {"a": 1}}), ["MM102"]),
        (request(user(), max_tokens=-0.5), ["MM105"]),
    ],
)
def test_what_the_contract_refuses_is_told_once(payload: dict[str, Any], codes: list[str]) -> None:
    """A rule that is off by default says nothing of a malformed value either, nor does one about its finer points."""
    assert [
        diagnostic.code for diagnostic in Validator(Settings(extend_select=("MM510",))).check(payload).diagnostics
    ] == codes


def test_plans_beyond_those_that_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """With more kinds of requests than plans are kept for, each is checked as before."""
    payload = request(user(" "), temperature=1)
    expected = Validator().check(payload)
    assert expected.diagnostics
    monkeypatch.setattr(readings, "_MOST_PLANS", 0)
    validator = Validator()
    assert validator.check(payload) == validator.check(payload) == expected


def test_failure_that_no_rule_claims_is_not_told() -> None:
    """What no rule has words for is no finding, and a rule without a check of its own looks at no request."""
    flag = engine._Flag({})
    index = Request(request(user()))
    claiming = tuple(rule for rule in RULES if rule.check is None)
    flag.check(claiming, index)
    flag.claim({"anybody": claiming}, Failure("nobody", ("x",), 5, None), index)
    assert flag.found == []


def test_names_of_the_package() -> None:
    """The package lists the names that it exports, whether they were asked for before or not."""
    assert dir(minimax_validate) == sorted(minimax_validate.__all__)


def test_model_that_is_no_json_value() -> None:
    """A model of an odd type beside inputs is judged as that of JSON is, and proves nothing."""
    inputs = request(user())
    odd, plain = ({"model": model, "input": inputs} for model in (("minimax/m2.7",), ["minimax/m2.7"]))
    assert open_plain(odd) is None
    assert Validator().check(odd) == Validator().check(plain)
