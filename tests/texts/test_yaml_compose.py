"""YAML to values: documents, aliases and merges, keys, and what is wrong with a text."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from yaml_engines import ENGINES, use
from yaml_spelling import STYLES, VALUES, Dumper, dump, only, read_all

from minimax_validate.texts.spans import Repeat, Span
from minimax_validate.texts.yaml import compose as module
from minimax_validate.texts.yaml import parsers
from minimax_validate.texts.yaml.compose import MAX_DEPTH, MAX_REPEATED, compose
from minimax_validate.texts.yaml.problem import YamlProblem
from minimax_validate.values.pointer import Pointer


def problem_of(text: str) -> YamlProblem:
    """The problem of a text that has one."""
    _, problem = read_all(text)
    assert problem is not None
    return problem


@given(st.lists(VALUES, max_size=4), STYLES, st.booleans(), st.sampled_from(["", "\ufeff"]))
def test_documents_come_one_by_one(values: list[Any], style: dict[str, Any], ends: bool, mark: str) -> None:
    """Each has its value, its own part of the text that gives the same value again, and the line that it begins in."""
    for value in values:
        dump(value, style)
    text = mark + str(
        yaml.dump_all(values, Dumper=Dumper, sort_keys=False, explicit_start=True, explicit_end=ends, **style)
    )
    documents = list(compose(text))
    assert repr([document.value for document in documents]) == repr(values)
    if values:
        assert "".join(document.text for document in documents) == text
    for document in documents:
        assert text[document.start :].startswith(document.text)
        assert (
            document.first_line
            == 1 + len(text[: document.start].replace("\r\n", "\n").replace("\r", "\n").split("\n")) - 1
        )
        (again,) = compose(document.text)
        assert repr(again.value) == repr(document.value)


def test_a_document_is_given_before_the_next_is_read() -> None:
    """What is wrong further on does not keep back what comes before it."""
    documents = compose("--- 1\n---\n- [2\n---\n- 3\n")
    assert next(documents).value == 1
    with pytest.raises(YamlProblem) as caught:
        next(documents)
    assert caught.value.span.start > 5


def test_the_parts_of_a_text_are_texts() -> None:
    """Directives and comments before a document belong to it, and what follows the last document does too."""
    text = "# a\n%TAG !e! tag:yaml.org,2002:\n--- !e!str 1\n... # b\n\n# c\n%YAML 1.2\n---\n2\r\n# d\r--- 3\n...\n# e\n"
    assert [(document.value, document.first_line, document.text) for document in compose(text)] == [
        ("1", 1, "# a\n%TAG !e! tag:yaml.org,2002:\n--- !e!str 1\n... # b\n"),
        (2, 5, "\n# c\n%YAML 1.2\n---\n2\r\n# d\r"),
        (3, 11, "--- 3\n...\n# e\n"),
    ]


@pytest.mark.parametrize("text", ["", "\n", "# c\n", "\ufeff", " \t\n"])
def test_a_text_may_hold_no_document(text: str) -> None:
    """White space and comments are none, while ``---`` alone begins an empty one."""
    assert list(compose(text)) == []
    assert only("---") is None


def test_aliases_share_a_value() -> None:
    """What an anchor names is one value however often it is used, and the last anchor of a name counts."""
    value = only("- &a {x: [1]}\n- *a\n- &a 5\n- *a\n- b: *a\n")
    assert value == [{"x": [1]}, {"x": [1]}, 5, 5, {"b": 5}]
    assert value[0] is value[1]


def test_anchors_end_with_their_document() -> None:
    """An alias of the document before is one of nothing."""
    documents, problem = read_all("--- &a 1\n--- *a\n")
    assert [document.value for document in documents] == [1]
    assert problem is not None
    assert (problem.message, problem.span) == (
        'unknown alias "a"; an anchor must come before its aliases',
        Span(13, 15),
    )


def test_nodes_are_counted_as_if_aliases_were_written_out() -> None:
    """Keys are nodes too, and an alias is as many as its anchor."""
    assert [document.nodes for document in compose("- &a {x: [1]}\n- *a\n- *a\n")] == [13]
    assert [document.nodes for document in compose("a: 1\n--- b\n")] == [3, 1]
    assert [document.nodes for document in compose("- 1\n- &a [2, 3]\n- *a\n--- {&k a: 1, b: *k}\n")] == [8, 5]
    assert [document.nodes for document in compose("- &a {<<: {x: 1}, y: 2}\n- *a\n")] == [15]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_billion_laughs_are_counted_and_not_made(engine: str) -> None:
    """Aliases of aliases stop where they stand for too much, and the last one of them is the place."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]" for level in range(1, 40)]
    with use(engine):
        problem = problem_of("\n".join(lines))
    assert problem.message == f"the aliases up to here expand to more than {MAX_REPEATED:,} values"
    assert problem.span.end - problem.span.start == 3


def test_the_limit_of_repeated_values_is_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many values may be repeated in a document, by all of its aliases together."""
    monkeypatch.setattr(module, "MAX_REPEATED", 4)
    assert only("- &a [1]\n- *a\n- *a\n") == [[1]] * 3
    assert problem_of("- &a [1]\n- *a\n- *a\n- *a\n").span == Span(21, 23)
    assert "expand to more than 4 values" in problem_of("- &a [1, 2, 3, 4]\n- *a\n").message


def test_long_merges_are_counted_too() -> None:
    """Each merge copies what it takes."""
    text = "a: &a {" + ", ".join(f"k{number}: 1" for number in range(1000)) + "}\nb:\n" + "- <<: *a\n" * 1000
    assert "expand to more" in problem_of(text).message


@pytest.mark.parametrize(
    "text", ["&a [*a]", "x: &a {b: [*a]}", "- &a {b: 1}\n- &a [*a]", "&a\nb: *a", "&a {<<: *a}", "&a {*a : 1}"]
)
def test_no_value_contains_itself(text: str) -> None:
    """An alias inside of what it stands for is a problem, and that alias is its place."""
    problem = problem_of(text)
    assert "would contain itself" in problem.message
    assert text[slice(*problem.span)] == "*a"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("- &a {x: 1, y: 2}\n- <<: *a\n  y: 3\n  z: 4", {"x": 1, "y": 3, "z": 4}),
        ("- &a {x: 1, y: 2}\n- y: 3\n  <<: *a", {"x": 1, "y": 3}),
        ("- &a {x: 1}\n- <<: [*a, {x: 2, y: 5}]", {"x": 1, "y": 5}),
        ("- &a [{x: 1}, {x: 2, y: 5}]\n- <<: *a", {"x": 1, "y": 5}),
        ("- &a {x: 1}\n- <<: *a\n  <<: {x: 2, y: 3}", {"x": 1, "y": 3}),
        ("- &a {x: 1}\n- !!merge <<: *a", {"x": 1}),
        ("- &a {x: 1}\n- &b {<<: *a, y: 2}\n- {<<: *b, z: 3}", {"x": 1, "y": 2, "z": 3}),
        ("- <<: {}", {}),
        ("- <<: []", {}),
        ("- '<<': 5", {"<<": 5}),
        ("- !!str <<: 5", {"<<": 5}),
        ("- [<<]", ["<<"]),
        ("- a: <<", {"a": "<<"}),
    ],
)
def test_merges(text: str, value: object) -> None:
    """What a mapping says itself counts most, then what stands first under its ``<<``.

    Nothing of it is a key given twice.
    """
    (document,) = compose(text)
    assert isinstance(document.value, list)
    assert document.value[-1] == value
    assert document.repeats == ()


def test_merges_of_merges_are_no_deeper() -> None:
    """However long the chain is, its last mapping has one level."""
    text = "- &a0 {x: 1}\n" + "".join(f"- &a{level} {{<<: *a{level - 1}, k{level}: 1}}\n" for level in range(1, 600))
    assert len(only(text)[-1]) == 600


@pytest.mark.parametrize("text", ["<<: 5", "<<: [5]", "<<:", "<<: [[{a: 1}]]", "- &a x\n- <<: *a"])
def test_only_mappings_are_merged(text: str) -> None:
    """Anything else under ``<<`` is a problem."""
    assert problem_of(text).message == "the value of a merge key << must be a mapping or a list of mappings"


def test_merged_keys_come_first() -> None:
    """The keys of a mapping stand in the order of those that are merged, then its own."""
    assert list(only("- &a {x: 1, y: 2}\n- {z: 1, <<: *a, x: 5}")[1]) == ["x", "y", "z"]


def test_keys_given_twice() -> None:
    """The last value stays, and each such key is named with its first and last place."""
    (document,) = compose("a: 1\nb:\n- {c: 1, d: 2, 'c': 3, \"\\x63\": 4}\na: 5\n")
    assert document.value == {"a": 5, "b": [{"c": 4, "d": 2}]}
    assert document.repeats == (
        Repeat(("b", 0, "c"), "c", Span(11, 12), Span(31, 37), 3),
        Repeat(("a",), "a", Span(0, 1), Span(42, 43), 2),
    )


def test_keys_given_twice_in_a_later_document() -> None:
    """Their offsets count in the document's own text."""
    _, document = compose("--- {a: 1}\n--- {a: 1, b: 2, a: 3}\n")
    assert document.first_line == 2
    assert document.repeats == (Repeat(("a",), "a", Span(5, 6), Span(17, 18), 2),)


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        ("- x\n- [1]\n- {a: 1, a: 2}\n", (2, "a")),
        ("- &a x\n- *a\n- {a: 1, a: 2}\n", (2, "a")),
        ("- {x: [1, {b: 1, b: 2}]}\n", (0, "x", 1, "b")),
        ("- {x: {y: 1}, x: 2}\n", (0, "x")),
        ("x: {y: [1, 2]}\n1: 3\n1: 4\n", (1,)),
        ("a: 1\na: 2\nb: 3\n", ("a",)),
        ("{&k a: 1, *k : 2, b: 3}", ("a",)),
    ],
)
def test_keys_given_twice_have_pointers(text: str, pointer: Pointer) -> None:
    """Items before them count, be they scalars, aliases or collections."""
    (document,) = compose(text)
    assert [repeat.pointer for repeat in document.repeats] == [pointer]


def test_an_alias_may_give_a_key_twice() -> None:
    """It is the key that it stands for."""
    (document,) = compose("{&a b: 1, *a : 2}")
    assert document.value == {"b": 2}
    assert document.repeats == (Repeat(("b",), "b", Span(4, 5), Span(10, 12), 2),)


def test_keys_that_are_no_strings() -> None:
    """They stay what they are, for others to find fault with.

    The two that Python takes for one are none given twice.
    """
    (document,) = compose("{1: a, 2.5: b, null: c, false: d, ~: e, Null: f}")
    assert document.value == {1: "a", 2.5: "b", None: "f", False: "d"}
    assert [(repeat.pointer, repeat.times) for repeat in document.repeats] == [(("None",), 3)]
    (document,) = compose("{1: a, true: b}")
    assert document.repeats == ()


@pytest.mark.parametrize(
    "text",
    [
        "? [a, b]\n: 1",
        "? {a: 1}\n: 1",
        "[[a]: 1]",
        "{{a: 1}: 1}",
        "? - a\n: 1",
        "a: &a [1]\n*a : 1",
        "? !!seq &x [a]\n: 1",
    ],
)
@pytest.mark.parametrize("engine", ENGINES)
def test_a_key_is_a_scalar(engine: str, text: str) -> None:
    """A list or a mapping for a key is a problem at its beginning."""
    with use(engine):
        problem = problem_of(text)
    assert problem.message == "a key must be a string, not a list or a mapping"
    assert text[slice(*problem.span)] in ("[", "{", "-", "*a")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "[a: "])
def test_depth_has_a_limit(engine: str, opening: str) -> None:
    """What goes below it is a problem, however deep it would go on, and nothing below is read."""
    with use(engine):
        problem = problem_of(opening * 100_000)
    assert problem.too_deep
    levels = 2 if opening == "[a: " else 1
    assert problem.span.start in range(MAX_DEPTH // levels * len(opening), (MAX_DEPTH // levels + 1) * len(opening))
    assert problem.span.end == problem.span.start + 1
    assert len(problem.pointer) == MAX_DEPTH


@pytest.mark.parametrize("text", ["[[1]]", "{a: {b: 1}}", "- - 1", "- &a [1]\n- *a"])
def test_the_limit_of_depth_is_exact(text: str) -> None:
    """So many levels are read, through aliases too."""
    (document,) = compose(text, max_depth=2)
    with pytest.raises(YamlProblem) as caught:
        list(compose(text, max_depth=1))
    assert document.value
    assert caught.value.too_deep


def test_a_text_that_is_too_deep_is_not_read_by_the_slow_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fast parser gives up before it gives what it read ahead: it reads the text again, up to there."""
    monkeypatch.setattr(parsers, "pure_parser", lambda _: pytest.fail("this takes a minute for some megabytes"))
    *documents, problem = read_all("a: 1\n---\n- b\n- " + "[" * 5_000 + "]" * 5_000)
    assert [document.value for document in documents[0]] == [{"a": 1}]
    assert isinstance(problem, YamlProblem)
    assert problem.too_deep


def test_a_fault_before_what_is_too_deep_is_told() -> None:
    """The fast parser comes to the depth first, as it reads ahead, but the fault stands before it."""
    problem = problem_of("- a\n- [}" + "[" * 2_000)
    assert not problem.too_deep
    assert problem.span == Span(7, 8)


@pytest.mark.parametrize(
    ("text", "depth"),
    [
        ("- &a [[[1]], 2]\n- [*a]\n", 5),
        ("- &a [2, [[1]]]\n- [*a]\n", 5),
        ("- &a {x: [1]}\n- &b {<<: *a}\n- [*b]\n", 4),
        ("- &a {x: [1]}\n- &b {<<: *a, y: 1}\n- {x: [*b]}\n", 5),
        ("- &b {<<: {x: [1]}}\n- [[*b]]\n", 5),
        ("- &a x\n- [[*a]]\n", 3),
    ],
)
def test_aliases_are_as_deep_as_what_they_stand_for(text: str, depth: int) -> None:
    """Levels are counted with those inside of a value that an alias stands for; what is merged adds none."""
    assert list(compose(text, max_depth=depth))
    with pytest.raises(YamlProblem) as caught:
        list(compose(text, max_depth=depth - 1))
    assert caught.value.too_deep


def test_aliases_nest_too() -> None:
    """A level more for each line is too deep in the end, and the pointer is of the alias."""
    text = "- &a0 []\n" + "".join(f"- &a{level} [*a{level - 1}]\n" for level in range(1, 1000))
    problem = problem_of(text)
    assert problem.too_deep
    assert problem.pointer == (MAX_DEPTH - 1, 0)


@pytest.mark.parametrize(
    ("text", "message", "span", "related", "label"),
    [
        (
            "a: [1,\nb: 2",
            "expected a comma or ], found the end of the text",
            Span(11, 11),
            Span(3, 4),
            "the start of the list",
        ),
        ("a: {b: 1]", "expected a comma or }", Span(8, 9), Span(3, 4), "the start of the mapping"),
        ("['x' 1]", "expected a comma or ]", Span(5, 6), Span(0, 1), "the start of the list"),
        ("[", "expected a value, found the end of the text", Span(1, 1), None, ""),
        ('a: "x', "the text ends before the closing quote", Span(5, 5), Span(3, 4), "the opening quote"),
        (
            'a: "x\\q"',
            "unknown escape; in double quotes, escape a backslash as \\\\",
            Span(5, 6),
            Span(3, 4),
            "the opening quote",
        ),
        ('"\\xg"', "expected hexadecimal digits in this escape", Span(1, 2), Span(0, 1), "the opening quote"),
        (
            "a: b: c",
            "a colon and a value are not accepted here; put a value that contains ': ' in quotes",
            Span(4, 5),
            None,
            "",
        ),
        ("a: @x", "this character is not accepted here; put the value in quotes", Span(3, 4), None, ""),
        ("a:\n\tb: 1", "a tab cannot be used for indentation; use spaces", Span(3, 4), None, ""),
        ("a: 1\nb\nc: 2", "expected a colon after the key", Span(7, 8), Span(5, 6), "the start of the key"),
        ("{}\n{}", "expected the end of the document or ---; a document contains only one value", Span(3, 4), None, ""),
        ("%YAML 2.0\n---\n", "this version of YAML is not supported", Span(0, 1), None, ""),
        ("!x!y z", "this tag is not declared by a %TAG line", Span(0, 1), None, ""),
        ("a: *x", 'unknown alias "x"; an anchor must come before its aliases', Span(3, 5), None, ""),
        ("a: \x7f", "the control character U+007F is accepted only in quotes", Span(3, 4), None, ""),
        ("a: |\n  \x01", "the control character U+0001 is accepted only in quotes", Span(7, 8), None, ""),
        ("&a # \x7f\n{}", "the control character U+007F is accepted only in quotes", Span(5, 6), None, ""),
        ("a # \x00", "the control character U+0000 is accepted only in quotes", Span(4, 5), None, ""),
        (
            'a: "x\x01',
            "the text ends before the closing quote",
            Span(6, 6),
            Span(3, 4),
            "the opening quote",
        ),
        ('\x01 "a', "the control character U+0001 is accepted only in quotes", Span(0, 1), None, ""),
        ("\x00", "the control character U+0000 is accepted only in quotes", Span(0, 1), None, ""),
        (
            "- 1\n\ufeff- 2",
            "a byte order mark is accepted only at the start of a file; were files joined?",
            Span(4, 5),
            None,
            "",
        ),
        (
            "\ufeff\ufeffa",
            "a byte order mark is accepted only at the start of a file; were files joined?",
            Span(1, 2),
            None,
            "",
        ),
    ],
)
@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_wrong_is_said_and_shown(
    engine: str, text: str, message: str, span: Span, related: Span | None, label: str
) -> None:
    """Both parsers find the same at the same place, and where something was begun that place is named too."""
    with use(engine):
        problem = problem_of(text)
    assert (problem.message, problem.span, problem.related, problem.label) == (message, span, related, label)
    assert str(problem) == message


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("escape", ["\\U00110000", "\\UFFFFFFFF"])
def test_an_escape_of_no_character(engine: str, escape: str) -> None:
    """What is beyond Unicode is a problem like any other."""
    with use(engine):
        problem = problem_of(f'a: "x{escape}"')
    assert (problem.message, problem.span) == ("this escape does not encode a Unicode character", Span(5, 6))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("scalar", ["late?", "why?not", "a ?", "a ? b", "who??", "?a"])
def test_questions_need_no_quotes(engine: str, scalar: str) -> None:
    """A question mark is a character like any other in a text without quotes, inside brackets as well as outside."""
    with use(engine):
        assert only(f"[{{a: b{scalar}}}, b{scalar} ]") == [{"a": f"b{scalar}"}, f"b{scalar}"]
        assert only(f"a: b{scalar}") == {"a": f"b{scalar}"}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_long_text_is_read_in_one_go(engine: str) -> None:
    """Many documents, many keys and long scalars are nothing but long."""
    with use(engine):
        assert len(list(compose("--- a\n" * 2000))) == 2000
        assert len(only("".join(f"k{number}: v\n" for number in range(5000)))) == 5000
        assert len(only('"' + "x\\n" * 50_000 + '"')) == 100_000
