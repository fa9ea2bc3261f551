"""What is said of a defect: where it is, and nothing of the values at hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from minimax_validate.project.traces import RemoteError, trace

SECRET = "k9Xw2Qz7Lm4Vb8Nc1Rt6Yp3Hs5Jd0Gf"


def first() -> None:
    """A defect."""
    raise KeyError(SECRET)


def caused() -> None:
    """A defect that another one is named as the cause of."""
    try:
        first()
    except KeyError as error:
        raise ValueError(SECRET) from error


def meanwhile() -> None:
    """A defect while another one is dealt with."""
    try:
        first()
    except KeyError:
        raise ValueError(SECRET)  # noqa: B904


def instead() -> None:
    """A defect in the place of another one."""
    try:
        first()
    except KeyError:
        raise ValueError(SECRET) from None


@pytest.mark.parametrize(
    ("fail", "kinds", "functions"),
    [
        (first, ["KeyError"], ["first"]),
        (caused, ["KeyError", "ValueError"], ["caused", "first", "caused"]),
        (meanwhile, ["KeyError", "ValueError"], ["meanwhile", "first", "meanwhile"]),
        (instead, ["ValueError"], ["instead"]),
    ],
)
def test_trace(fail: Callable[[], None], kinds: list[str], functions: list[str]) -> None:
    """The defects that led to one come first, each with its places and its kind, as Python prints them."""
    with pytest.raises((KeyError, ValueError)) as raised:
        fail()
    lines = "".join(trace(raised.value)).splitlines()
    assert lines.count("Traceback (most recent call last):") == len(kinds)
    assert [line.partition(":")[0] for line in lines if "(message omitted" in line] == kinds
    places = [line.rpartition(" in ")[2] for line in lines if line.startswith("  File ")]
    assert [place for place in places if place != "test_trace"] == functions
    assert SECRET not in "\n".join(lines)


def test_trace_of_another_process() -> None:
    """A defect in another process is shown with the places in that process."""
    lines = ("Traceback (most recent call last):\n", "KeyError: (message omitted)\n")
    with pytest.raises(RemoteError) as raised:
        raise RemoteError(lines)
    assert tuple(trace(raised.value)) == lines
