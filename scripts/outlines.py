"""The outlines of all rules, as ``minimax_validate/rules/outlines.py`` lists them."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import minimax_validate.rules
from minimax_validate.rules.outlines import Outline
from minimax_validate.rules.rule import Rule

PACKAGE = Path(minimax_validate.rules.__file__).parent
TARGET = PACKAGE / "outlines.py"


def rules() -> dict[str, Rule]:
    """The rule of each module of a family, by the name of the module, in the order of their codes."""
    modules = (f"{path.parent.name}.{path.stem}" for path in PACKAGE.glob("*/*.py") if path.stem != "__init__")
    found = {module: import_module(f"{PACKAGE.parent.name}.rules.{module}").RULE for module in modules}
    return dict(sorted(found.items(), key=lambda each: each[1].code))


def outline(module: str, rule: Rule) -> Outline:
    """What is known of a rule before its module is imported."""
    return Outline(
        rule.code,
        rule.name,
        module,
        int(rule.severity),
        int(rule.when),
        rule.keywords,
        rule.around,
        rule.stops_reading,
        rule.converts,
        rule.checks,
        rule.claims,
        tuple((name, int(severity)) for name, severity in rule.severity_by_contract.items()),
    )


def with_outlines(text: str) -> str:
    """The text of the module with the outlines of all rules."""
    head, mark, _ = text.partition("OUTLINES = (\n")
    return head + mark + "".join(f"    {_line(outline(*each))}\n" for each in rules().items()) + ")\n"


def _line(outline: Outline) -> str:
    """An outline as code: what it has by default is left out."""
    given = ", ".join(repr(value).replace("'", '"') for value in outline[:4])
    more = (
        f", {name}={_literal(value)}"
        for name, value in zip(outline._fields[4:], outline[4:], strict=True)
        if value != outline._field_defaults[name]
    )
    return f"Outline({given}{''.join(more)}),"


def _literal(value: object) -> str:
    return repr(value).replace("'", '"')
