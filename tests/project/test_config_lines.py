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
