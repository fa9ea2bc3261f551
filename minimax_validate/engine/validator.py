"""Check one value: prove it clean if that can be done at once, else say all that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, Unpack

from minimax_validate.engine.readings import CHECKS, CLAIMS, ChatReader, Claims, Plans, Reader, reader_of_may
from minimax_validate.engine.selection import severities
from minimax_validate.engine.settings import Settings
from minimax_validate.json_schema.contract import brief_contract, contract
from minimax_validate.request.envelope import Envelope, bundled, open_envelope, open_plain
from minimax_validate.request.features import Feature, features
from minimax_validate.request.index import Request
from minimax_validate.rules.catalogue import RULES
from minimax_validate.rules.rule import Details, Rule
from minimax_validate.values.contracts import MAY, BodyFormat
from minimax_validate.values.diagnostic import Diagnostic, Severity, all_moved
from minimax_validate.values.failure import Failure
from minimax_validate.values.order import in_order
from minimax_validate.values.plain import plain_copy
from minimax_validate.values.pointer import Pointer, value_at
from minimax_validate.values.report import CLEAN, Report

_SUSPECT = int(Feature.SUSPECT)
_MAYBE_FOREIGN = int(Feature.DIALECT_KEYS | Feature.FOREIGN_KEYS)
_NOTHING_LOST: frozenset[Pointer] = frozenset()
_AROUND = tuple(rule for rule in CHECKS if rule.around)


@cache
def _failures_and_offers() -> tuple[Callable[..., tuple[Failure, ...]], Callable[..., list[Diagnostic]]]:
    """What is proven clean does without, and so does the start of a program."""
    from minimax_validate.engine.offers import offered
    from minimax_validate.json_schema.contract.failures import failures

    return failures, offered


class Validator:
    """Checks requests with fixed settings; create it once and share it between threads.

    ``body_format`` is the format of all bodies if the contract has several formats. Without it, the format of each
    body is detected. ``is_brief`` is for programs that check a request or two and end: it starts sooner, and checks
    more slowly.

    Raises:
        UnknownSelectorError: the settings contain a selector that matches no rule.
        NoRuleError: the settings leave no rule to run.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        body_format: BodyFormat | None = None,
        is_brief: bool = False,
    ) -> None:
        self.settings = settings or Settings()
        self._severities = severities(self.settings, RULES)
        self._plans = Plans(rule for rule in CHECKS if rule.code in self._severities)
        self._reader: Reader = (
            reader_of_may(body_format, self._plans)
            if self.settings.contract == MAY
            else ChatReader(brief_contract() if is_brief else contract(), self._plans)
        )
        self._proves = self._reader.proves
        self._keeps = self._reader.keeps
        self._keeps_parsed = self._reader.keeps_parsed
        self._window = self.settings.context_window
        self._is_counted = self.settings.counter is not None

    def check(self, payload: object) -> Report:
        """Check a payload, with or without an envelope, and return all findings.

        This method never raises, unless memory runs out, and never changes the payload.

        Raises:
            MemoryError: the findings are not known.
        """
        try:
            if type(payload) is dict and "messages" in payload:
                encoded = self._proves(payload)
                if encoded and self._are_clean(payload, encoded):
                    return CLEAN
            else:
                opened = open_plain(payload)
                if opened is not None and self._keeps(opened[0]) and self._are_clean(*opened):
                    return CLEAN
        except Exception:  # objects of any class may raise anything; the check below looks at a plain copy
            pass
        return self._explain(payload)

    def proves(self, value: object, encoded: bytes) -> bool:
        """Whether a value that was parsed from JSON is proven clean; ``encoded`` is what orjson writes of it.

        One that is not proven may be clean all the same. This method never raises.
        """
        try:
            if type(value) is dict and "messages" in value:
                return self._keeps_parsed(value) and self._are_clean(value, encoded)
            opened = open_plain(value, encoded)
            return opened is not None and self._keeps_parsed(opened[0]) and self._are_clean(*opened)
        except Exception:  # without memory, or too deep, a proof breaks off and proves nothing
            return False

    def admitted(self, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Yield the diagnostics of the rules that run, each with the severity that the settings define."""
        for diagnostic in diagnostics:
            severity = self._severities.get(diagnostic.code)
            if severity is not None:
                yield diagnostic if severity is diagnostic.severity else replace(diagnostic, severity=severity)

    def _are_clean(self, inputs: dict[str, Any], encoded: bytes, foreign: tuple[dict[str, Any], ...] = ()) -> bool:
        """Whether inputs that keep the contract have no feature that calls for a rule that finds something.

        ``encoded`` is the compact JSON text of the payload, and ``foreign`` are those of ``open_plain``.
        """
        found = features(inputs, encoded, self._window, self._is_counted)
        if found < 0 or found & _SUSPECT:
            return False
        rules = self._plans[found]
        return (not rules or self._are_silent(rules, inputs, native=not found & _MAYBE_FOREIGN)) and (
            not foreign or all(map(self._is_silent_around, foreign))
        )

    def _are_silent(self, rules: tuple[Rule, ...], body: Any, *, native: bool) -> bool:
        """Whether rules have nothing to say of a request that keeps the contract.

        ``native`` says that none of it is in a dialect.
        """
        flag = _Flag(self._severities)
        flag.check(rules, Request(body, self.settings, native=native))
        return not flag.found

    def _is_silent_around(self, outer: dict[str, Any]) -> bool:
        """Whether rules have nothing to say of an object around the inputs."""
        flag = _Flag(self._severities)
        flag.check(_AROUND, Request(outer))
        return not flag.found

    def _explain(self, payload: object) -> Report:
        """The slow and whole truth: every rule is asked that may find something, whatever else is wrong."""
        failures, offered = _failures_and_offers()
        instance, faults, encoded = plain_copy(payload)
        requests = bundled(instance)
        if requests:
            return self._explain_each(payload if faults else instance, requests)
        envelope = open_envelope(instance)
        inputs, at, made_up = envelope.inputs, envelope.pointer, envelope.made_up
        unreadable = {failure.pointer for failure in faults if failure.value_is_lost}
        lost = frozenset(_inside(unreadable, envelope)) if unreadable else _NOTHING_LOST
        reading = self._reader.read(inputs or {}, self.settings, lost, encoded)
        flag = _Flag(self._severities)
        for failure in faults:
            flag.claim(CLAIMS, failure, reading.given)
        # What JSON cannot hold comes first: only without it can be said whether the rest is meant as a request.
        if envelope.failure is not None and not (faults and envelope.failure.keyword == "request"):
            flag.claim(CLAIMS, envelope.failure, reading.given)
        for pointer, outer in envelope.around:
            flag.prefix = pointer
            flag.check(_AROUND, Request(outer))
        if inputs is not None:
            inside = _Flag(self._severities)
            for failure in failures(reading.contract, inputs):
                # Of what is made up, nothing is missing.
                is_given = len(failure.pointer) >= made_up
                if is_given and not (unreadable and (*at, *failure.pointer[made_up:]) in unreadable):
                    inside.claim(reading.claims, failure, reading.given)
            if reading.as_given is None:
                inside.check(reading.checks, reading.meant)
            else:
                meant = _Flag(self._severities)
                meant.check(reading.checks, reading.meant)
                inside.found += reading.as_given(meant.found)
            told = offered(inside.found, inputs, reading.contract, bare=bool(made_up))
            flag.found += all_moved(told, at, made_up)
        found = flag.found
        if unreadable:
            found = [each for each in found if each.code in _FAULT_CODES or each.pointer not in unreadable]
        return Report(in_order(found, instance)) if found else CLEAN

    def _explain_each(self, payload: object, requests: Iterable[Pointer]) -> Report:
        """What is to be said of each of the requests that a payload bundles."""
        found = [
            diagnostic
            for pointer in requests
            for diagnostic in all_moved(self.check(value_at(payload, pointer)).diagnostics, pointer)
        ]
        return Report(tuple(found)) if found else CLEAN


def _inside(pointers: Iterable[Pointer], envelope: Envelope) -> Iterator[Pointer]:
    """The pointers that lead into the inputs of an envelope, as seen from there."""
    made_up: Pointer = ("messages",) if envelope.made_up else ()
    depth = len(envelope.pointer)
    return ((*made_up, *pointer[depth:]) for pointer in pointers if pointer[:depth] == envelope.pointer)


_FAULT_CODES = frozenset(rule.code for rule in RULES if not {"json", "depth"}.isdisjoint(rule.keywords))


class _Flag:
    """The ``flag`` that rules speak through during one check; it adds what a rule need not know, and collects."""

    __slots__ = ("found", "prefix", "rule", "severities")

    def __init__(self, severities: Mapping[str, Severity]) -> None:
        self.found: list[Diagnostic] = []
        self.prefix: Pointer = ()
        self.rule = RULES[0]
        self.severities = severities

    def check(self, rules: Iterable[Rule], request: Request) -> None:
        """Let the rules look at a request."""
        for rule in rules:
            self.rule = rule
            if rule.check is not None:
                rule.check(request, self)

    def claim(self, claims: Claims, failure: Failure, request: Request) -> None:
        """Let the first rule whose it is tell a failure."""
        for rule in claims.get(failure.keyword, ()):
            self.rule = rule
            if rule.claim is not None and rule.claim(failure, request, self):
                return

    def __call__(
        self, pointer: Pointer, message: str, *, at_most: Severity = Severity.ERROR, **details: Unpack[Details]
    ) -> None:
        rule = self.rule
        severity = self.severities.get(rule.code)
        if severity is not None:
            found = Diagnostic(rule.code, rule.name, min(severity, at_most), message, pointer, **details)
            self.found.append(found.moved(self.prefix) if self.prefix else found)
