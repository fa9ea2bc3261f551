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
    """The one finding that a faulty request is due: the code of its rule, and where."""

    code: str
    pointer: Pointer


def faulty_requests(rule: str | None = None) -> st.SearchStrategy[tuple[Any, Expected]]:
    """Payloads with one fault planted in a request that was clean, and the one finding that this is.

    ``rule`` is a selector as in the settings: a code, a name or a code prefix; without it, faults of any rule come.
    Rules of severity info are off by default, so their faults come only where the rule itself is named, and they are
    found under ``Settings(extend_select=(expected.code,))``, which holds for all the others as well. Faults of texts
    and files, such as a key given twice, have no place in a value, and the address of an image is never the only thing
    wrong with it: none of these are planted.

    Raises:
        UnknownSelectorError: no rule is called that.
        ValueError: no fault of the rule can be planted.
    """
    chosen = RULES if rule is None else selected(rule, RULES)
    named = [found.code for found in chosen if found.severity > Severity.INFO or rule in (found.code, found.name)]
    planted = [code for code in named if code in PLANTERS]
    if not planted:
        reasons = "; ".join(NOT_PLANTED[code] for code in named)
        raise ValueError(f"no fault of {rule} can be planted: {reasons}")
    return st.sampled_from(planted).flatmap(_planted)


@st.composite
def _planted(draw: st.DrawFn, code: str) -> tuple[Any, Expected]:
    planted = PLANTERS[code](draw)
    return planted.payload, Expected(code, planted.pointer)
