"""The outlines of rules say what the rules say."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import minimax_validate.rules
from minimax_validate.rules.catalogue import RULES
from minimax_validate.rules.outlines import OUTLINES, Outline

PACKAGE = Path(minimax_validate.rules.__file__).parent
MODULES = {f"{path.parent.name}.{path.stem}" for path in PACKAGE.glob("*/*.py")} - {
    f"{path.parent.name}.__init__" for path in PACKAGE.glob("*/__init__.py")
}
PROGRAM = """
import sys
from minimax_validate import Validator
Validator().check({"messages": [{"role": "user", "content": "Hi"}]})
print([name for name in sys.modules if name.startswith("minimax_validate.rules.") and name.count(".") > 2])
"""


def test_each_module_of_a_rule_is_listed_once_in_the_order_of_codes() -> None:
    """No rule is forgotten, and none stands twice."""
    assert sorted(outline.module for outline in OUTLINES) == sorted(MODULES)
    codes = [outline.code for outline in OUTLINES]
    assert codes == sorted(set(codes))


@pytest.mark.parametrize("outline", OUTLINES, ids=lambda outline: outline.code)
def test_an_outline_is_that_of_its_rule(outline: Outline) -> None:
    """What is known before the import is what the module says."""
    rule = import_module(f"minimax_validate.rules.{outline.module}").RULE
    severity_by_contract = tuple((name, int(level)) for name, level in rule.severity_by_contract.items())
    assert outline == Outline(
        rule.code,
        rule.name,
        outline.module,
        int(rule.severity),
        int(rule.when),
        rule.keywords,
        rule.around,
        rule.stops_reading,
        rule.converts,
        rule.check is not None,
        rule.claim is not None,
        severity_by_contract,
    )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_listed_rule_is_whole(rule: object) -> None:
    """Whatever is asked of a rule is what its module says, and nothing else is there."""
    outline = next(outline for outline in OUTLINES if outline.code == rule.code)  # type: ignore[attr-defined]
    real = import_module(f"minimax_validate.rules.{outline.module}").RULE
    names = type(real).__dataclass_fields__
    assert [getattr(rule, name) for name in names] == [getattr(real, name) for name in names]
    assert (real.checks, real.claims) == (outline.checks, outline.claims)
    with pytest.raises(AttributeError, match="smell"):
        _ = rule.smell  # type: ignore[attr-defined]


def test_a_clean_request_needs_no_module_of_a_rule() -> None:
    """The proof of what is clean imports no rule that finds nothing."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"
