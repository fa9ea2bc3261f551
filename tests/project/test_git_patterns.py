"""Patterns as in ``.gitignore``: what they match, and that none of them takes forever."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from minimax_validate.project.git_patterns import git_patterns
from minimax_validate.project.quick_patterns import quick

PIECES = ("a", "b", "a", "*", "**", "/", "/", "?", "[ab]", "[!a]", "/**/", r"\*", ".")
"""Parts of patterns; ``***`` and brackets that hold a slash, which git reads in its own way, are not among them."""

SLOW = [
    ("***********************age/**", "e" * 60),
    ("*" * 50 + "x", "y" * 255),
    ("*a" * 20 + "b", "a" * 255),
    ("*?" * 30 + "x", "y" * 255),
    ("*[!b]" * 30 + "x", "y" * 255),
    ("**/a/" * 30 + "b", "a/" * 2000 + "a"),
    ("/*a*a*a/**/" * 8 + "x", ("a" * 100 + "/") * 40 + "y"),
]


@pytest.mark.parametrize(("pattern", "path"), SLOW)
def test_a_pattern_that_tries_every_way_to_share_a_path_among_its_stars(pattern: str, path: str) -> None:
    """Its steps grow with the length of the path alone: with the number of stars as exponent, this test never ends."""
    assert not git_patterns([pattern]).match_file(path)


def test_stars_keep_nothing_to_try_again() -> None:
    """Only the last star of a name, and the last ``**`` of a path, may give back what they took."""
    [pattern] = GitIgnoreSpec.from_lines(["a*b*c/**/d*e*f/**/g*h*i"]).patterns
    assert pattern.regex is not None
    made = quick(pattern.regex.pattern)
    assert made.startswith("^a(?>[^/]*?b)[^/]*c(?>(?:/.+?)??/d(?>[^/]*?e)[^/]*f(?=/))(?:/.+)?/g(?>[^/]*?h)[^/]*i")


@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map("".join),
    st.lists(st.lists(st.sampled_from("aab*."), min_size=1, max_size=4).map("".join), min_size=1, max_size=5),
)
def test_quick_patterns_match_what_they_matched(pattern: str, names: list[str]) -> None:
    """A pattern of which nothing is tried again matches the same paths, and by the same directory."""
    path = "/".join(names)
    try:
        spec = GitIgnoreSpec.from_lines([pattern])
    except ValueError:
        return  # such as one of slashes alone
    quick_spec = git_patterns([pattern])
    if "[!a]" not in pattern:
        assert quick_spec.check_file(path) == spec.check_file(path)
        assert quick_spec.check_file(path + "/a") == spec.check_file(path + "/a")


@pytest.mark.parametrize(
    ("pattern", "path", "is_matched"),
    [
        ("***/b", "a/a/b", True),
        ("a/***/b", "a/c/d/b", True),
        ("!***", "a", False),
        ("a***b", "a/b", False),
        ("a***b", "accb", True),
        ("a[!b]c", "a/c", False),
        ("a[!b]c", "axc", True),
        ("a?c", "a/c", False),
        (r"\***", "*a", True),
        (r"\***", "b*", False),
    ],
)
def test_stars_and_brackets_as_git_reads_them(pattern: str, path: str, is_matched: bool) -> None:
    """Three stars between slashes are any directories, and nothing but a slash or ``**`` matches a slash.

    ``git check-ignore --no-index`` of git 2.39 answers the same.
    """
    assert bool(git_patterns([pattern]).match_file(path)) is is_matched
