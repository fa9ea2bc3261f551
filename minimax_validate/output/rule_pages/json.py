"""For programs: an array with an object for each rule."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO

from minimax_validate.output.formats.writer import Style
from minimax_validate.output.rule_pages.page import Sample, page
from minimax_validate.rules.rule import Rule
from minimax_validate.values.pointer import to_json_pointer


def write(rules: Iterable[Rule], stream: TextIO, style: Style) -> None:
    """See ``Writer``; the style does not matter."""
    stream.write(json.dumps(list(map(_object, rules)), indent=2, ensure_ascii=False) + "\n")


def _object(rule: Rule) -> dict[str, Any]:
    """A rule as a JSON object; examples are texts, cut where they are very long."""
    shown = page(rule)
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.label,
        "default": not shown.is_off,
        "fixable": shown.is_fixable,
        "summary": rule.summary,
        "explanation": "\n\n".join(shown.paragraphs),
        "refusal": rule.refusal,
        "reported": [
            {**_sample(sample), "pointers": list(map(to_json_pointer, sample.at)), "fixed": sample.fixed}
            for sample in shown.reported
        ],
        "accepted": list(map(_sample, shown.accepted)),
    }


def _sample(sample: Sample) -> dict[str, Any]:
    return {"why": sample.why, "text": sample.text, "language": sample.language}
