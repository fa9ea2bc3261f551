"""Change the code in one small way at a time, and say which changes no test notices.

``python scripts/mutate.py minimax_validate/rules minimax_validate/json_schema/contract`` takes files, or folders of
them. Mutants live in memory only: each runs in a process of its own, which imports the changed module in place of the
real one, and is shown to the tests of its wing. Data is left as it is: docstrings, examples, and the text of messages.
A word without a space is a key, and is changed.
"""

from __future__ import annotations

import argparse
import ast
import copy
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any
from unittest import mock

import hypothesis.strategies
import jsonschema
import jsonschema_rs
import orjson
import pytest

ROOT = Path(__file__).resolve().parents[1]
TESTS = ROOT / "tests"
OTHERS = {
    "values": ("rules", "engine"),
    "json_schema": ("rules/test_rules.py", "property/test_engines.py"),
    "request": ("rules", "engine"),
    "rules": ("request/test_pairing.py", "engine"),
    "engine": ("rules",),
    "texts": ("cli/test_fix_command.py",),
    "output": ("cli/test_outputs.py",),
    "project": ("cli",),
    "strategies": ("property/test_strategies.py",),
}
"""Tests of other wings that a mutant of a wing is shown to when those of its own have noticed nothing."""
OPTIONS = ["-xqm", "not slow", "-p", "no:cacheprovider", "--disable-plugin-autoload", "-p", "syrupy"]
SECONDS = 120
"""Of the processor: a mutant that takes longer has been noticed."""
WARM = (hypothesis.strategies, jsonschema, jsonschema_rs, orjson)
"""Loaded before any mutant forks off, to be loaded once."""

OPPOSITES = [
    (ast.Eq, ast.NotEq), (ast.Is, ast.IsNot), (ast.In, ast.NotIn), (ast.And, ast.Or),
    (ast.Lt, ast.LtE), (ast.Lt, ast.GtE), (ast.Gt, ast.GtE), (ast.Gt, ast.LtE),
    (ast.Add, ast.Sub), (ast.Mod, ast.Mult), (ast.BitOr, ast.BitAnd),
]  # fmt: skip
"""Operators that take each other's place."""


@dataclass(frozen=True)
class Mutant:
    """One node of a module in place of another."""

    path: Path
    tree: ast.Module
    old: ast.AST
    new: ast.AST

    def __str__(self) -> str:
        before, after = (" ".join(ast.unparse(node).split())[:110] for node in (self.old, self.new))
        return f"{self.path.relative_to(ROOT)}:{getattr(self.old, 'lineno', 0)}: {before}  ->  {after}"

    @property
    def wing(self) -> str:
        """The part of the package that the code is in, which is also the folder of its tests."""
        return self.path.relative_to(ROOT / "minimax_validate").parts[0].removesuffix(".py")

    @property
    def module(self) -> str:
        """The name under which the code is imported."""
        return ".".join(self.path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


class Swap(ast.NodeTransformer):
    """Puts the new node of a mutant where the old one was."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def visit(self, node: ast.AST) -> Any:
        """The node, or what takes its place."""
        return ast.copy_location(self.mutant.new, node) if node is self.mutant.old else self.generic_visit(node)


def changed(node: ast.AST, **fields: object) -> ast.AST:
    """A copy of a node with other fields."""
    new = copy.copy(node)
    for name, value in fields.items():
        setattr(new, name, value)
    return new


def others(operator: ast.AST) -> Iterator[ast.AST]:
    """The operators that may take the place of one."""
    for pair in OPPOSITES:
        if type(operator) in pair:
            yield pair[type(operator) is pair[0]]()


def negated(test: ast.expr) -> ast.expr:
    """The opposite of a condition."""
    return ast.UnaryOp(ast.Not(), test)


def replacements(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in the place of a node: something else, and wrong if the node is needed."""
    match node:
        case ast.Compare(ops=[operator]):
            yield from (changed(node, ops=[other]) for other in others(operator))
        case ast.BoolOp(op=operator, values=values):
            yield from (changed(node, op=other) for other in others(operator))
            for index in range(len(values)):
                rest = values[:index] + values[index + 1 :]
                yield changed(node, values=rest) if len(rest) > 1 else rest[0]
        case ast.BinOp(op=operator, left=left, right=right):
            yield from (changed(node, op=other) for other in others(operator))
            yield from (left, right)
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield operand
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value) | float(value)):
            yield ast.Constant(value + 1)
        case ast.Constant(value=str(value)) if value and " " not in value:
            yield ast.Constant(value + "X")
        case ast.IfExp(body=body, orelse=orelse):
            yield from (body, orelse)
        case ast.If(test=test) | ast.While(test=test) if not isinstance(test, ast.Compare | ast.UnaryOp):
            yield changed(node, test=negated(test))
        case ast.comprehension(ifs=[*conditions]):
            yield from (changed(node, ifs=[other for other in conditions if other is not one]) for one in conditions)
        case ast.Continue():
            yield ast.Break()
        case ast.Break():
            yield ast.Continue()
        case ast.Return(value=value) if value is not None and not (isinstance(value, ast.Constant) and not value.value):
            yield changed(node, value=ast.Constant(None))
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()):
            yield ast.Pass()
        case ast.Call(keywords=[*keywords]):
            for one in keywords:
                if one.arg == "safe" and not isinstance(one.value, ast.Constant | ast.Compare):
                    opposite = [
                        changed(other, value=negated(other.value)) if other is one else other for other in keywords
                    ]
                    yield changed(node, keywords=opposite)
                elif one.arg in ("fix", "related", "focus", "key", "default"):
                    yield changed(node, keywords=[other for other in keywords if other is not one])


def code_below(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that are code: no annotations, decorators, docstrings or text of messages."""
    match node:
        case ast.FunctionDef():
            parts: Sequence[ast.AST] = (*node.args.defaults, *node.body)
        case ast.ClassDef():
            parts = node.body
        case ast.AnnAssign():
            parts = [node.value] if node.value else []
        case ast.JoinedStr():
            parts = [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
        case ast.Expr(value=ast.Constant()) | ast.Import() | ast.ImportFrom() | ast.Call(func=ast.Name("cast")):
            return
        case ast.Assign(targets=[ast.Name("__all__")]):
            return
        case _:
            parts = list(ast.iter_child_nodes(node))
    yield node
    for part in parts:
        yield from code_below(part)


def live(tree: ast.Module) -> list[ast.AST]:
    """What a module is made of; of a rule only what it works with, as the rest of its file is examples."""
    named: dict[str, ast.stmt] = {}
    for statement in tree.body:
        match statement:
            case (
                ast.FunctionDef(name=name) | ast.Assign(targets=[ast.Name(name)]) | ast.AnnAssign(target=ast.Name(name))
            ):
                named[name] = statement
    rule = named.get("RULE")
    if not isinstance(rule, ast.Assign) or not isinstance(rule.value, ast.Call):
        return [*tree.body]
    working = [
        keyword for keyword in rule.value.keywords if keyword.arg in ("when", "around", "check", "keywords", "claim")
    ]
    found: list[ast.AST] = [changed(rule.value, keywords=[]), *(keyword.value for keyword in working)]
    for part in found:
        names = {node.id for node in ast.walk(part) if isinstance(node, ast.Name)} & named.keys()
        found.extend(named[name] for name in sorted(names) if named[name] not in found)
    return found


def mutants(path: Path) -> Iterator[Mutant]:
    """Every change to one file."""
    tree = ast.parse(path.read_text("utf-8"))
    for part in live(tree):
        for node in code_below(part):
            yield from (Mutant(path, tree, node, new) for new in replacements(node))


def selections(wing: str) -> list[list[str]]:
    """The tests that the mutants of a wing are shown to, one list after the other."""
    own, others = TESTS / wing, [str(TESTS / other) for other in OTHERS.get(wing, ())]
    return [[str(own)], others] if others else [[str(own)]]


def survives(mutant: Mutant | None) -> bool:
    """Whether all tests pass; without a mutant, on the code as it is."""
    with open(os.devnull, "w") as nothing:  # noqa: PTH123
        os.dup2(nothing.fileno(), 1)
        os.dup2(nothing.fileno(), 2)
    if mutant is None:
        wings = {mutant.wing for mutant in ALL}
        return all(pytest.main([*OPTIONS, *selection]) == 0 for wing in sorted(wings) for selection in selections(wing))
    signal.signal(signal.SIGVTALRM, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    asked = selections(mutant.wing)
    if mutant.wing == "rules":  # most fall by the examples of their own rule
        asked = [["tests/rules/test_rules.py", "-k", mutant.path.stem.replace("_", "-")], *asked]
    loaded: list[str] = []

    def get_code(self: SourceFileLoader, fullname: str) -> CodeType | None:
        if fullname != mutant.module:
            return original(self, fullname)
        loaded.append(fullname)
        return compile(ast.fix_missing_locations(Swap(mutant).visit(mutant.tree)), self.path, "exec")

    original = SourceFileLoader.get_code
    try:
        with mock.patch.object(SourceFileLoader, "get_code", get_code):
            passed = all(pytest.main([*OPTIONS, *selection]) == 0 for selection in asked)
    except BaseException:  # out of time while a test was being reported
        return False
    assert loaded, "the tests imported the real module"
    return passed


def tried(number: int) -> tuple[int, bool]:
    """A mutant by its number, and whether it survives."""
    return number, survives(ALL[number])


ALL: list[Mutant] = []


def main() -> None:
    """Try every mutant of the files, print the survivors, and count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path, help="files or folders of code")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="how many processes at a time")
    arguments = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    os.chdir(ROOT)
    for path in arguments.paths:
        files = sorted(path.resolve().rglob("*.py")) if path.is_dir() else [path.resolve()]
        ALL.extend(mutant for file in files for mutant in mutants(file))
    # A process is used once: what it has imported is a mutant's.
    with multiprocessing.get_context("fork").Pool(arguments.jobs, maxtasksperchild=1) as pool:
        if not pool.apply(survives, (None,)):
            sys.exit("The tests fail without any change: there is nothing to learn from mutants.")
        survivors = []
        for done, (number, lives) in enumerate(pool.imap(tried, range(len(ALL)), chunksize=1), 1):
            if lives:
                survivors.append(number)
                print(f"survives: {ALL[number]}", flush=True)
            if done % 100 == 0:
                print(f"{done} of {len(ALL)} tried", file=sys.stderr, flush=True)
    killed = len(ALL) - len(survivors)
    print(f"{killed} of {len(ALL)} mutants killed, {killed / len(ALL):.1%}")


if __name__ == "__main__":
    main()
