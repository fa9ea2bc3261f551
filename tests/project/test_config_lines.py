"""The lines of keys in a TOML text."""

from __future__ import annotations

from minimax_validate.project.config_lines import Lines


def test_word_that_is_written_otherwise() -> None:
    """A value that the text spells with escapes, or in an array's middle, is at the line of its key."""
    lines = Lines('fail-on = "info"\nignore = [\n  "MM\\u0031",\n  "MM2",\n]\n')
    assert lines.of(("ignore",), "MM2") == 4
    assert lines.of(("ignore",), "MM1") == 2


def test_key_with_escapes_that_json_does_not_have() -> None:
    """A key with an escape of TOML alone is known as it is spelled, and its neighbours by their names."""
    lines = Lines('["\\U0001F600"]\na = 1\n[b]\n"c\\u00e9" = 1\n')
    assert lines.of(("\\U0001F600", "a")) == 2
    assert lines.of(("b", "cé")) == 4


def test_a_word_is_sought_in_the_value_of_its_key_alone() -> None:
    """The value ends before the next line that has a key, wherever in the text that key was known first."""
    lines = Lines('b = 1\n[a]\nexclude = [\n  "x",\n]\ninclude = ["y"]\n')
    assert lines.of(("a", "exclude"), "x") == 4
    assert lines.of(("a", "exclude"), "y") == 3
    assert lines.of(("a", "include"), "y") == 6
    assert lines.of(("b",), "y") == 1
