"""Requests in the shapes that public reports describe: the findings wanted, and what survives all fixes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from minimax_validate import check, fix
from minimax_validate.values.pointer import to_json_pointer

CASES = Path(__file__).parents[3] / "shared" / "cases"
EXPECTED: dict[str, Any] = (
    json.loads((CASES / "expected.json").read_text("utf-8")) if (CASES / "expected.json").is_file() else {}
)

pytestmark = pytest.mark.skipif(not EXPECTED, reason="the shared cases are not beside this checkout")


def body_of(name: str) -> Any:
    """A reported request."""
    return json.loads((CASES / name).read_text("utf-8"))


@pytest.mark.parametrize("name", EXPECTED)
def test_findings(name: str) -> None:
    """A reported request has the findings that are wanted, and no others."""
    found = [[finding.code, to_json_pointer(finding.pointer)] for finding in check(body_of(name)).diagnostics]
    assert sorted(found) == sorted(EXPECTED[name]["findings"])


@pytest.mark.parametrize("name", EXPECTED)
def test_fixes(name: str) -> None:
    """After all fixes the texts that are wanted are there, and the verdict is the one that is wanted."""
    done = fix(body_of(name), unsafe=True)
    text = json.dumps(done.payload, ensure_ascii=False)
    assert [kept for kept in EXPECTED[name]["keeps"] if kept not in text] == []
    verdict = EXPECTED[name]["exit_after_fixes"]
    assert verdict is None or done.report.ok == (verdict == 0)
