"""What a check should do, already decided: plain data that configuration and options turn into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.limits import Limits


@dataclass(frozen=True, slots=True)
class Settings(Limits):
    """Which rules run, how much each matters, and (see ``Limits``) the figures that they measure by.

    ``select``, ``extend_select`` and ``ignore`` hold selectors: a code (``MM204``), a code prefix (``MM2``), a name
    (``separated-tool-result``) or ``ALL``. An empty ``select`` means every rule but those of severity info. The more
    specific selector wins (a name or a whole code, then the longer prefix, then ``ALL``); of equals, ``ignore`` does.
    ``severities`` replaces the severity of the rules that its selectors name.
    """

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=lambda: MappingProxyType({}))
