"""Templates of strangers: they are bounded in time, memory and length, and reach no file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from minimax_validate.project.templates import run_template
from minimax_validate.tokens import own_template
from minimax_validate.tokens.own_template import TemplateError, render_with

BODY: dict[str, Any] = {"messages": [{"role": "user", "content": "Hi"}]}


def test_in_a_process_of_its_own() -> None:
    """The prompt is what the template writes."""
    assert run_template("{{ messages[0].content }} é", BODY) == "Hi é"


@pytest.mark.parametrize(
    "template",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{{ 10 ** (10 ** 9) }}",
    ],
)
def test_a_template_without_end_is_ended(template: str) -> None:
    """What does not come to an end is stopped."""
    with pytest.raises(TemplateError, match=r"it takes more than 0\.5 seconds"):
        run_template(template, BODY, seconds=0.5)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to the limit of memory")
@pytest.mark.parametrize("template", ["{{ 'a' * 10 ** 11 }}", "{{ 'a' | center(10 ** 11) }}"])
def test_a_template_that_wants_all_memory_fails(template: str) -> None:
    """Memory is limited."""
    with pytest.raises(TemplateError):
        run_template(template, BODY)


def test_a_template_that_writes_too_much_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is stopped as soon as it has written more than is allowed."""
    monkeypatch.setattr(own_template, "MOST_CHARACTERS", 1_000)
    with pytest.raises(TemplateError, match="its output is longer than 1,000 characters"):
        render_with("{% for a in range(9999) %}aaaa{% endfor %}", BODY)


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{% include '/etc/hostname' %}", "no loader"),
        ("{% import '/etc/hostname' as a %}", "no loader"),
        ("{% extends 'a' %}", "no loader"),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "undefined|unsafe"),
        ("{{ raise_exception.__globals__ }}{{ raise_exception.__globals__.json }}", "undefined|unsafe"),
        ("{{ cycler.__init__.__globals__.os.popen('id') }}", "undefined|unsafe"),
        ("{{ messages.append(1) }}", "unsafe"),
        ("{{ messages[0].update(role='a') }}", "unsafe"),
        ("a\n{% if %}", "line 2: "),
        ("{{ nothing.at.all }}", "undefined"),
        ("{{ raise_exception('no') }}", "it rejects the request: no"),
        ("{{ range(999999) }}", "[Rr]ange"),
    ],
)
def test_the_sandbox_holds(template: str, words: str) -> None:
    """No file, no object beyond what is given, no change of the request; each is an error in words."""
    with pytest.raises(TemplateError, match=words):
        render_with(template, BODY)


def test_what_lies_in_the_working_directory_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module beside the template that is named as one of ours is not imported."""
    (tmp_path / "jinja2.py").write_text("raise SystemExit(7)", "utf-8")
    (tmp_path / "json.py").write_text("raise SystemExit(7)", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run_template("fine", BODY) == "fine"


def test_without_jinja(monkeypatch: pytest.MonkeyPatch) -> None:
    """If the package is missing, the message says what to install."""
    monkeypatch.setitem(sys.modules, "jinja2.sandbox", None)
    with pytest.raises(TemplateError, match=r"pip install 'minimax-validate\[render\]'"):
        render_with("", BODY)


@pytest.mark.parametrize("arguments", ["oops", "[1]", '{"a": 1', {"a": 1}, None, 5])
def test_arguments_that_are_no_object_stay(arguments: Any) -> None:
    """Nothing that a request holds makes the preparation fail."""
    body = {"messages": [{"role": "assistant", "tool_calls": [{"function": {"arguments": arguments}}, None, 5, {}]}]}
    assert render_with("{{ messages[0].tool_calls[0].function.arguments }}", body) == str(arguments)


@pytest.mark.parametrize("body", [None, [], {}, {"messages": 5}, {"messages": [5, None, {"tool_calls": "ab"}]}])
def test_what_is_no_request_is_rendered(body: Any) -> None:
    """The template is given what there is."""
    assert render_with("{{ messages | length }}", body).isdecimal()


def test_a_request_that_is_too_deep() -> None:
    """It is an error in words."""
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(TemplateError, match="too deep"):
        run_template("", {"messages": deep})
    while deep:
        deep = deep.pop()


def test_filters_of_templates() -> None:
    """A template may write values as JSON in the way that it asks for, and today's date."""
    body = {"messages": [{"role": "user", "content": "<é>"}]}
    template = (
        "{{ messages[0] | tojson }} {{ messages | tojson(ensure_ascii=true, indent=0) }} {{ strftime_now('%Y') }}"
    )
    plain, lines, year = render_with(template.replace(" {{", "\x00{{"), body).split("\x00")
    assert plain == '{"role": "user", "content": "<é>"}'
    assert lines == '[\n{\n"role": "user",\n"content": "<\\u00e9>"\n}\n]'
    assert year.isdecimal()
