"""How a body is read: by which contract, and by which rules of what request.

A body of the chat format is one request, which all rules read. A body of the Messages format is judged by the contract
as it stands, and for what the checks of rules say as the chat request that it means.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, reduce
from operator import or_
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from minimax_validate.json_schema.contract import Contract, contract_of_chat, contract_of_messages
from minimax_validate.request.index import ClosedRequest, Request
from minimax_validate.rules.catalogue import RULES
from minimax_validate.rules.rule import Rule
from minimax_validate.values.contracts import BodyFormat
from minimax_validate.values.diagnostic import Diagnostic, Fix, Related
from minimax_validate.values.limits import Limits
from minimax_validate.values.pointer import Pointer

if TYPE_CHECKING:
    from minimax_validate.request.messages_format import ChatReading

Json = dict[str, Any]

CHECKS = tuple(rule for rule in RULES if rule.checks)
"""The rules that check requests."""

# The later a rule's code in its family, the more particular it is: it is asked first whether a failure is its to tell.
_CLAIMING = tuple(rule for rule in reversed(RULES) if rule.claims)

Claims = Mapping[str, tuple[Rule, ...]]
"""The rules that are offered a failure by its keyword, in the order in which they are asked."""


def _by_keyword(rules: Iterable[Rule]) -> Claims:
    found: defaultdict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        for keyword in rule.keywords:
            found[keyword].append(rule)
    return {keyword: tuple(claiming) for keyword, claiming in found.items()}


CLAIMS = _by_keyword(_CLAIMING)
"""The rules that are offered what is wrong with the shape of a payload."""

_CHECKING = int(reduce(or_, (rule.when for rule in _CLAIMING if rule.checks)))
"""The features of the rules that claim and check: they claim only failures of what they check."""


@cache
def _claims(found: int) -> Claims:
    """Those that may claim what the contract has against a request, by the features of rules that check as well."""
    return _by_keyword(rule for rule in _CLAIMING if not rule.checks or rule.when & found)


_OF_ANY_FORMAT = _by_keyword(rule for rule in _CLAIMING if not "MM107" <= rule.code < "MM2")
"""Those that hold for any contract: the others of their family speak of the chat format."""

_MOST_PLANS = 4096


class Plans(dict[int, tuple[Rule, ...]]):
    """The checks that each set of features calls for, worked out when first seen."""

    def __init__(self, rules: Iterable[Rule] = CHECKS) -> None:
        super().__init__()
        self._rules = tuple(rules)

    def __missing__(self, found: int) -> tuple[Rule, ...]:
        called = tuple(rule for rule in self._rules if rule.when & found)
        if len(self) < _MOST_PLANS:
            self[found] = called
        return called


_OF_MESSAGES = tuple(rule for rule in CHECKS if rule.code not in {"MM216", "MM601"})
"""Checks that hold for the Messages format: its top takes any key, and neighbours of one role are one turn there."""


class Reading(NamedTuple):
    """One body: ``claims`` read the body as it was ``given``, and ``checks`` the request that is ``meant``.

    ``as_given`` leads the findings of the latter back to the former.
    """

    contract: Contract
    given: Request
    meant: Request
    claims: Claims
    checks: tuple[Rule, ...]
    as_given: Callable[[Iterable[Diagnostic]], Iterable[Diagnostic]] | None = None


class Reader(Protocol):
    """Reads bodies; ``proves``, ``keeps`` and ``keeps_parsed`` are those of ``Contract``.

    They hold for bodies of the chat format only.
    """

    @property
    def proves(self) -> Callable[[object], bytes]:
        """See ``Contract``."""
        ...

    @property
    def keeps(self) -> Callable[[object], bool]:
        """See ``Contract``."""
        ...

    @property
    def keeps_parsed(self) -> Callable[[object], bool]:
        """See ``Contract``."""
        ...

    def read(self, body: Json, limits: Limits, lost: frozenset[Pointer], encoded: bytes = b"") -> Reading:
        """Read the inputs of a request; ``encoded`` is a JSON text that holds them, empty if there is none."""
        ...


@cache
def _possible_features() -> ModuleType:
    """What a clean run does without."""
    from minimax_validate.request import possible_features

    return possible_features


class ChatReader:
    """Reads every body as one of the chat format; ``closed`` says that its top takes no other keys.

    ``plans`` are the checks that run.
    """

    def __init__(self, contract: Contract, plans: Plans | None = None, *, closed: bool = False) -> None:
        self.proves = contract.proves
        self.keeps = contract.keeps
        self.keeps_parsed = contract.keeps_parsed
        self._contract = contract
        self._plans = Plans() if plans is None else plans
        self._request = ClosedRequest if closed else Request

    def read(self, body: Json, limits: Limits, lost: frozenset[Pointer], encoded: bytes = b"") -> Reading:
        """See ``Reader``."""
        possible = _possible_features()
        found = possible.possible_features(body, encoded, limits.context_window)
        request = self._request(body, limits, lost, native=possible.is_native(body, found))
        return Reading(self._contract, request, request, _claims(found & _CHECKING), self._plans[found])


class MessagesReader:
    """Reads every body as one of the Messages format."""

    def proves(self, _payload: object) -> bytes:
        """Nothing: the features of a request are those of the chat format."""
        return b""

    def keeps(self, _body: object) -> bool:
        """Nothing, likewise."""
        return False

    def keeps_parsed(self, _body: object) -> bool:
        """Nothing, likewise."""
        return False

    def read(
        self,
        body: Json,
        limits: Limits,
        lost: frozenset[Pointer],
        encoded: bytes = b"",  # noqa: ARG002  # all checks of this format run
    ) -> Reading:
        """See ``Reader``."""
        from minimax_validate.request.messages_format import read_messages  # the default contract does without it

        chat = read_messages(body, lost)
        return Reading(
            contract_of_messages(),
            Request(body, limits, lost, native=True),
            Request(chat.body, limits, chat.lost, native=True),
            _OF_ANY_FORMAT,
            _OF_MESSAGES,
            lambda found: _as_given(found, chat),
        )


class ShapeReader:
    """Reads each body as one of the format that its shape speaks for."""

    def __init__(self, chat: Reader, messages: Reader) -> None:
        self.keeps = chat.keeps
        self.keeps_parsed = chat.keeps_parsed
        self.proves = chat.proves  # what keeps the closed chat format has nothing that the Messages format has alone
        self._chat = chat
        self._messages = messages

    def read(self, body: Json, limits: Limits, lost: frozenset[Pointer], encoded: bytes = b"") -> Reading:
        """See ``Reader``."""
        from minimax_validate.request.body_format import format_of  # as above

        reader = self._messages if format_of(body) is BodyFormat.MESSAGES else self._chat
        return reader.read(body, limits, lost, encoded)


def reader_of_may(body_format: BodyFormat | None, plans: Plans) -> Reader:
    """The reader by the contract of May 2026, of bodies in one format or, without one, in either."""
    chat, messages = ChatReader(contract_of_chat(), plans, closed=True), MessagesReader()
    if body_format is None:
        return ShapeReader(chat, messages)
    return messages if body_format is BodyFormat.MESSAGES else chat


def _as_given(diagnostics: Iterable[Diagnostic], chat: ChatReading) -> Iterator[Diagnostic]:
    """Findings of the chat request, at the places of the body that was given.

    Several places may be one there; what is then told in the same words is told once.
    """
    told = set()
    for diagnostic in diagnostics:
        found = _at_given_place(diagnostic, chat)
        same = found.code, found.pointer, found.message
        if same not in told:
            told.add(same)
            yield found


def _at_given_place(found: Diagnostic, chat: ChatReading) -> Diagnostic:
    """One finding; its fix is kept where it touches nothing that was converted."""
    pointer = chat.as_given(found.pointer)
    return replace(
        found,
        pointer=pointer,
        related=tuple(Related(chat.as_given(other.pointer), other.message) for other in found.related),
        fix=found.fix if found.fix is not None and _is_elsewhere(found.fix) else None,
        focus=found.focus if pointer == found.pointer else "opening",
    )


def _is_elsewhere(fix: Fix) -> bool:
    return all(edit.pointer[:1] not in {("messages",), ("tools",), ("tool_choice",)} for edit in fix.edits)
