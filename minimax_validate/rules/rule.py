"""What a rule is: prose, a check, examples that prove it, and the words it is found by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol, TypedDict, Unpack

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.values.addresses import DOCS
from minimax_validate.values.diagnostic import Diagnostic, Fix, Focus, Related, Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.pointer import Pointer


class Details(TypedDict, total=False):
    """What a finding may have beside its place and its message; see ``Diagnostic``."""

    related: tuple[Related, ...]
    fix: Fix | None
    focus: Focus
    is_sent: bool


class Flag(Protocol):
    """How a check speaks: where, what is wrong there, and what else belongs to it."""

    def __call__(
        self, pointer: Pointer, message: str, *, at_most: Severity = Severity.ERROR, **details: Unpack[Details]
    ) -> None:
        """Report a finding, at the severity of the rule but ``at_most`` this one."""
        ...


_PAGES = f"{DOCS}/rules"

Check = Callable[[Request, Flag], None]


Claim = Callable[[Failure, Request, Flag], bool]
"""Puts a failure into words if it is this rule's to tell; says whether it was."""


class Valid(NamedTuple):
    """An instance that the whole set of rules accepts.

    ``text`` (or bytes) where the spelling matters, else ``payload``.
    """

    why: str
    payload: Any = None
    text: str | bytes | None = None


class Invalid(NamedTuple):
    """An instance that its rule reports, at exactly these pointers; ``fixed`` is what all its fixes leave behind.

    No other rule has anything to say of it, but for what stands ``beside``: codes and pointers that cannot be had
    without.
    """

    why: str
    payload: Any = None
    at: tuple[Pointer, ...] = ((),)
    fixed: Any = None
    text: str | bytes | None = None
    beside: tuple[tuple[str, Pointer], ...] = ()


class Leans(Enum):
    """What a finding rests on beyond its own place, and has to be known where not all of a request is."""

    PLACE = "nothing else"
    REQUEST = "the keys of the request, all of them"
    MESSAGES = "all messages, with their roles, calls and ids"
    WORDS = "what all messages say"
    SCHEMA = "the whole schema that the place is in"
    TOOL_NAMES = "the names of all tools"
    TOOLS = "the tools, whole"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """One rule: the engine reads ``when``, ``check``, ``keywords`` and ``claim``; the rest is for people.

    A rule of a request has a ``check``, called when the request may have one of the features ``when``: in a request
    that surely has none of them, the check finds nothing. A rule of the contract has a ``claim``, offered the failures
    of its ``keywords``; beside a check, it claims only failures of what the check reports. A rule of a text has
    neither: its reader reports it.
    ``around`` says that the check holds for an envelope's own keys too. ``refusal`` is what the provider answers, in
    its own words. ``never_ignore`` is the reason to ignore none of its findings, if there is one.
    ``severity_by_contract`` is the severity by the names of contracts that make it another.
    ``stops_reading`` says that something was not checked because of a finding: such a rule runs whatever is selected,
    unless it is ignored by its code, a prefix of that, or its name.
    ``converts`` says that its fixes convert another notation, whose own faults can only be seen after that.
    ``leans_on`` matters when a part of a request is not known, as in source code.
    """

    code: str
    name: str
    severity: Severity
    prose: str
    valid: tuple[Valid, ...]
    invalid: tuple[Invalid, ...]
    when: Feature = Feature.NONE
    around: bool = False
    check: Check | None = None
    keywords: tuple[str, ...] = ()
    claim: Claim | None = None
    refusal: str | None = None
    never_ignore: str | None = None
    stops_reading: bool = False
    severity_by_contract: Mapping[str, Severity] = field(default_factory=lambda: MappingProxyType({}))
    leans_on: Leans = Leans.PLACE
    converts: bool = False

    @property
    def checks(self) -> bool:
        """Whether it has a check."""
        return self.check is not None

    @property
    def claims(self) -> bool:
        """Whether it has a claim."""
        return self.claim is not None

    @property
    def summary(self) -> str:
        """The first sentence of the prose: what the rule demands."""
        return self.prose.strip().partition("\n")[0]

    @property
    def explanation(self) -> str:
        """The prose, with the reason never to ignore the rule as its last paragraph."""
        prose = self.prose.strip()
        return prose if self.never_ignore is None else f"{prose}\n\nDo not ignore this rule: {self.never_ignore}."

    @property
    def url(self) -> str:
        """The address of its page; a code never changes its meaning, so the newest page is the right one."""
        return f"{_PAGES}/{self.code}.md"

    def diagnose(self, pointer: Pointer, message: str, **details: Unpack[Details]) -> Diagnostic:
        """A finding of this rule at its own severity."""
        return Diagnostic(self.code, self.name, self.severity, message, pointer, **details)
