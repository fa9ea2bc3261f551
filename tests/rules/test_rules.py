"""Each rule's own examples are its tests; nothing else needs writing to test a rule."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from minimax_validate import Diagnostic, Settings, Validator, rules
from minimax_validate.engine.fixing import fix
from minimax_validate.engine.readings import CLAIMS
from minimax_validate.json_schema.contract import contract
from minimax_validate.json_schema.contract.failures import failures
from minimax_validate.project.files import read_stream
from minimax_validate.request.envelope import open_envelope
from minimax_validate.request.features import Feature, features
from minimax_validate.request.index import Request
from minimax_validate.rules.catalogue import RULES
from minimax_validate.rules.rule import Invalid, Rule, Valid
from minimax_validate.texts.checked import check_document
from minimax_validate.texts.document import Document
from minimax_validate.values.diagnostic import Edit, Severity
from minimax_validate.values.model import CONTEXT_WINDOW
from minimax_validate.values.plain import to_plain
from minimax_validate.values.pointer import to_path

DEFAULT = Validator()


def _id(value: object) -> str:
    return value.name if isinstance(value, Rule) else value.why if isinstance(value, Valid | Invalid) else repr(value)


VALID = [pytest.param(rule, example, id=f"{rule.name}: {example.why}") for rule in RULES for example in rule.valid]
INVALID = [pytest.param(rule, example, id=f"{rule.name}: {example.why}") for rule in RULES for example in rule.invalid]
FIXED = [
    pytest.param(*case.values, id=case.id) for case in INVALID if getattr(case.values[1], "fixed", None) is not None
]


def validator_for(rule: Rule) -> Validator:
    """The default rules, and the rule at hand where it is off by default."""
    return Validator(Settings(extend_select=(rule.code,))) if rule.severity is Severity.INFO else DEFAULT


def findings(rule: Rule, example: Valid | Invalid) -> tuple[Diagnostic, ...]:
    """What the whole set of rules says of an example."""
    if example.text is None:
        return validator_for(rule).check(example.payload).diagnostics
    return check_document(validator_for(rule), document(example)).diagnostics


def document(example: Valid | Invalid) -> Document:
    """An example that is a text, read."""
    assert example.text is not None
    data = example.text if isinstance(example.text, bytes) else example.text.encode()
    (document,) = read_stream("example.json", BytesIO(data))
    return document


@pytest.mark.parametrize(("rule", "example"), VALID)
def test_valid_example_is_clean(rule: Rule, example: Valid) -> None:
    """A valid example is clean under the whole set of rules."""
    assert findings(rule, example) == ()


@pytest.mark.parametrize(("rule", "example"), INVALID)
def test_invalid_example_is_found(rule: Rule, example: Invalid) -> None:
    """An invalid example gives exactly its rule, at exactly its pointers, and nothing else."""
    expected = [*((rule.code, at) for at in example.at), *example.beside]
    assert sorted((found.code, found.pointer) for found in findings(rule, example)) == sorted(expected)


def changing(edit: Edit) -> str:
    """One edit in a line: what is fixed in the end may hide a wrong one, because a later round of fixes mends it."""
    value = "" if edit.operation == "remove" else f": {json.dumps(edit.value, ensure_ascii=False)}"
    return f"{edit.operation} {to_path(edit.pointer)}{value if len(value) < 80 else value[:80] + '…'}"


def carried(found: Diagnostic) -> Iterator[str]:
    """What a finding says and where, the characters it marks, the places it refers to, and its fix in each edit."""
    yield f"  {found.code} at {to_path(found.pointer)}, its {found.focus}: {found.message}"
    for other in found.related:
        yield f"    see {to_path(other.pointer)}: {other.message}"
    if found.fix is not None:
        yield f"    fixed {'safely' if found.fix.safe else 'with care'}: {found.fix.message}"
        yield from (f"      {changing(edit)}" for edit in found.fix.edits)


@pytest.mark.parametrize("rule", RULES, ids=_id)
def test_findings_carry_what_they_did(rule: Rule, snapshot: SnapshotAssertion) -> None:
    """The findings of the examples have the words, the focus, the related places and the fix that are on record."""
    record = [
        line
        for example in rule.invalid
        for line in (example.why, *(line for found in findings(rule, example) for line in carried(found)))
    ]
    assert "\n".join(record) == snapshot


@pytest.mark.parametrize("example", [pytest.param(case.values[1], id=case.id) for case in INVALID])
def test_each_failure_is_claimed_by_one_rule(example: Invalid) -> None:
    """Of the rules that are offered a failure, all but the last leave it to others, and the last claims it."""
    instance, faults = to_plain(example.payload)
    envelope = open_envelope(instance)
    outer = [] if envelope.failure is None else [envelope.failure]
    for failure in [*faults, *outer, *failures(contract(), envelope.inputs or {})]:
        answers = []
        for asked in CLAIMS.get(failure.keyword, ()):
            assert asked.claim is not None
            told: list[object] = []
            answers.append(
                asked.claim(failure, Request(envelope.inputs or {}), lambda *said, told=told, **_: told.append(said))
            )
            assert answers[-1] or not told
            if answers[-1]:
                break
        assert answers == [*[False] * (len(answers) - 1), True]


@pytest.mark.parametrize(("rule", "example"), INVALID)
def test_check_leaves_the_payload_alone(rule: Rule, example: Invalid) -> None:
    """A check does not change what it looks at."""
    before = repr(example.payload)
    findings(rule, example)
    assert repr(example.payload) == before


@pytest.mark.parametrize(("rule", "example"), FIXED)
def test_fix_gives_what_the_example_promises(rule: Rule, example: Invalid) -> None:
    """All fixes together leave what the example says they do, and that is clean."""
    before = copy.deepcopy(example.payload)
    after = fix(validator_for(rule), example.payload, unsafe=True)
    assert after.payload == example.fixed
    assert after.report.diagnostics == ()
    assert example.payload == before


@pytest.mark.parametrize(("rule", "example"), INVALID)
def test_fix_is_shown_by_its_example(rule: Rule, example: Invalid) -> None:
    """An example whose findings have fixes says what they leave behind."""
    has_fix = any(found.fix for found in findings(rule, example))
    assert has_fix == (example.fixed is not None)


# A clean request may have these features; one that has another is never clean, so no valid example can show it.
HEALTHY = (
    Feature.TOOL_CALLS
    | Feature.TOOLS
    | Feature.RESPONSE_FORMAT
    | Feature.LONG_MESSAGES
    | Feature.CONTROL_TOKENS
    | Feature.TOKEN_LIMIT
    | Feature.ODD_TOKEN_LIMIT
    | Feature.SAMPLING
    | Feature.LARGE
)


def found(body: Any) -> int:
    """The features of a request."""
    return features(body, json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(), CONTEXT_WINDOW)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.when & HEALTHY], ids=_id)
def test_some_valid_example_reaches_the_rule(rule: Rule) -> None:
    """A valid example triggers the rule's check, or it proves nothing."""
    bodies: list[Any] = [to_plain(example.payload)[0] for example in rule.valid]
    reached = [found(body) & rule.when for body in bodies if "messages" in body]
    assert any(reached)


@pytest.mark.parametrize("example", [pytest.param(case.values[1], id=case.id) for case in VALID + INVALID])
def test_triggers_hide_nothing(example: Valid | Invalid) -> None:
    """On a request that keeps the contract, the rules that its features leave out have nothing to say."""
    payload: Any = to_plain(example.payload)[0]
    if not isinstance(payload, dict) or not contract().proves(payload):
        return
    present = found(payload)
    silent: list[str] = []
    for other in RULES:
        if other.check is not None and not other.when & present:
            other.check(Request(payload), lambda *_, name=other.name, **__: silent.append(name))
    assert silent == []


def test_every_file_is_registered() -> None:
    """Each rule file is in the registry, under the rule's own name, in its family's folder."""
    files = {path.stem for path in Path(rules.__file__).parent.glob("*/*.py")} - {"__init__"}
    assert files == {rule.name.replace("-", "_") for rule in RULES}


def test_codes_and_names_are_unique_and_in_order() -> None:
    """The registry is sorted by code, and no two rules share a code or name."""
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=_id)
def test_prose_is_a_sentence_and_more(rule: Rule) -> None:
    """A rule's prose starts with one sentence on a line of its own, and explains itself below."""
    first, blank, *rest = rule.prose.strip().splitlines()
    assert first.endswith(".")
    assert len(first) <= 100
    assert blank == ""
    assert rest
    assert rule.valid
    assert rule.invalid
