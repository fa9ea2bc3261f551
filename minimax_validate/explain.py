"""A rule's page: the same text for the ``rule`` command and the documentation."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from minimax_validate.plain import to_plain
from minimax_validate.pointer import to_path
from minimax_validate.rule import Invalid, Rule, Valid

_LONGEST = 1500
"""Characters of an example worth printing: one that shows a limit may be far longer."""


def page(rule: Rule) -> str:
    """The Markdown page of one rule."""
    first, _, rest = rule.prose.strip().partition("\n")
    parts = [f"# {rule.code} {rule.name}", first, f"Severity: {rule.severity.label}.{_fixes(rule)}", rest.strip()]
    if rule.refusal:
        parts.append(f"The provider's answer:\n\n> {rule.refusal}")
    parts += ["## Reported", *map(_reported, rule.invalid), "## Accepted", *map(_accepted, rule.valid)]
    parts.append(f'## To switch it off\n\n`--ignore {rule.code}` for the command, `Settings(ignore=("{rule.code}",))` for the library.')
    return "\n\n".join(parts) + "\n"


def table(rules: Iterable[Rule]) -> str:
    """A Markdown table of rules: code, name, severity, first sentence."""
    rows = "".join(f"| {rule.code} | {rule.name} | {rule.severity.label} | {rule.summary} |\n" for rule in rules)
    return f"| code | name | severity | demands |\n| --- | --- | --- | --- |\n{rows}"


def _fixes(rule: Rule) -> str:
    return " Some findings can be fixed." if any(example.fixed is not None for example in rule.invalid) else ""


def _reported(example: Invalid) -> str:
    places = ", ".join(f"`{to_path(pointer)}`" for pointer in example.at if len(pointer) < 20)
    text = f"{example.why}{f' Reported at {places}.' if places else ''}\n\n{_payload(example)}"
    return text if example.fixed is None else f"{text}\n\nFixed:\n\n{_json(example.fixed)}"


def _accepted(example: Valid) -> str:
    return f"{example.why}\n\n{_payload(example)}"


def _payload(example: Valid | Invalid) -> str:
    if example.text is not None:
        is_text = isinstance(example.text, str)
        return _fenced(_short(str(example.text)), "json" if is_text else "python")
    instance, failures = to_plain(example.payload)
    return _fenced(_short(_python(example.payload)), "python") if failures else _json(instance)


def _python(payload: Any) -> str:
    return repr(payload)


def _json(value: Any) -> str:
    text = spelled(value)
    # What is too long to be read is not laid out either: hundreds of lines with a bracket each show nothing.
    return _fenced(text if len(text) <= _LONGEST else _short(json.dumps(value, ensure_ascii=False)), "json")


def spelled(value: Any, indent: str = "", width: int = 110) -> str:
    """A value as JSON text that opens containers only where they do not fit on a line."""
    line = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(line) <= width or not isinstance(value, dict | list):
        return line
    deeper = indent + "  "
    if isinstance(value, dict):
        members = (f"{deeper}{json.dumps(key, ensure_ascii=False)}: {spelled(member, deeper, width)}" for key, member in value.items())
        return "{\n" + ",\n".join(members) + f"\n{indent}}}"
    return "[\n" + ",\n".join(deeper + spelled(item, deeper, width) for item in value) + f"\n{indent}]"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:400]} …"


def _fenced(text: str, language: str) -> str:
    return f"```{language}\n{text}\n```"
