"""What a check should do, already decided: plain data that configuration and options turn into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from minimax_validate.values.contracts import APRIL, CONTRACTS
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.limits import Limits
from minimax_validate.values.wording import listed


@dataclass(frozen=True, slots=True)
class Settings(Limits):
    """Which rules run, how much each matters, and (see ``Limits``) the figures that they measure by.

    ``select``, ``extend_select`` and ``ignore`` hold selectors: a code (``MM204``), a code prefix (``MM2``), a name
    (``separated-tool-result``) or ``ALL``. An empty ``select`` means every rule but those of severity info. The more
    specific selector wins (a name or a whole code, then the longer prefix, then ``ALL``); of equals, ``ignore`` does.
    Rules that tell what keeps something from being checked, such as a text that does not parse, run whatever is
    selected, unless ``ignore`` has their code, a prefix of it, or their name. ``severities`` replaces the severity of
    the rules that its selectors name.

    ``contract`` names the vendor's schema that requests are judged by: ``2026-04``, the chat format as the model's page
    has it, or ``2026-05``, where its top level is closed, and Anthropic's Messages format is accepted too.

    Raises:
        ValueError: a limit is no positive whole number, or there is no such contract.
        TypeError: the counter cannot be called.
    """

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=lambda: MappingProxyType({}))
    contract: str = APRIL

    def __post_init__(self) -> None:
        # By its name, as `super()` does not work in a class with slots: the decorator makes that anew.
        Limits.__post_init__(self)
        if self.contract not in CONTRACTS:
            raise ValueError(f"contract must be {listed(map(repr, CONTRACTS))}, not {self.contract!r}")
