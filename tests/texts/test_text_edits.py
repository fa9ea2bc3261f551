"""Edits in texts.

The new text says what the edits make of the value, and what they do not speak of stays as it is written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from spelling import documents, spell
from yaml_spelling import STYLES, VALUES, dump

from minimax_validate.texts.document import ABSENT, Document, Source
from minimax_validate.texts.fixing import is_same
from minimax_validate.texts.json.rewrite import rewrite_json
from minimax_validate.texts.readers import load_reader
from minimax_validate.texts.readers.json_document import read_json
from minimax_validate.texts.readers.jsonc import read_jsonc
from minimax_validate.texts.readers.yaml import read_yaml
from minimax_validate.texts.replacement import Replacement, Rewrite, UnwritableError, in_order, replaced
from minimax_validate.texts.spans import Span, Wanted
from minimax_validate.texts.yaml.comments import comments
from minimax_validate.texts.yaml.rewrite import rewrite_yaml
from minimax_validate.values.diagnostic import Edit, Fix, Focus
from minimax_validate.values.edits import apply_edits, compatible
from minimax_validate.values.pointer import Pointer


def is_finite(value: Any) -> bool:
    """Whether JSON can hold a value, as it can all that rules put in."""
    return not {"Infinity", "NaN"} & set(re.findall(r"\w+", json.dumps(value)))


FINITE = VALUES.filter(is_finite)
_BLOCK = re.compile(r"[|>][-+0-9]*[ \t]*(?:#.*)?\r?$", re.MULTILINE)
FOCUSES: tuple[Focus, Focus] = ("key", "value")
NEW = FINITE | st.sampled_from(
    [{"type": "object", "properties": {}}, "", "a\n\nb", "it's", "yes", "1", " x", [], {"a": [1, {"b": None}]}]
)


def places(value: Any, pointer: Pointer = ()) -> Iterator[tuple[Pointer, Any]]:
    """Every value inside of a value, with its pointer."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, member in members:
        yield (*pointer, step), member
        yield from places(member, (*pointer, step))


@st.composite
def edits_of(draw: st.DrawFn, value: Any) -> list[Edit]:
    """Edits that can be made together, of places in a value."""
    found = list(places(value))
    containers = [((), value), *found]
    chosen: list[Edit] = []
    for number, operation in enumerate(
        draw(st.lists(st.sampled_from(["set", "remove", "insert", "rename", "add"]), min_size=1, max_size=6))
    ):
        if operation in ("set", "remove") and found:
            pointer, _ = draw(st.sampled_from(found))
            chosen.append(Edit("set", pointer, draw(NEW)) if operation == "set" else Edit("remove", pointer))
        if operation == "insert" and (arrays := [place for place in containers if isinstance(place[1], list)]):
            pointer, array = draw(st.sampled_from(arrays))
            # A value that stands there already is one that is moved.
            moved = st.sampled_from(array).filter(is_finite) if any(map(is_finite, array)) else NEW
            chosen.append(Edit("insert", (*pointer, draw(st.integers(0, len(array)))), draw(NEW | moved)))
        if operation in ("rename", "add") and (
            objects := [place for place in containers if isinstance(place[1], dict)]
        ):
            pointer, members = draw(st.sampled_from(objects))
            name = draw(st.sampled_from(["new", "new key", "é", "true "])) + "!" * number
            if name not in members and operation == "add":
                chosen.append(Edit("set", (*pointer, name), draw(NEW)))
            elif name not in members and members:
                chosen.append(Edit("rename", (*pointer, draw(st.sampled_from(list(members)))), name))
    fixes = compatible(Fix("", (edit,), True) for edit in chosen)
    return [edit for fix in fixes for edit in fix.edits]


def rewritten(document: Document, edits: list[Edit]) -> tuple[str, tuple[Replacement, ...]]:
    """The new text of a document, and what is replaced for it."""
    assert document.rewriter is not None
    replacements = document.rewriter.rewrite(document.source.text, edits)
    return replaced(document.source.text, replacements), replacements


def check(document: Document, edits: list[Edit], remarks: Iterable[Span] = ()) -> None:
    """Assert both laws of a document and edits; ``remarks`` are the spans of its comments.

    Where a comment is indented below a block scalar, taking out what stands between makes it a part of that. Such a
    text is not taken, as its second reading shows; the layout is too rare for more. Only there, and only by a comment,
    may the two values differ.
    """
    assert document.rewriter is not None
    text, replacements = rewritten(document, edits)
    again = document.rewriter.read(Source("again", text))
    assert again.value is not ABSENT, text
    if not is_same(again.value, apply_edits(document.value, edits)):
        swallowed = [document.source.text[remark.start : remark.end] in json.dumps(again.value) for remark in remarks]
        assert any(swallowed), text
        assert _BLOCK.search(document.source.text), text
        return

    gone = [edit.pointer for edit in edits if edit.operation in ("set", "remove")]
    renamed = {edit.pointer for edit in edits if edit.operation == "rename"}
    kept: list[Wanted] = []
    for pointer, value in places(document.value):
        if not any(pointer[: len(prefix)] == prefix for prefix in gone):
            kept += [] if isinstance(value, dict | list) else [(pointer, "value")]
            kept += [] if pointer in renamed or isinstance(pointer[-1], int) else [(pointer, "key")]
    changed: list[Wanted] = [(pointer, focus) for pointer in (*gone, *renamed) for focus in FOCUSES]
    found = document.locate(document.source.text, [*kept, *changed])
    whole = [Span(found[pointer, "key"].start, found[pointer, "value"].end) for pointer in gone]
    whole += (found[pointer, "key"] for pointer in renamed)
    stay = [found[place] for place in kept]
    stay += (remark for remark in remarks if not any(span.start <= remark.start < span.end for span in whole))
    for span in stay:
        for (start, end), _ in replacements:
            assert end <= span.start or start >= span.end, (document.source.text[span.start : span.end], text)


@given(st.data(), documents(), st.integers(0, 2**32))
def test_json(data: st.DataObject, document: Any, seed: int) -> None:
    """JSON in any layout, keys that come again among it, says afterwards what the edits make of it."""
    read = read_json(Source("a.json", spell(document, Random(seed))))
    edits = data.draw(edits_of(read.value))
    assume(edits)
    text, _ = rewritten(read, edits)
    assert is_same(read_json(Source("b.json", text)).value, apply_edits(read.value, edits))


@given(st.data(), documents(repeats=False), st.integers(0, 2**32), st.booleans())
def test_json_with_comments(data: st.DataObject, document: Any, seed: int, remarks: bool) -> None:
    """Comments, last commas, and every value that no edit speaks of stay as they are."""
    text = spell(document, Random(seed), comments=remarks)
    read = read_jsonc(Source("a.jsonc", text))
    edits = data.draw(edits_of(read.value))
    assume(edits)
    check(read, edits)


@given(st.data(), VALUES, STYLES)
def test_yaml(data: st.DataObject, value: Any, style: dict[str, Any]) -> None:
    """YAML in any style says afterwards what the edits make of it, or is not written."""
    assume(isinstance(value, dict | list) and value)
    (read,) = read_yaml("a.yaml", dump(value, style))
    edits = data.draw(edits_of(value))
    assume(edits and read.rewriter and isinstance(read.value, dict | list))
    check(read, edits)


def with_comments(text: str, random: Random) -> str:
    """YAML with comments beside and between its lines, wherever they change nothing."""
    value = [document.value for document in read_yaml("a.yaml", text)]
    lines = text.splitlines(keepends=True)
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number].rstrip("\r\n")
        ending = lines[number][len(line) :]
        beside, above = (
            f"{line}  # beside {number}{ending}",
            f"{' ' * random.randrange(6)}# above {number}{ending or chr(10)}{lines[number]}",
        )
        for changed in random.sample([beside, above, lines[number]], 2):
            tried = "".join((*lines[:number], changed, *lines[number + 1 :]))
            found = list(read_yaml("a.yaml", tried))
            if [document.value for document in found] == value and len(list(comments(tried))) == tried.count(
                "# beside"
            ) + tried.count("# above"):
                lines[number] = changed
                break
    return "".join(lines)


@given(st.data(), VALUES, STYLES, st.integers(0, 2**32))
def test_yaml_with_comments(data: st.DataObject, value: Any, style: dict[str, Any], seed: int) -> None:
    """Comments stay, and so does every value that no edit speaks of."""
    assume(isinstance(value, dict | list) and value)
    text = with_comments(dump(value, {**style, "width": 1000}), Random(seed))
    (read,) = read_yaml("a.yaml", text)
    edits = data.draw(edits_of(value))
    assume(edits and read.rewriter and isinstance(read.value, dict | list))
    check(read, edits, [comment.span for comment in comments(text)])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"a": 1, "b": [2]}, {"b": [2], "a": 1}, True),
        ([1, 2], [2, 1], False),
        (1, 1.0, False),
        (1, True, False),
        (0, False, False),
        ("1", 1, False),
        ({"a": None}, {}, False),
        (ABSENT, ABSENT, False),
        ({1: 2, "1": 2}, {1: 2, "1": 2}, True),
        ({1: 2, "a": 2}, {"a": 2, 1: 2}, False),
        (b"", b"", False),
    ],
)
def test_is_same(one: Any, other: Any, same: bool) -> None:
    """Two values are the same if their JSON is, whatever the order of keys; of what has none, nothing is said."""
    assert is_same(one, other) is same


def edited(name: str, text: str, *edits: Edit) -> str:
    """The text of a format with edits made."""
    (document,) = load_reader(name).read(name, BytesIO(text.encode()))
    return rewritten(document, list(edits))[0]


@pytest.mark.parametrize(
    "edit",
    [
        Edit("insert", ("a",), 1),
        Edit("insert", ("b", 3), 1),
        Edit("insert", ("a", 0), 1),
        Edit("set", ("b", 2), 1),
        Edit("set", ("b", "x"), 1),
        Edit("set", ("x", "y"), 1),
        Edit("remove", ("x",)),
        Edit("remove", ("b", 2)),
        Edit("rename", ("b", 0), "x"),
        Edit("rename", ("x",), "y"),
        Edit("remove", ("b", True)),
        Edit("set", ("b", 0, "x"), 1),
        Edit("set", ("b", 2, "x"), 1),
        Edit("set", ("b", -1, "x"), 1),
        Edit("set", ("b", "x", "y"), 1),
        Edit("set", ("a", "c", "x"), 1),
        Edit("set", ("a", 0), 1),
        Edit("remove", ("a", 0)),
    ],
)
@pytest.mark.parametrize("name", ["json", "yaml"])
def test_what_is_not_there_cannot_be_edited(name: str, edit: Edit) -> None:
    """An edit of a place that the text does not have, or that is of another kind, is refused."""
    with pytest.raises(UnwritableError):
        edited(name, '{"a": {"c": 1}, "b": [1, 2]}', edit)


REFUSED = {
    "JSON without a value": (rewrite_json, '{"a": }', Edit("set", ("a",), 2)),
    "JSON with a value that has no key": (rewrite_json, '{"a": 1, 2}', Edit("set", ("a",), 2)),
    "YAML that is none": (rewrite_yaml, "a: [", Edit("set", ("a",), 2)),
    "YAML without a value": (rewrite_yaml, "# nothing\n", Edit("set", ("a",), 2)),
    "YAML behind an alias": (rewrite_yaml, "a: &n {x: 1}\nb: *n\n", Edit("set", ("b", "x"), 2)),
    "YAML that is merged": (rewrite_yaml, "a: &n {x: {y: 1}}\nb: {<<: *n}\n", Edit("set", ("b", "x", "y"), 2)),
    "a list whose lines end as nobody ends them": (rewrite_yaml, "a:\r- 1\r- 2\r", Edit("set", ("a", 1), 3)),
}


@pytest.mark.parametrize(("rewrite", "text", "edit"), REFUSED.values(), ids=REFUSED)
def test_text_that_is_not_understood_is_not_edited(rewrite: Rewrite, text: str, edit: Edit) -> None:
    """What is no text of its format, has no value, or is laid out in a way that is not known is refused."""
    with pytest.raises(UnwritableError):
        rewrite(text, [edit])


def test_text_of_several_documents_is_not_taken() -> None:
    """A text of YAML that came to have two documents is none that a fix makes."""
    (document,) = read_yaml("a.yaml", "a: 1\n")
    assert document.rewriter is not None
    with pytest.raises(UnwritableError):
        document.rewriter.read(Source("a.yaml", "a: 1\n---\nb: 2\n"))


@pytest.mark.parametrize("text", ['{"a": 1, "b": 2}', '{\n  "a": 1,\n  "b": 2\n}', "a: 1\nb: 2\n"])
@pytest.mark.parametrize("other", [Edit("set", ("a",), 3), Edit("rename", ("a",), "c")])
def test_what_goes_is_not_changed(text: str, other: Edit) -> None:
    """A key that one edit takes out is gone, whatever another one makes of it."""
    again = edited("json" if text.startswith("{") else "yaml", text, other, Edit("remove", ("a",)))
    assert re.fullmatch(r"[{\s]*\"?b\"?: 2[\s}]*", again)


LAID_OUT = {
    "a comment before a list in brackets": (
        "a: # why\n  [x]\nb: 1\n",
        Edit("set", ("a",), 5),
        "a: 5 # why\nb: 1\n",
    ),
    "a comment before the only item": (
        "a: # why\n  - x\nb: 1\n",
        Edit("remove", ("a", 0)),
        "a: [] # why\nb: 1\n",
    ),
    "lines that begin with a blank": (
        "a: |\n  x\n  y\n",
        Edit("set", ("a",), " x\ny\n"),
        'a: " x\\ny\\n"\n',
    ),
    "signs that are not printed": (
        "a: |\n  x\n  y\n",
        Edit("set", ("a",), "x\n\x7f\ufeffy\n"),
        'a: "x\\n\\u007f\\ufeffy\\n"\n',
    ),
    "an item whose lines stand too far left for a deeper list": (
        'a:\n  - "x\n y"\n  - {b: 1}\n',
        Edit("insert", ("a", 1), {"f": ["x y"]}),
        'a:\n  - "x\n y"\n  - f:\n      - x y\n  - {b: 1}\n',
    ),
    "a member whose lines stand too far left for a deeper mapping": (
        'a:\n  c: "x\n y"\n  d: 1\n',
        Edit("set", ("a", "e"), {"f": "x y"}),
        'a:\n  c: "x\n y"\n  d: 1\n  e:\n    f: x y\n',
    ),
    "a value whose lines stand too far left for another list": (
        "a:\n    - [1,\n  2]\n    - [[3]]\n",
        Edit("insert", ("a", 1), [1, 2]),
        "a:\n    - [1,\n  2]\n    - [1,\n  2]\n    - [[3]]\n",
    ),
}


@pytest.mark.parametrize(("text", "edit", "after"), LAID_OUT.values(), ids=LAID_OUT)
def test_layout_of_yaml(text: str, edit: Edit, after: str) -> None:
    """Comments stay beside what comes, and a text that cannot be written in lines is written in quotes."""
    assert edited("yaml", text, edit) == after


def test_value_beside_an_integer_of_thousands_of_digits() -> None:
    """What no parser reads again is no pattern for what is put in, and stays as it is."""
    number = "1" * 5_000
    assert edited("json", f"[[1], {number}]", Edit("set", (0,), [2])) == f"[[2], {number}]"
    assert edited("json", f"[{number}, [1,2]]", Edit("insert", (2,), [1, 2])) == f"[{number}, [1,2], [1,2]]"


def test_replacements_that_overlap() -> None:
    """Two that only take characters away are one; any others that overlap are refused."""
    gone = [Replacement(Span(3, 6), ""), Replacement(Span(1, 4), ""), Replacement(Span(2, 3), "")]
    assert in_order(gone) == (Replacement(Span(1, 6), ""),)
    assert replaced("abcdefgh", gone) == "agh"
    for one, other in (("x", ""), ("", "x"), ("x", "x")):
        with pytest.raises(UnwritableError):
            replaced("abcdefgh", [Replacement(Span(1, 4), one), Replacement(Span(3, 6), other)])
    assert replaced("abcdefgh", [Replacement(Span(1, 4), "x"), Replacement(Span(4, 6), "")]) == "axgh"
    assert replaced("abcdefgh", [Replacement(Span(1, 4), ""), Replacement(Span(1, 1), "x")]) == "axefgh"


@pytest.mark.parametrize("order", [1, -1])
def test_what_is_put_behind_the_last_value_of_several(order: int) -> None:
    """Where containers end at one place, what is put into the inner one stands before what is put behind it."""
    edits = [Edit("set", ("new",), 1), Edit("set", ("a", "new"), 2), Edit("set", ("a", "b", "new"), 3)][::order]
    text = "a:\n  b:\n    c: 0"
    assert edited("yaml", text, *edits) == "a:\n  b:\n    c: 0\n    new: 3\n  new: 2\nnew: 1"


def test_a_value_that_is_put_anew_as_a_whole() -> None:
    """The whole value of a JSON text can be put anew, but not that and changed; of a YAML text it is left."""
    assert edited("json", ' {"a": 1}\n', Edit("set", (), [1])) == " [1]\n"
    for name, edits in (
        ("json", [Edit("set", (), 1), Edit("set", ("a",), 1)]),
        ("json", [Edit("remove", ())]),
        ("yaml", [Edit("set", (), 1)]),
    ):
        with pytest.raises(UnwritableError):
            edited(name, '{"a": 1}', *edits)


def test_a_new_block_scalar_stands_where_the_old_one_stood() -> None:
    """Were it indented less, a comment behind it would be a line of its text."""
    text = "- |\n    a\n   # behind\n- b: 1\n"
    assert edited("yaml", text, Edit("set", (0,), "c\n\nd")) == "- |-\n    c\n\n    d\n   # behind\n- b: 1\n"


def test_a_comment_beside_what_goes_stays_one() -> None:
    """Behind a block scalar, the comment of the item that goes would be a line of its text."""
    text = "- |-\n  a\n- b  # beside\n"
    assert edited("yaml", text, Edit("remove", (1,))) == "- |-\n  a\n# beside\n"
    assert edited("yaml", "x: |\n  a\ny: b # beside", Edit("remove", ("y",))) == "x: |\n  a\n# beside"
