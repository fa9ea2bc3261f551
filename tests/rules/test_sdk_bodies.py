"""The request bodies that SDKs send by default: what the rules say of each.

``scripts/capture`` captures them. With ``UPDATE_FIXTURES=1`` in the environment the expected findings are written anew;
read the difference before it is kept.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from minimax_validate import Severity, check
from minimax_validate.values.pointer import to_json_pointer

DATA = Path(__file__).parents[1] / "data" / "sdk"
EXPECTED = DATA / "expected.json"
BODIES = {path.relative_to(DATA).with_suffix("").as_posix(): path for path in sorted(DATA.glob("*/*.json"))}


def findings(path: Path) -> list[str]:
    """Code and JSON pointer of each warning and error of a body."""
    diagnostics = check(json.loads(path.read_text("utf-8"))).diagnostics
    loud = (diagnostic for diagnostic in diagnostics if diagnostic.severity >= Severity.WARNING)
    return sorted(f"{diagnostic.code} {to_json_pointer(diagnostic.pointer)}" for diagnostic in loud)


def expected() -> dict[str, list[str]]:
    """The findings of each body, by SDK and scenario."""
    if os.environ.get("UPDATE_FIXTURES"):
        EXPECTED.write_text(
            json.dumps({name: findings(path) for name, path in BODIES.items()}, indent=2) + "\n", "utf-8"
        )
    found: dict[str, list[str]] = json.loads(EXPECTED.read_text("utf-8"))
    return found


FINDINGS = expected()


def test_every_body_is_expected() -> None:
    """Each captured body has its expected findings, and there are no others."""
    assert set(FINDINGS) == set(BODIES)


@pytest.mark.parametrize("name", BODIES)
def test_body(name: str) -> None:
    """A captured body gets the warnings and errors that are written for it, and no other."""
    assert findings(BODIES[name]) == FINDINGS[name]


@pytest.mark.parametrize("name", [name for name in BODIES if name.endswith(("/simple", "/stream", "/tool"))])
def test_simple_body_is_clean(name: str) -> None:
    """What an SDK sends for a simple request, a stream or an offered tool gets neither a warning nor an error."""
    assert findings(BODIES[name]) == []


@pytest.mark.parametrize("name", BODIES)
def test_one_finding_for_a_mistake(name: str) -> None:
    """No place of a body has two findings, nor has a place inside one that has a finding."""
    places = [finding.partition(" ")[2] for finding in FINDINGS[name]]
    assert not [(one, other) for one in places for other in places if other.startswith(f"{one}/")]
    assert len(places) == len(set(places))
