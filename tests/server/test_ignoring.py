"""What ignores a finding is written into configurations that are laid out in any way."""

from __future__ import annotations

import tomllib

import pytest

from minimax_validate.analysis import TextFinding, analyse
from minimax_validate.server.ignoring import comment, configured, place_of
from minimax_validate.texts.replacement import replaced

OWN = [
    "",
    "# ours\n",
    'ignore = ["MM110"] # why\n',
    '[per-file-ignores]\n"a/**" = ["MM1"]\n',
    '[ignore-at]\n"b.json" = ["MM110"]\n',
    '[ignore-at]\n"a.json#/x" = [\n  "MM110", # why\n]\n',
    '[ignore-at]\r\n"a.json#/x" = ["MM110"]\r\n',
    'ignore-at = {"b.json" = ["MM1"]}\n',
    'ignore-at."b.json" = ["MM1"]\nselect = ["ALL"]\n',
]


@pytest.mark.parametrize("text", OWN)
def test_entry_is_added_to_our_own_file(text: str) -> None:
    """The entry is there, all that was said before stays, and so do comments."""
    new = configured(text, "a.json#/x", "MM209", is_shared=False)
    assert new is not None
    before, after = tomllib.loads(text), tomllib.loads(new)
    known = before.setdefault("ignore-at", {}).setdefault("a.json#/x", [])
    known.append("MM209")
    assert after == before
    assert new.count("#") == text.count("#") + ("a.json#/x" not in text)


def test_entry_is_added_to_a_shared_file() -> None:
    """The tables of others stay where they are."""
    text = '[project]\nname = "a" # b\n\n[tool.minimax-validate]\nignore = ["MM110"]\n\n[tool.other]\nx = 1\n'
    new = configured(text, "a.json", "MM209", is_shared=True)
    assert new is not None
    assert tomllib.loads(new)["tool"]["minimax-validate"]["ignore-at"] == {"a.json": ["MM209"]}
    assert tomllib.loads(new)["tool"]["other"] == {"x": 1}
    assert '[project]\nname = "a" # b\n' in new


def test_rule_that_is_ignored_there_is_not_added_again() -> None:
    """An entry that says so already is left as it is."""
    text = '[ignore-at]\n"a.json" = ["MM209"]\n'
    assert configured(text, "a.json", "MM209", is_shared=False) == text


@pytest.mark.parametrize("text", ["x = ", "ignore-at = 1\n", '[ignore-at]\n"a.json" = 1\n'])
def test_configuration_at_fault_is_left_alone(text: str) -> None:
    """What cannot be read, or has something else in that place, is not changed."""
    assert configured(text, "a.json", "MM209", is_shared=False) is None


def first(text: str, name: str = "a.yaml") -> tuple[str | None, TextFinding]:
    """The text with the first finding ignored by a comment, and that finding."""
    analysis = analyse(name, text)
    finding = analysis.findings[0]
    end = text.find("\n", finding.span.start)
    written = comment(analysis, finding, len(text) if end < 0 else end, lambda new: analyse(name, new))
    return (replaced(text, (written,)) if written else None), finding


def test_comment_inside_a_text_is_no_comment() -> None:
    """A value that goes on behind the end of the line cannot have one there."""
    text = 'messages:\n- role: user\n  content: Hi\n- role: system\n  content: "a\n    b"\nstop: "a\n  b"\n'
    assert [found.diagnostic.code for found in analyse("a.yaml", text).findings] == ["MM504", "MM601"]
    assert first(text)[0] == text.replace("- role: system\n", "- role: system  # minimax-validate: ignore[MM504]\n")
    assert first('messages: [{role: user, content: Hi}]\n"stop\n  ": 1\n')[0] is None


def test_format_without_comments_gets_none() -> None:
    """JSON has no comments."""
    assert first('{"messages": [], "stop": 1}', "a.json")[0] is None


def test_place_is_that_of_ignore_at() -> None:
    """A finding of all of a file is ignored by the name of the file alone."""
    finding = first('{"messages": [{"role": "user", "content": "Hi"}], "top_p": 1, "a/b": 1}', "a.json")[1]
    assert place_of("x/a.json", finding) == "x/a.json#/a~1b"
    assert place_of("a.json", first("{", "a.json")[1]) == "a.json"


def test_comment_of_another_line_stays_as_it_is() -> None:
    """A finding gets a comment on its own line, whatever comments there are on others."""
    null = "- role: user\n  content: null"
    text = f"messages:\n{null}  # minimax-validate: ignore[MM110]\n{null}\n"
    assert first(text)[0] == f"{text.rstrip()}  # minimax-validate: ignore[MM110]\n"
