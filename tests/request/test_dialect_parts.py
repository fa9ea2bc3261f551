"""Content of another API may hold parts that are no objects."""

from __future__ import annotations

import pytest

from minimax_validate import check


@pytest.mark.parametrize("part", [5.5, None, True, ["text"]])
def test_part_that_is_no_object_is_told_as_other_content(part: object) -> None:
    """A number among the blocks of another API is no reason to fail: the message is told as one of that API."""
    blocks = [{"type": "tool_use", "id": "a", "name": "f", "input": {}}, part]
    found = check({"messages": [{"role": "assistant", "content": blocks}]}).diagnostics
    assert [(finding.code, finding.pointer) for finding in found] == [("MM127", ("messages", 0))]
