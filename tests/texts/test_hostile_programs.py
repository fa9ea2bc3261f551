"""Programs that nobody wrote: what is done for them is counted, as times differ from machine to machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from minimax_validate.texts.source.python import scopes as python_scopes
from minimax_validate.texts.source.python.program import PythonSyntax
from minimax_validate.texts.source.sites.finder import find_sites
from minimax_validate.texts.source.syntax import NotParsedError, Syntax
from minimax_validate.texts.source.typescript import parser, tree
from minimax_validate.texts.source.typescript import scopes as typescript_scopes
from minimax_validate.texts.source.typescript.program import TypeScriptSyntax

CALL = "env.AI.run('minimax/m2.7', { messages: a })\n"


class Asked:
    """A program that counts how often it is asked something."""

    def __init__(self, syntax: Syntax) -> None:
        self._syntax = syntax
        self.times: Counter[str] = Counter()

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._syntax, name)
        if not callable(value):
            return value

        def ask(*given: Any) -> Any:
            self.times[name] += 1
            return value(*given)

        return ask


def asked(name: str, text: str) -> int:
    """How often a program is asked something until its sites are found."""
    program = Asked(PythonSyntax(text) if name.endswith(".py") else TypeScriptSyntax(text, "ts"))
    find_sites(program)
    return program.times.total()


def _doubled(count: int) -> str:
    """Constants that each hold the one before twice."""
    return (
        "const a0 = [{ role: 'user', content: 'x' }]\n"
        + "".join(f"const a{number + 1} = [...a{number}, ...a{number}]\n" for number in range(count))
        + CALL.replace("messages: a", f"messages: a{count}")
    )


def _in_turn(count: int) -> str:
    """Constants that each are the next one, and the last is the first."""
    return "".join(f"const a{number or ''} = [...a{(number + 1) % count or ''}]\n" for number in range(count)) + CALL


GROWING: dict[str, tuple[str, Callable[[int], str]]] = {
    "doubling constants": ("a.ts", _doubled),
    "cyclic constants": ("a.ts", _in_turn),
    "nested arrays": ("a.ts", lambda count: f"const a = {'[' * count}{']' * count}\n{CALL}"),
    "nested objects of Python": (
        "a.py",
        lambda count: f"env.AI.run('minimax/m2.7', {{'messages': {'[' * (count // 2)}{']' * (count // 2)}}})",
    ),
    "aliases": (
        "a.ts",
        lambda count: (
            "const a = [{ role: 'user', content: 'x' }]\n"
            + "".join(f"const b{number} = a, c{number} = b{number}\n" for number in range(count))
            + CALL
        ),
    ),
    "one object and many functions": (
        "a.ts",
        lambda count: "const a = { model: 'minimax/m2.7', messages: [] }\n" + "chat(a);" * count,
    ),
}


@pytest.mark.parametrize(("name", "make"), GROWING.values(), ids=GROWING)
def test_work_grows_with_the_text(name: str, make: Callable[[int], str]) -> None:
    """A program of twice the length is asked little more than twice as much, or not at all."""
    half, whole = asked(name, make(60)), asked(name, make(120))
    assert whole <= 2.5 * half + 100


TOO_MUCH = {
    "items": f"env.AI.run('minimax/m2.7', {{ messages: [{'1,' * 20_001}] }})\n",
    "items that are spread in": (
        f"const a = [{'1,' * 200}]\nenv.AI.run('minimax/m2.7', {{ messages: [{'...a,' * 101}] }})\n"
    ),
    "keys": f"env.AI.run('minimax/m2.7', {{ messages: [], {','.join(f'a{n}: 1' for n in range(20_000))} }})\n",
    "items in items": f"env.AI.run('minimax/m2.7', {{ messages: [{('[' + '1,' * 200 + '],') * 100}] }})\n",
}


@pytest.mark.parametrize("text", TOO_MUCH.values(), ids=TOO_MUCH)
def test_value_larger_than_any_request_is_given_up(text: str) -> None:
    """A request of more than 20,000 parts is no site, and counted as one that is not read."""
    sites, skipped = find_sites(TypeScriptSyntax(text, "ts"))
    assert (sites, skipped.unread) == ([], 1)


def test_callee_of_many_names_is_no_site() -> None:
    """A call of what is reached through more names than anybody writes is not looked at, and others are."""
    text = f"{'x.' * 130}run('minimax/m2.7', {{ messages: [] }})\n{CALL}"
    sites, skipped = find_sites(TypeScriptSyntax(text, "ts"))
    assert (len(sites), skipped.unread) == (1, 0)


def test_deep_nesting_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text nested 50,000 levels deep never comes to the parser, which would overflow."""

    def fail(*_: object) -> None:
        raise AssertionError("it was parsed")

    monkeypatch.setattr(tree, "parsed", fail)
    with pytest.raises(parser.TooDeepError):
        TypeScriptSyntax("const minimax = " + "[" * 50_000 + "]" * 50_000, "ts")


def test_parser_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that takes too many steps is given up, and the next one is read as ever."""
    with monkeypatch.context() as patched:
        patched.setattr(parser, "_MOST_STEPS", 1)
        with pytest.raises(NotParsedError):
            TypeScriptSyntax("f({ a: [" * 400 + CALL * 400, "tsx")
    assert len(find_sites(TypeScriptSyntax(CALL, "tsx"))[0]) == 1


@pytest.mark.parametrize(
    ("make", "module", "name"),
    [
        (PythonSyntax, python_scopes, "_binds"),
        (
            lambda text: TypeScriptSyntax(text.replace("'messages'", "messages"), "ts"),
            typescript_scopes.Scopes,
            "_declares",
        ),
    ],
    ids=["Python", "TypeScript"],
)
def test_places_of_a_name_are_sorted_once(
    make: Callable[[str], Syntax], module: Any, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many calls have one name, each of its places is looked at once."""
    looked: list[object] = []
    original = getattr(module, name)

    def look(*given: object) -> object:
        looked.append(given[-1])
        return original(*given)

    monkeypatch.setattr(module, name, look)
    calls = "env.AI.run('minimax/m2.7', {'messages': items})\n" * 200
    sites, _ = find_sites(make(f"items = make()\n{calls}"))
    assert len(sites) == 200
    assert 0 < len(looked) <= 201


def test_words_are_sorted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many names a program has, its text is searched for words once."""
    searched: list[str] = []
    original = typescript_scopes.words_of

    def search(text: str) -> Any:
        searched.append(text)
        return original(text)

    monkeypatch.setattr(typescript_scopes, "words_of", search)
    text = "".join(f"const m{i} = []\nenv.AI.run('minimax/m2.7', {{ messages: m{i} }})\n" for i in range(600))
    sites, _ = find_sites(TypeScriptSyntax(text, "ts"))
    assert [len(sites), len(searched)] == [600, 1]


def test_long_line_is_looked_at_where_it_may_matter() -> None:
    """Of a line of five million characters only the places that may be a site are asked for."""
    line = f"const minimax = '{'x' * 5_000_000}'; {'f({ model, messages });' * 50}"
    assert asked("a.ts", line) <= 50 * 20
