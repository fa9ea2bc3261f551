"""The strategies are fit for use.

They cover all rules, throw nothing away, shrink well, and share nothing between examples.
"""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.statistics import collector
from jsonschema import Draft202012Validator

from minimax_validate import strategies
from minimax_validate.engine.selection import UnknownSelectorError
from minimax_validate.rules.catalogue import RULES
from minimax_validate.strategies import (
    faulty_requests,
    instances,
    json_schemas,
    messages,
    requests,
    tool_conversations,
    tools,
)
from minimax_validate.strategies.faults import NOT_PLANTED, PLANTERS
from minimax_validate.strategies.text import without_control_tokens
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.model import CONTROL_TOKENS

Json = dict[str, Any]

PUBLIC: dict[str, Callable[[], st.SearchStrategy[Any]]] = {
    "requests": requests,
    "messages": messages,
    "tools": tools,
    "tool_conversations": tool_conversations,
    "json_schemas": json_schemas,
    "instances": lambda: json_schemas().flatmap(instances),
    "faulty_requests": faulty_requests,
}

CASES = [
    *(pytest.param(strategy, id=name) for name, strategy in PUBLIC.items()),
    *(pytest.param(lambda code=code: faulty_requests(code), id=code) for code in PLANTERS),
]


FIRST = settings(max_examples=1, phases=[Phase.generate])
FEW = settings(max_examples=10, phases=[Phase.generate, Phase.shrink])
HEALTH = settings(
    max_examples=15 if settings().max_examples < 1_000 else settings().max_examples, phases=[Phase.generate]
)


def test_every_rule_has_a_planter() -> None:
    """Each rule has a planter, or a reason why there is none; in the order of the rules, and nothing is left over."""
    assert list(PLANTERS) == [rule.code for rule in RULES if rule.code not in NOT_PLANTED]
    assert list(NOT_PLANTED) == [rule.code for rule in RULES if rule.code not in PLANTERS]


def test_what_is_not_planted_is_no_fault_of_a_value_alone() -> None:
    """What has no planter is of texts and files, which no value shows, or is always told beside something else."""
    unplanted = [rule for rule in RULES if rule.code in NOT_PLANTED]
    of_values = [rule for rule in unplanted if rule.check is not None or rule.claim is not None]
    assert [rule.code for rule in of_values] == ["MM507"]
    assert all(example.beside for rule in of_values for example in rule.invalid)


def test_planters_say_what_they_plant() -> None:
    """Each planter is a function of its own, with a docstring and the name of its rule."""
    names = {rule.code: rule.name.replace("-", "_") for rule in RULES}
    assert {code: planter.__name__ for code, planter in PLANTERS.items()} == {code: names[code] for code in PLANTERS}
    assert all(planter.__doc__ for planter in PLANTERS.values())


@pytest.mark.parametrize("strategy", CASES)
def test_nothing_is_thrown_away(strategy: Callable[[], st.SearchStrategy[Any]]) -> None:
    """No more than a tenth of the examples is given up or drawn again."""
    statuses: Counter[str] = Counter()
    again: Counter[str] = Counter()

    @HEALTH
    @given(strategy())
    def draw(_: object) -> None:
        pass

    def count(report: Any) -> None:
        for case in report["generate-phase"]["test-cases"]:
            statuses[case["status"]] += 1
            again.update(event for event in case["events"] if "etried" in event)

    statistics: Any = collector
    with statistics.with_value(count):
        draw()
    # An "overrun" is an experiment of Hypothesis's own; examples that are too large would fail its health check.
    assert statuses["invalid"] + again.total() <= 0.1 * statuses["valid"], (statuses, again)


@pytest.mark.parametrize("strategy", CASES)
def test_examples_share_nothing(strategy: Callable[[], st.SearchStrategy[Any]]) -> None:
    """An example may be changed at will: the next one is not affected."""

    @settings(max_examples=4, phases=[Phase.generate])
    @given(strategy(), st.just(set[int]()))
    def spoil(example: object, seen: set[int]) -> None:
        containers = dict(walk(example))
        assert seen.isdisjoint(containers)
        kept.extend(containers.values())
        seen.update(containers)

    kept: list[object] = []  # alive, so that no later object takes the identity of one
    spoil()


def walk(value: object, around: tuple[int, ...] = ()) -> Iterator[tuple[int, object]]:
    """Every dict and list of a value, each of them once on a way down."""
    if isinstance(value, dict | list) and id(value) not in around:
        yield id(value), value
    if isinstance(value, dict | list | tuple) and id(value) not in around:
        for member in value.values() if isinstance(value, dict) else value:
            yield from walk(member, (*around, id(value)))


SIMPLEST = {
    "requests": {"messages": [{"role": "user", "content": "Hello"}]},
    "messages": {"role": "user", "content": "Hello"},
    "tools": {
        "type": "function",
        "function": {"name": "get_weather", "description": "Hello", "parameters": {"type": "object", "properties": {}}},
    },
    "tool_conversations": [
        {"role": "user", "content": "Hello"},
        {
            "role": "assistant",
            "content": "Hello",
            "tool_calls": [
                {"id": "call_1", "type": "function", "function": {"name": "get_weather", "arguments": "{}"}}
            ],
        },
        {"role": "tool", "content": "Hello", "tool_call_id": "call_1"},
    ],
    "json_schemas": {"type": "object", "properties": {}},
    "instances": {},
}


@pytest.mark.parametrize("name", SIMPLEST)
def test_shrinks_to_the_simplest(name: str) -> None:
    """A failure that has no cause in the example is shown with the simplest one."""
    assert find(PUBLIC[name](), lambda _: True, settings=FEW) == SIMPLEST[name]


GREETING = {"role": "user", "content": "Hello"}
PROMPT = {"role": "system", "content": "Hello"}
IMAGE = {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}
SIMPLEST_FAULTS = {
    "MM501": {"messages": []},
    "MM502": {"messages": [{"role": "user", "content": ""}]},
    "MM503": {"messages": [PROMPT, PROMPT, GREETING]},
    "MM504": {"messages": [GREETING, PROMPT]},
    "MM505": {"messages": [PROMPT]},
    "MM506": {"messages": [{"role": "user", "content": [IMAGE, {"type": "text", "text": "Hello"}]}]},
    "MM508": {"messages": [{"role": "user", "content": "]~!b[Hello"}]},
    "MM509": {"messages": [{**GREETING, "name": "Hello"}]},
    "MM510": {"messages": SIMPLEST["tool_conversations"]},
    "MM511": {
        "messages": [{"role": "assistant", "content": "Hello<minimax:tool_call>Hello"}, GREETING],
    },
    "MM512": {"messages": [{"role": "system", "content": ""}, GREETING]},
    "MM601": {"messages": [GREETING], "model": "minimax/m2.7", "stop": 0},
    "MM602": {"messages": [GREETING], "max_tokens": 0.5},
    "MM603": {"messages": [GREETING], "max_tokens": 1, "max_completion_tokens": 2},
    "MM604": {"messages": [GREETING], "stream_options": {}},
    "MM605": {"messages": [GREETING], "temperature": 0},
    "MM606": {"messages": [GREETING], "max_tokens": 1},
    "MM607": {"messages": [GREETING], "temperature": 0, "top_p": 0},
    "MM701": {"messages": [{"role": "user", "content": "fjord "}, GREETING], "max_tokens": 128_000},
    "MM702": {"messages": [{"role": "user", "content": "北欧的峡湾和冰川。" * 9}, GREETING], "max_tokens": 127_982},
    "MM703": {"messages": [GREETING], "max_tokens": 128_001},
}


@pytest.mark.parametrize("code", SIMPLEST_FAULTS)
def test_fault_shrinks_to_itself(code: str) -> None:
    """The simplest example of a fault is a greeting and the fault."""
    payload, expected = find(faulty_requests(code), lambda _: True, settings=FEW)
    assert payload == SIMPLEST_FAULTS[code]
    assert expected.code == code


LARGEST = 450
LARGE_FAULTS = {
    "MM006": 600,  # 255 levels
    "MM207": 500,  # two rounds of calls
    "MM211": 600,  # a tool and a call of it; at times a tool too many is left
}
"""Characters of the JSON text of a fault's simplest example."""


@pytest.mark.parametrize("code", PLANTERS)
def test_faults_shrink(code: str) -> None:
    """The simplest example of each fault can be read at a glance."""
    payload, expected = find(faulty_requests(code), lambda _: True, settings=FEW)
    assert expected.code == code
    assert len(json.dumps(payload, ensure_ascii=False, separators=(",", ":"), default=repr)) <= LARGE_FAULTS.get(
        code, LARGEST
    )


def test_shrinks_to_what_matters() -> None:
    """A failure that needs two calls in one message is shown with these, and little else."""

    def calls_twice(request: Json) -> bool:
        return any(len(message.get("tool_calls", ())) > 1 for message in request["messages"])

    smallest = find(requests(), calls_twice, settings=settings(FEW, max_examples=200))
    # How far Hypothesis gets depends on its time as well: some messages more may be left.
    assert len(smallest["messages"]) <= 8
    assert sum(len(message.get("tool_calls", ())) for message in smallest["messages"]) == 2


@given(json_schemas())
def test_schema_is_of_the_draft(schema: Json) -> None:
    """A generated schema is valid under draft 2020-12, has an object at its root, and refers to nothing but itself."""
    Draft202012Validator.check_schema(schema)
    assert schema["type"] == "object"


@given(st.data())
def test_instance_satisfies_its_schema(data: st.DataObject) -> None:
    """A value drawn for a schema satisfies it."""
    schema = data.draw(json_schemas())
    Draft202012Validator(schema).validate(data.draw(instances(schema)))


def test_instances_know_what_they_do_not_know() -> None:
    """A keyword that no value can be built to is refused, rather than ignored."""
    with pytest.raises(ValueError, match="contains"):
        find(instances({"type": "array", "contains": {"const": 1}}), lambda _: True)


def test_variety_of_requests() -> None:
    """Some hundred requests hold every part that a request may have."""
    seen: Counter[str] = Counter()

    @settings(max_examples=300, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(requests())
    def look(request: Json) -> None:
        rounds = [message["tool_calls"] for message in request["messages"] if "tool_calls" in message]
        roles = [message["role"] for message in request["messages"]]
        ids = [call["id"] for calls in rounds for call in calls]
        seen.update(request.keys())
        seen.update(role for role in roles)
        seen.update(key for message in request["messages"] for key in message)
        seen["parallel calls"] += any(len(calls) > 1 for calls in rounds)
        seen["several rounds"] += len(rounds) > 1
        seen["ids used again"] += len(ids) > len(set(ids))
        seen["calls without tools"] += bool(rounds) and "tools" not in request
        seen["calls of tools"] += bool(rounds) and "tools" in request
        seen["parts"] += any(isinstance(message["content"], list) for message in request["messages"])
        seen["the assistant has the last word"] += roles[-1] == "assistant"
        seen["twice the same role"] += any(
            pair in {("user", "user"), ("assistant", "assistant")} for pair in pairwise(roles)
        )
        seen["not only ASCII"] += not str(request).isascii()

    look()
    wanted = {
        *(
            "messages",
            "temperature",
            "top_p",
            "max_tokens",
            "max_completion_tokens",
            "stream",
            "stream_options",
            "tools",
            "tool_choice",
        ),
        *(
            "response_format",
            "mask_sensitive_info",
            "model",
            "system",
            "user",
            "assistant",
            "tool",
            "name",
            "refusal",
            "reasoning_content",
        ),
        *("parallel calls", "several rounds", "ids used again", "calls without tools", "calls of tools", "parts"),
        *("the assistant has the last word", "twice the same role", "not only ASCII"),
    }
    assert {name for name in wanted if seen[name] == 0} == set()


def test_info_rules_come_only_by_name() -> None:
    """Rules that are off by default are left out unless one is named itself, by code or by name."""
    off = {rule.code: rule.name for rule in RULES if rule.severity is Severity.INFO and rule.code in PLANTERS}
    drawn: set[str] = set()

    @settings(phases=[Phase.generate])
    @given(faulty_requests().map(lambda case: case[1].code))
    def look(code: str) -> None:
        drawn.add(code)

    look()
    assert drawn.isdisjoint(off)
    for code, name in off.items():
        for rule in (code, name):
            assert find(faulty_requests(rule), lambda _: True, settings=FIRST)[1].code == code


def test_unknown_rule_is_refused() -> None:
    """A rule that does not exist, or whose faults no value has, is an error at once."""
    with pytest.raises(UnknownSelectorError, match="null-content"):
        faulty_requests("null-contents")
    with pytest.raises(ValueError, match="faults of MM001 cannot be generated: a syntax error exists only in a text"):
        faulty_requests("MM001")
    with pytest.raises(ValueError, match="MM506"):
        faulty_requests("invalid-image-url")


def test_unknown_role_is_refused() -> None:
    """Messages of a role that cannot stand alone are an error at once."""
    with pytest.raises(ValueError, match="'tool'"):
        messages("tool")


@given(requests())
def test_requests_are_copies_apart(request_: Json) -> None:
    """A deep copy of a request equals it: it is made of plain values."""
    assert copy.deepcopy(request_) == request_


def test_public_names() -> None:
    """The public names are those of the documentation."""
    assert set(strategies.__all__) == {*PUBLIC, "Expected"}


def test_health_is_measured() -> None:
    """The script that draws ten thousand examples prints a line for each strategy, and finds a few of them healthy."""
    script = Path(__file__).parents[2] / "scripts" / "strategy_health.py"
    command = [sys.executable, str(script), "requests", "faulty_requests", "MM005", "MM204", "--examples", "20"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split()[:3] for line in done.stdout.splitlines()[1:]] == [
        [name, "20", "0"] for name in ("requests", "faulty_requests", "MM005", "MM204")
    ]


def test_texts_have_no_control_tokens() -> None:
    """A token that is left where another one was taken out is taken out as well."""
    token = min(CONTROL_TOKENS, key=len)
    nested = token[:1] + token + token[1:]
    assert without_control_tokens(f"a{nested}b{token}") == "ab"
    assert without_control_tokens("a <b> c") == "a <b> c"
