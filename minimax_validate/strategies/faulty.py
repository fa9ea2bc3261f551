"""Requests with one known fault."""

from __future__ import annotations

from typing import Any, NamedTuple

from hypothesis import strategies as st

from minimax_validate.engine.selection import selected
from minimax_validate.rules.catalogue import RULES
from minimax_validate.strategies.faults import NOT_PLANTED, PLANTERS
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.pointer import Pointer


class Expected(NamedTuple):
    """The only finding of a faulty request: the code of its rule, and its pointer."""

    code: str
    pointer: Pointer


def faulty_requests(rule: str | None = None) -> st.SearchStrategy[tuple[Any, Expected]]:
    """Generate payloads with one fault, together with the only finding that they have.

    ``rule`` is a selector: a code, a name or a code prefix. Without it, faults of all rules that run by default are
    generated. Rules of severity info do not run by default: their faults are generated only if ``rule`` is their code
    or name, and are found with ``Settings(extend_select=(expected.code,))``, which works for all other rules too. Some
    faults cannot be generated: faults of texts and files, such as duplicate keys, do not exist in a value, and a bad
    image URL is never the only finding.

    Raises:
        UnknownSelectorError: ``rule`` matches no rule.
        ValueError: no fault of the rule can be generated.
    """
    chosen = RULES if rule is None else selected(rule, RULES)
    named = [found.code for found in chosen if found.severity > Severity.INFO or rule in (found.code, found.name)]
    planted = [code for code in named if code in PLANTERS]
    if not planted:
        reasons = "; ".join(NOT_PLANTED[code] for code in named)
        raise ValueError(f"faults of {rule} cannot be generated: {reasons}")
    return st.sampled_from(planted).flatmap(_planted)


@st.composite
def _planted(draw: st.DrawFn, code: str) -> tuple[Any, Expected]:
    planted = PLANTERS[code](draw)
    return planted.payload, Expected(code, planted.pointer)
