"""``assert_valid_request``: what it lets pass, and what it says of the rest."""

from __future__ import annotations

import subprocess
import sys

import pytest

from minimax_validate import Settings, Severity, Validator
from minimax_validate.testing import assert_valid_request

pytest_plugins = ["pytester"]

GOOD = {"messages": [{"role": "user", "content": "Hi"}]}
BAD = {"messages": [{"role": "user", "content": None}]}
WARNED = {**GOOD, "model": "gpt-4o"}


def told(payload: object, validator: Validator | None = None) -> list[str]:
    """The lines of the assertion's message."""
    with pytest.raises(AssertionError) as caught:
        assert_valid_request(payload, validator)
    return str(caught.value).splitlines()


def test_valid_requests_pass() -> None:
    """A request without errors passes, one with warnings too."""
    assert_valid_request(GOOD)
    assert_valid_request(WARNED)


def test_severity() -> None:
    """Who wants no warnings either says so."""
    with pytest.raises(AssertionError, match="MM009"):
        assert_valid_request(WARNED, fail_on=Severity.WARNING)
    with pytest.raises(AssertionError, match="MM605"):
        assert_valid_request({**GOOD, "temperature": 0}, Validator(Settings(select=("ALL",))), fail_on=Severity.INFO)


def test_validator() -> None:
    """A validator brings its own choice of rules."""
    assert_valid_request(BAD, Validator(Settings(ignore=("MM110",))))


def test_every_finding_is_told() -> None:
    """The message has each finding with its place, what stands there, and the way out; warnings among them."""
    assert told({**BAD, "model": "gpt-4o"}) == [
        "2 findings in this request:",
        "",
        "messages[0].content: MM110 error: content is null; it must be a string or an array of parts",
        "    null",
        '    = fix (unsafe): set the content to ""',
        "",
        'model: MM009 warning: model must be "minimax/m2.7" on Workers AI, not "gpt-4o"',
        '    "gpt-4o"',
        '    = fix (unsafe): set model to "minimax/m2.7"',
    ]


def test_related_places_and_refusals_are_told() -> None:
    """The other places that a finding speaks of are told, and what the provider answers."""
    call = {"id": "a", "type": "function", "function": {"name": "get_weather", "arguments": "{}"}}
    history = [
        {"role": "assistant", "content": "", "tool_calls": [call]},
        {"role": "user", "content": "Well?"},
        {"role": "tool", "tool_call_id": "a", "content": "5 °C"},
    ]
    assert told({"messages": history})[2:] == [
        'messages[2].tool_call_id: MM204 error: this tool result must directly follow its tool call "a"; '
        "a user message is between them",
        '    "a"',
        "    - messages[0].tool_calls[0].id: the tool call",
        "    - messages[1]: the message in between",
        '    = rejected by the provider: "invalid params, tool call result does not follow tool call (2013)"',
        "    = fix (unsafe): move messages[2] up to directly after messages[0]",
    ]


@pytest.mark.parametrize(
    "payload", [None, [], {"messages": [{"role": "user", "content": {1: object()}}]}, {"messages": float("nan")}]
)
def test_any_value_is_told(payload: object) -> None:
    """What is no JSON at all is told like the rest."""
    assert told(payload)


def test_excerpts_are_short_and_harmless() -> None:
    """What is shown of a payload is cut, on one line, and acts on no terminal."""
    lines = told({"messages": [{"role": "user", "content": {"\x1b[31m\u202e\n": "x" * 1_000}}]})
    assert all(len(line) < 200 and line.isprintable() for line in lines)
    assert any(line.endswith("…") for line in lines)


def test_needs_no_test_library() -> None:
    """It imports neither pytest nor Hypothesis, nor what the command needs."""
    program = "import sys; import minimax_validate.testing; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert {"pytest", "hypothesis", "click", "pathspec", "yaml"}.isdisjoint(done.stdout.split())


def test_traceback_ends_at_the_test(pytester: pytest.Pytester) -> None:
    """What pytest shows is the line of the test and the message, and no code of ours."""
    pytester.makepyfile(
        "from minimax_validate.testing import assert_valid_request\ndef test_one(): "
        "assert_valid_request({'messages': []})"
    )
    result = pytester.runpytest()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["> *def test_one*", "E *1 finding in this request:", "E *messages: MM501 error: *"])
    assert "testing.py" not in str(result.stdout)
