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
    """Which rules run, how severe they are, and the limits that they compare with.

    ``select``, ``extend_select`` and ``ignore`` contain selectors: a code (``MM204``), a code prefix (``MM2``), a name
    (``separated-tool-result``) or ``ALL``. If ``select`` is empty, all rules run except those of severity info. The
    most specific selector wins: a name or a whole code, then the longer prefix, then ``ALL``. If two selectors are
    equally specific, ``ignore`` wins. Rules that report what prevents a check, such as a syntax error, run even if
    they are not selected; to turn one off, add its code, a prefix of its code or its name to ``ignore``.
    ``severities`` replaces the severity of the selected rules.

    ``contract`` is the version of the vendor's schema. ``2026-04`` is the chat format on the model's page.
    ``2026-05`` rejects unknown parameters of the chat format and also accepts Anthropic's Messages format.

    The limits are ``context_window`` and ``small_token_limit`` in tokens, and ``json_schema_name_length`` in Unicode
    code points. ``counter`` is a function that returns the exact number of tokens of a text. It is called only if
    cheaper bounds do not decide whether a prompt fits. If it fails, an estimate is used instead.

    Raises:
        ValueError: a limit is not a positive whole number, or ``contract`` is unknown.
        TypeError: ``counter`` is not callable.
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
