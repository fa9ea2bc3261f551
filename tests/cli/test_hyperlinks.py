"""Hyperlinks on rule codes: which terminals get them, and what they are."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from minimax_validate.cli import cli
from minimax_validate.cli.hyperlinks import has_hyperlinks
from minimax_validate.cli.terminal import style
from minimax_validate.rules.catalogue import BY_CODE

BAD = {"messages": [{"role": "user", "content": None}]}
LINK = re.compile("\x1b]8;;(?P<address>[^\x1b]*)\x1b\\\\(?P<text>[^\x1b]*)\x1b]8;;\x1b\\\\")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """It is one."""
        return True


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, False),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM_PROGRAM": "vscode"}, True),
        ({"TERM_PROGRAM": "Apple_Terminal"}, False),
        ({"WT_SESSION": "0-0"}, True),
        ({"KONSOLE_VERSION": "220401"}, True),
        ({"VTE_VERSION": "5000"}, True),
        ({"VTE_VERSION": "4999"}, False),
        ({"VTE_VERSION": "new"}, False),
        ({"VTE_VERSION": "7600", "TERM": "screen-256color"}, False),
        ({"TERM_PROGRAM": "WezTerm", "TERM": "tmux-256color"}, False),
        ({"TERM_PROGRAM": "vscode", "CI": "true"}, False),
        ({"TERM_PROGRAM": "vscode", "TERM": "dumb"}, False),
        ({"TERM_PROGRAM": "vscode", "NO_COLOR": "1"}, False),
        ({"TERM_PROGRAM": "vscode", "NO_COLOR": ""}, True),
        ({"TERM_PROGRAM": "vscode", "FORCE_HYPERLINK": "0"}, False),
        ({"FORCE_HYPERLINK": "1"}, True),
        ({"FORCE_HYPERLINK": ""}, True),
        ({"FORCE_HYPERLINK": "1", "NO_COLOR": "1"}, False),
        ({"FORCE_HYPERLINK": "1", "TERM": "dumb"}, False),
    ],
)
def test_terminals(environment: dict[str, str], expected: bool) -> None:
    """Known terminals get hyperlinks; what forbids them wins over what forces them."""
    assert has_hyperlinks(environment, Terminal()) is expected


@pytest.mark.parametrize(
    ("variable", "values"),
    [
        ("TERM", "alacritty alacritty-direct contour foot foot-extra xterm-ghostty xterm-kitty"),
        ("TERM_PROGRAM", "ghostty Hyper iTerm.app rio Tabby terminology vscode WarpTerminal WezTerm zed"),
        ("DOMTERM", "version=3.2"),
        ("KONSOLE_VERSION", "230804"),
        ("WT_SESSION", "a5d2-41"),
    ],
)
def test_known_terminals(variable: str, values: str) -> None:
    """Each terminal that shows hyperlinks is known by the variable that it sets; an empty one says nothing."""
    assert [value for value in values.split() if not has_hyperlinks({variable: value}, Terminal())] == []
    assert not has_hyperlinks({variable: values.split(maxsplit=1)[0]}, io.StringIO())
    assert not has_hyperlinks({variable: ""}, Terminal())


def test_what_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file or a pipe gets none, unless they are forced, and with --color never nobody does."""
    monkeypatch.setenv("TERM_PROGRAM", "vscode")
    for name in ("NO_COLOR", "CI", "TERM", "FORCE_HYPERLINK"):
        monkeypatch.delenv(name, raising=False)
    assert not style("always", io.StringIO()).hyperlinks
    assert style("auto", Terminal()).hyperlinks
    assert not style("never", Terminal()).hyperlinks
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    assert style("auto", io.StringIO()).hyperlinks
    assert not style("never", io.StringIO()).hyperlinks


@pytest.mark.parametrize("color", ["auto", "always"])
def test_codes_lead_to_their_pages(tmp_path: Path, color: str) -> None:
    """The code of each finding is a link to its page; without the links the output is what it is without them."""
    path = tmp_path / "a.json"
    path.write_text(json.dumps(BAD), "utf-8")
    arguments = ("check", str(path), "--color", color)
    plain = CliRunner().invoke(cli, arguments, color=True).output
    linked = CliRunner().invoke(cli, arguments, color=True, env={"FORCE_HYPERLINK": "1"}).output
    assert [(found["address"], found["text"]) for found in LINK.finditer(linked)] == [(BY_CODE["MM110"].url, "MM110")]
    assert LINK.sub(lambda found: found["text"], linked) == plain
    assert "\x1b]8" not in plain
