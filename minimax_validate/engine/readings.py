"""How a body is read: by which contract, and by which rules of what request.

A body of the chat format is one request, which all rules read. A body of the Messages format is judged by the contract
as it stands, and for what the checks of rules say as the chat request that it means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from minimax_validate.json_schema.contract import Contract, contract_of_chat, contract_of_messages
from minimax_validate.request.features import KEY_FEATURES, features_of_keys
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
CLAIMS = tuple(rule for rule in reversed(RULES) if rule.claims)
"""The rules that are offered what the contract has against a request, in the order in which they are asked."""

_OF_ANY_FORMAT = tuple(rule for rule in CLAIMS if not "MM107" <= rule.code < "MM2")
"""Those that hold for any contract: the others of their family speak of the chat format."""

_MOST_KEPT = 4096


@lru_cache(maxsize=_MOST_KEPT)
def _asked(found: int) -> tuple[Rule, ...]:
    """The checks that may have something to say of a request, by the features of its keys."""
    return tuple(rule for rule in CHECKS if rule.when & ~KEY_FEATURES or not rule.when or rule.when & found)


_OF_MESSAGES = tuple(rule for rule in CHECKS if rule.code not in {"MM216", "MM601"})
"""Checks that hold for the Messages format: its top takes any key, and neighbours of one role are one turn there."""


class Reading(NamedTuple):
    """One body: ``claims`` read the body as it was ``given``, and ``checks`` the request that is ``meant``.

    ``as_given`` leads the findings of the latter back to the former.
    """

    contract: Contract
    given: Request
    meant: Request
    claims: tuple[Rule, ...]
    checks: tuple[Rule, ...]
    as_given: Callable[[Iterable[Diagnostic]], Iterable[Diagnostic]] | None = None


class Reader(Protocol):
    """Reads bodies; ``proves`` and ``keeps`` are those of ``Contract``, and hold for bodies of the chat format only."""

    @property
    def proves(self) -> Callable[[object], bytes]:
        """See ``Contract``."""
        ...

    @property
    def keeps(self) -> Callable[[object], bool]:
        """See ``Contract``."""
        ...

    def read(self, body: Json, limits: Limits, lost: frozenset[Pointer]) -> Reading:
        """Read the inputs of a request."""
        ...


class ChatReader:
    """Reads every body as one of the chat format; ``closed`` says that its top takes no other keys."""

    def __init__(self, contract: Contract, *, closed: bool = False) -> None:
        self.proves = contract.proves
        self.keeps = contract.keeps
        self._contract = contract
        self._request = ClosedRequest if closed else Request

    def read(self, body: Json, limits: Limits, lost: frozenset[Pointer]) -> Reading:
        """See ``Reader``."""
        request = self._request(body, limits, lost)
        return Reading(self._contract, request, request, CLAIMS, _asked(features_of_keys(body)))


class MessagesReader:
    """Reads every body as one of the Messages format."""

    def proves(self, _payload: object) -> bytes:
        """Nothing: the features of a request are those of the chat format."""
        return b""

    def keeps(self, _body: object) -> bool:
        """Nothing, likewise."""
        return False

    def read(self, body: Json, limits: Limits, lost: frozenset[Pointer]) -> Reading:
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
        self.proves = chat.proves  # what keeps the closed chat format has nothing that the Messages format has alone
        self._chat = chat
        self._messages = messages

    def read(self, body: Json, limits: Limits, lost: frozenset[Pointer]) -> Reading:
        """See ``Reader``."""
        from minimax_validate.request.body_format import format_of  # as above

        reader = self._messages if format_of(body) is BodyFormat.MESSAGES else self._chat
        return reader.read(body, limits, lost)


def reader_of_may(body_format: BodyFormat | None) -> Reader:
    """The reader by the contract of May 2026, of bodies in one format or, without one, in either."""
    chat, messages = ChatReader(contract_of_chat(), closed=True), MessagesReader()
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
