"""Values that a text of YAML writes once for several places are told once, and fixed once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from minimax_validate import Validator
from minimax_validate.texts.checked import Checked, check_document
from minimax_validate.texts.document import Document
from minimax_validate.texts.fixing import fix_document
from minimax_validate.texts.placed import place
from minimax_validate.texts.readers.yaml import read_yaml
from minimax_validate.texts.replacement import UnwritableError, replaced
from minimax_validate.texts.shared import told_once, ways
from minimax_validate.texts.yaml.sharing import Sharing, _Node, sharing
from minimax_validate.values.diagnostic import Diagnostic, Edit, Fix, Severity
from minimax_validate.values.edits import apply_edits
from minimax_validate.values.pointer import Pointer

VALIDATOR = Validator()
SAY = "messages: [{role: user, content: a}]"

SHARED = {
    "a whole request": (f"- &a\n  temperature: 1.5\n  {SAY}\n- *a\n", ["MM105"], "1.5", "1"),
    "the messages": (
        "- messages: &m\n    - {role: user, content: null}\n- {temperature: 0.5, messages: *m}\n",
        ["MM110"],
        "null",
        '""',
    ),
    "a message twice in one request": (
        "messages:\n  - &u {role: user, content: null}\n  - {role: assistant, content: a}\n  - *u\n",
        ["MM110"],
        "null",
        '""',
    ),
    "what is merged": (f"- &a\n  temperature: 1.5\n  {SAY}\n- <<: *a\n  stream: true\n", ["MM105"], "1.5", "1"),
    "what is merged in turn": (
        f"- &a\n  temperature: 1.5\n  {SAY}\n- &b\n  <<: *a\n  stream: true\n- <<: *b\n  top_p: 0.5\n",
        ["MM105"],
        "1.5",
        "1",
    ),
    "what a list merges": (
        f"- &a\n  temperature: 1.5\n  {SAY}\n- &b {{top_p: 0.5, {SAY}}}\n- <<: [*a, *b]\n",
        ["MM105"],
        "1.5",
        "1",
    ),
    "defaults that are no request": (
        f"- &d\n  temperature: 1.5\n- <<: *d\n  {SAY}\n- <<: *d\n  {SAY}\n",
        ["MM003", "MM105"],
        "1.5",
        "1",
    ),
    "parts beside the messages": (
        "x-parts: [&c {role: user, content: null}]\nmessages: [*c, {role: assistant, content: a}, *c]\n",
        ["MM110"],
        "null",
        '""',
    ),
}


def document_of(text: str) -> Document:
    """The one document of a text."""
    (document,) = read_yaml("a.yaml", text)
    return document


def fixed(text: str) -> str:
    """A text with all fixes made."""
    result = fix_document(
        document_of(text), lambda document: check_document(VALIDATOR, document).diagnostics, unsafe=True
    )
    assert not result.unwritable
    return result.document.source.text


@pytest.mark.parametrize(("text", "codes", "wrong", "right"), SHARED.values(), ids=SHARED)
def test_is_told_and_fixed_once(text: str, codes: list[str], wrong: str, right: str) -> None:
    """One finding stands where the value is written, and its fix changes the value there and nowhere else."""
    report = check_document(VALIDATOR, document_of(text))
    assert [diagnostic.code for diagnostic in report.diagnostics] == codes
    assert fixed(text) == text.replace(wrong, right)


def test_edits_are_those_of_the_text() -> None:
    """Formats that write edits have the one edit."""
    text = SHARED["a whole request"][0]
    document = document_of(text)
    placed = place(Checked(document, check_document(VALIDATOR, document)))
    (finding,) = placed.findings
    assert finding.diagnostic.fix is not None
    assert [edit.text.strip() for edit in placed.text_edits(finding.diagnostic.fix)] == ["1"]


def test_what_a_request_says_itself_is_its_own() -> None:
    """A value in the place of one that is merged is another finding."""
    text = f"- &a\n  temperature: 1.5\n  {SAY}\n- <<: *a\n  temperature: 1.7\n"
    assert [found.code for found in check_document(VALIDATOR, document_of(text)).diagnostics] == ["MM105", "MM105"]
    assert fixed(text) == text.replace("1.5", "1").replace("1.7", "1")


def test_alike_is_not_shared() -> None:
    """Two values that are equal, and each at fault by itself, are two findings, beside aliases too."""
    text = "- messages: [{role: user, content: null}, &a {role: user, content: a}]\n- messages: [*a, {role: user, content: null}]\n"
    assert [found.code for found in check_document(VALIDATOR, document_of(text)).diagnostics] == ["MM110", "MM110"]


def test_a_request_that_shares_a_value_and_wants_no_fix_keeps_it() -> None:
    """What is wrong in one of two requests alone is changed in that one."""
    text = f"- &a\n  stream_options: {{include_usage: true}}\n  stream: true\n  {SAY}\n- <<: *a\n  stream: false\n"
    (document,) = read_yaml("a.yaml", text)
    result = fix_document(document, lambda one: check_document(VALIDATOR, one).diagnostics, unsafe=True)
    assert isinstance(result.document.value, list)
    assert result.document.value[0] == document.value[0]  # type: ignore[index]


def test_a_scalar_with_an_anchor() -> None:
    """Where the anchor goes with the value that it names, each place is changed."""
    text = "- messages: [{role: user, content: &c null}]\n- messages: [{role: user, content: *c}]\n"
    assert [found.code for found in check_document(VALIDATOR, document_of(text)).diagnostics] == ["MM110"]
    assert fixed(text).count('""') == 2


SHARED_EDITS = {
    "a new key": (
        "- &a {temperature: 1, SAY}\n- *a\n",
        [Edit("set", (0, "stream"), True), Edit("set", (1, "stream"), True)],
        "- &a {temperature: 1, SAY, stream: true}\n- *a\n",
    ),
    "a new item": (
        "- &a {messages: [{role: user, content: b}]}\n- *a\n",
        [Edit("insert", (number, "messages", 0), {"role": "user"}) for number in (0, 1)],
        "- &a {messages: [{role: user}, {role: user, content: b}]}\n- *a\n",
    ),
    "a key that goes": (
        "- &a {temperature: 1, SAY}\n- *a\n",
        [Edit("remove", (number, "temperature")) for number in (0, 1)],
        "- &a {SAY}\n- *a\n",
    ),
    "a key that gets another name": (
        "- &a {temperture: 1, SAY}\n- *a\n",
        [Edit("rename", (number, "temperture"), "temperature") for number in (0, 1)],
        "- &a {temperature: 1, SAY}\n- *a\n",
    ),
    "a key whose value is an alias": (
        "- {temperature: &t 1, SAY}\n- {temperature: *t, SAY}\n",
        [Edit("remove", (1, "temperature"))],
        "- {temperature: &t 1, SAY}\n- {SAY}\n",
    ),
    "an item that goes": (
        "- &a {stop: [a, b], SAY}\n- *a\n",
        [Edit("remove", (number, "stop", 0)) for number in (0, 1)],
        "- &a {stop: [b], SAY}\n- *a\n",
    ),
    "different values": (
        "- &a {temperature: 1, SAY}\n- *a\n",
        [Edit("set", (0, "temperature"), 0), Edit("set", (1, "temperature"), 0.5)],
        None,
    ),
    "conversations": (
        "- &a [{role: user, content: a}]\n- *a\n",
        [Edit("set", (0, 0, "content"), "b"), Edit("set", (1, 0, "content"), "b")],
        "- &a [{role: user, content: b}]\n- *a\n",
    ),
    "one of two conversations": (
        "- &a [{role: user, content: a}]\n- *a\n",
        [Edit("set", (0, 0, "content"), "b")],
        None,
    ),
    "the whole value": ("- &a 1\n- *a\n", [Edit("set", (), 1)], None),
}


@pytest.mark.parametrize(("text", "edits", "after"), SHARED_EDITS.values(), ids=SHARED_EDITS)
def test_edits_of_what_is_shared(text: str, edits: list[Edit], after: str | None) -> None:
    """What each place of a shared value is to be is written once; places that are to differ are not written so."""
    document = document_of(text.replace("SAY", SAY))
    assert document.rewriter is not None
    found = None
    for written, meant in ways(document, edits):
        try:
            new = replaced(document.source.text, document.rewriter.rewrite(document.source.text, written))
        except UnwritableError:
            continue
        again = document_of(new)
        if again.value == apply_edits(document.value, meant) and again.value == apply_edits(document.value, edits):
            found = new
            break
    assert found == (None if after is None else after.replace("SAY", SAY))


@pytest.mark.parametrize(
    ("entry", "pointer"),
    [
        ("{SAY}", ("messages", 0, "content")),
        ("{temperature: 1, SAY}", ("temperature",)),
        ("[{role: user, content: a}]", (0, "content")),
        ("{model: minimax/m2.7, input: {SAY}}", ("input", "messages", 0, "content")),
        (
            "{custom_id: a, method: POST, url: /v1/chat/completions, body: {SAY}}",
            ("body", "messages", 0, "content"),
        ),
    ],
)
def test_no_edit_reaches_a_request_that_wants_none(entry: str, pointer: Pointer) -> None:
    """An edit of one of two requests is not made where both are written."""
    document = document_of(f"- &a {entry}\n- *a\n".replace("SAY", SAY))
    edit = Edit("set", (1, *pointer), "b")
    assert list(ways(document, [edit])) == [((edit,), (edit,))]


def test_an_edit_reaches_what_no_rule_judges() -> None:
    """What stands beside requests may change with the one place that is to change."""
    document = document_of(f"- &a {{note: {{x: 1}}, {SAY}}}\n- *a\n")
    first, second = (Edit("set", (number, "note", "x"), 2) for number in (0, 1))
    assert list(ways(document, [second])) == [((first,), (first, second)), ((second,), (second,))]
    assert list(ways(document, [first])) == [((first,), (first,))]


SET, ADD = Edit("set", (0, "temperature"), 1), Edit("set", (1, "temperature"), 1)


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        (Fix("f", (SET,), True), Fix("f", (ADD,), True), Fix("f", (SET, ADD), True)),
        (Fix("f", (SET,), True), Fix("f", (SET, ADD), False), Fix("f", (SET, ADD), False)),
        (Fix("f", (SET,), False), Fix("f", (ADD,), True), Fix("f", (SET, ADD), False)),
        (Fix("f", (SET,), True), None, Fix("f", (SET,), True)),
        (None, Fix("f", (ADD,), True), None),
    ],
)
def test_the_finding_that_stays_has_all_edits(first: Fix | None, second: Fix | None, together: Fix | None) -> None:
    """Its fix is that of all places, and safe if each of them is."""
    shared = shares(f"- &a {{temperature: 1.5, {SAY}}}\n- *a\n")
    findings = [
        Diagnostic("MM105", "a", Severity.ERROR, "a", (number, "temperature"), fix=fix)
        for number, fix in enumerate((first, second))
    ]
    assert told_once(shared, findings) == [replace(findings[0], fix=together)]
    of_keys = [replace(each, focus="key") for each in findings]
    assert told_once(shared, of_keys) == [replace(of_keys[0], fix=together)]
    assert told_once(shared, [findings[0], of_keys[1]]) == [findings[0], of_keys[1]]
    assert told_once(shared, [findings[0], findings[0]]) == [findings[0], findings[0]]


def test_anchor_of_a_key() -> None:
    """A value that an alias takes from a key is written where the key is, and shared with no other value."""
    found = shares("&k role: user\nname: *k\nlist: [&m a, *m]\n")
    assert found.place(("name",)) == ("name",)
    assert found.place(("list", 1)) == ("list", 0)


def shares(text: str) -> Sharing:
    """What a text shares."""
    found = sharing(text)
    assert found is not None
    return found


def test_places() -> None:
    """A pointer leads through aliases and merges to where a value is written, and back to all places of it."""
    found = shares("a: &a {b: [1, 2]}\nc: *a\nd:\n  <<: *a\n  e: {<<: {f: 1}}\n")
    assert found.place(("c", "b", 1)) == ("a", "b", 1)
    assert found.place(("d", "b")) == ("a", "b")
    assert found.place(("c",)) == ("a",)
    assert found.place(("c",), of_key=True) == ("c",)
    assert found.place(("d", "e", "f")) == ("d", "e", "f")
    assert found.place(("nowhere", 1)) == ("nowhere", 1)
    assert found.pointers(("a", "b", 0)) == (("a", "b", 0), ("c", "b", 0), ("d", "b", 0))
    assert found.pointers(("a",), of_key=True) == (("a",),)
    assert found.pointers(("nowhere",)) == (("nowhere",),)


@pytest.mark.parametrize(
    ("text", "place", "pointers"),
    [
        ("x: {y: &a 1}\nb: *a\nc: {d: *a}\n", ("x", "y"), (("x", "y"), ("b",), ("c", "d"))),
        ("- &a 1\n- *a\n- &a 2\n- *a\n", (0,), ((0,), (1,))),
        ("- &a 1\n- *a\n- &a 2\n- *a\n", (2,), ((2,), (3,))),
        ("- &a {x: 1}\n- &b {<<: *a}\n- <<: *b\n", (0, "x"), ((0, "x"), (1, "x"), (2, "x"))),
        ("- &a {x: 1}\n- {<<: *a, x: 3}\n", (0, "x"), ((0, "x"),)),
        ("- &a {x: 1}\n- {<<: *a, x: 3}\n", (1, "x"), ((1, "x"),)),
        ("- &a {x: 1}\n- &b {x: 2}\n- <<: [*a, *b]\n", (0, "x"), ((0, "x"), (2, "x"))),
        ("- &a {x: 1}\n- &b {x: 2}\n- <<: [*a, *b]\n", (1, "x"), ((1, "x"),)),
        ("- &a {x: 1}\n- &b {x: 2}\n- <<: *b\n  <<: *a\n", (1, "x"), ((1, "x"), (2, "x"))),
        ("- &a [{x: 1}, {y: 2}]\n- <<: *a\n", (0, 1, "y"), ((0, 1, "y"), (1, "y"))),
        ("- &k name\n- *k : &v 1\n- *v\n", (1, "name"), ((1, "name"), (2,))),
        ("- {&k name: 1}\n- *k : &v 1\n- *v\n", (1, "name"), ((1, "name"), (2,))),
        ("1: &a x\n2: *a\n", (1,), ((1,), (2,))),
        ("true: x\na: &a 1\nb: *a\n", ("a",), (("a",), ("b",))),
        ("- &a 1\n" + "- *a\n" * 11, (0,), tuple((number,) for number in range(12))),
    ],
)
def test_all_pointers_to_what_is_written_once(text: str, place: Pointer, pointers: tuple[Pointer, ...]) -> None:
    """Each pointer to a value has the place where it is written, and that place all of the pointers, in their order."""
    found = shares(text)
    assert found.pointers(place) == pointers
    assert {found.place(pointer) for pointer in pointers} == {place}
    assert all(map(found.has, pointers))
    assert not found.has((*place, "nowhere"))


@pytest.mark.parametrize(
    "text", ["", "a: 1\n", "a: '*b'\n", "a: &b 1 # *b\n", "{", "a: *b\n{", "--- '*a'\n--- [&a 1, *a]\n"]
)
def test_nothing_is_shared(text: str) -> None:
    """Without an alias in the first document nothing is, and nobody knows of a text that is no YAML."""
    assert sharing(text) is None
    assert shares("a: *b\n").place(("a",)) == ("a",)


def test_deep_and_wide_texts() -> None:
    """A name that stands for another many times over, and deep nesting, end nothing."""
    deep = "a: &a 1\nb: " + "[" * 300 + "*a" + "]" * 300 + "\n"
    assert shares(deep).pointers(("a",)) == (("a",), ("b", *(0,) * 300))
    assert shares("- &a [1]\n" + "- *a\n" * 500).pointers((0, 0)) == tuple((index, 0) for index in range(501))


def pointers_of(value: object, pointer: Pointer = ()) -> Iterator[Pointer]:
    """All pointers into a value."""
    yield pointer
    if isinstance(value, dict | list):
        for step, member in value.items() if isinstance(value, dict) else enumerate(value):
            yield from pointers_of(member, (*pointer, step))


@pytest.mark.parametrize("of_key", [False, True])
@pytest.mark.parametrize("name", SHARED)
def test_pointers_are_all_that_lead_to_a_place(name: str, of_key: bool) -> None:
    """What leads to a place is found from there as from the root."""
    document = document_of(SHARED[name][0])
    shared = sharing(document.source.text)
    assert shared is not None
    everywhere = list(pointers_of(document.value))
    for pointer in everywhere:
        place = shared.place(pointer, of_key=of_key)
        same = [other for other in everywhere if shared.place(other, of_key=of_key) == place]
        assert sorted(map(str, shared.pointers(place, of_key=of_key))) == sorted(map(str, same))


def test_pointers_to_many_anchors_cost_what_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """To find what leads to each of many anchors, the values are walked once, and not once for each."""
    text = "".join(f"- &a{number} {{b: null}}\n" for number in range(200)) + "- *a0\n" * 200
    shared = sharing(text)
    assert shared is not None
    asked = 0
    effective = _Node.effective

    def count(node: _Node) -> dict[str | int, _Node]:
        nonlocal asked
        asked += 1
        return effective(node)

    monkeypatch.setattr(_Node, "effective", count)
    assert len(shared.pointers((0, "b"))) == 201
    for number in range(1, 200):
        assert shared.pointers((number, "b")) == ((number, "b"),)
    assert asked <= 2 * 602 + 3 * 200
