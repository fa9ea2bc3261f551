"""Find what is wrong with a schema that a request brings along, as a schema: its keywords, its references, the names that it requires.

Such a schema is a stranger's. Nothing is fetched, no pattern in it is run, and the work grows with its size alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from minimax_validate.codec import orjson
from minimax_validate.diagnostic import Focus
from minimax_validate.patterns import is_hopeless
from minimax_validate.pointer import Pointer, from_json_pointer, to_json_pointer
from minimax_validate.suggest import did_you_mean, nearest
from minimax_validate.wording import describe, kind, listed, quote

Json = dict[str, Any]

TYPES = ("object", "array", "string", "number", "integer", "boolean", "null")

_MOST_KEPT = 256
_LONGEST_KEPT = 65_536
_MOST_FAULTS_KEPT = 100
_MOST_GUESSES = 16
"""Words worth guessing at in one schema, and names worth guessing among."""


class Fault(NamedTuple):
    """One mistake in a schema; ``pointer`` is into the schema, ``message`` says what is wrong, ``hint`` goes on with a way out."""

    pointer: Pointer
    message: str
    hint: str = ""
    focus: Focus = "value"

    @property
    def text(self) -> str:
        """Message and hint."""
        return self.message + self.hint


class SchemaFaults(NamedTuple):
    """What is wrong with a schema; all three are empty for a sound one."""

    keywords: tuple[Fault, ...] = ()
    """What draft 2020-12 does not take."""
    references: tuple[Fault, ...] = ()
    """References to what is not in the schema."""
    required: tuple[Fault, ...] = ()
    """Required names that are not declared beside."""


def schema_faults(schema: Any) -> SchemaFaults:
    """All that is wrong with a schema, a value of plain JSON. Never raises; a schema of the same text is not examined twice."""
    try:
        text = orjson.dumps(schema)
    except (AttributeError, TypeError, ValueError, RecursionError):  # no such module, or a value beyond its range
        return _examine(schema)
    kept = _kept(text) if len(text) <= _LONGEST_KEPT else None
    return kept or _examine(schema)


@lru_cache(_MOST_KEPT)
def _kept(text: bytes) -> SchemaFaults | None:
    """The faults of a schema; None where they are too many to keep."""
    found = _examine(orjson.loads(text))
    return found if sum(map(len, found)) <= _MOST_FAULTS_KEPT else None


def _examine(schema: Any) -> SchemaFaults:
    guesses = _Guesses()
    keywords = _violations(schema, guesses)
    if not isinstance(schema, dict):
        return SchemaFaults(keywords)
    parts = _Parts(schema)
    references, mixed = _references(parts, guesses, {fault.pointer for fault in keywords})
    return SchemaFaults((*keywords, *_patterns(parts.found)), references, tuple(_undeclared(parts.found, mixed, guesses)))


class _Guesses:
    """Did-you-mean, so often as is good for anyone: each guess compares a word with all that are known."""

    def __init__(self) -> None:
        self._left = _MOST_GUESSES

    def __call__(self, guess: Callable[[str, Iterable[str]], Any], word: str, known: Any) -> Any:
        self._left -= 1
        return guess(word, known) if self._left >= 0 and len(known) <= _MOST_GUESSES**2 else None


# What the metaschema says.


class _Error(NamedTuple):
    """An engine's error, in the words that both engines have in common."""

    keyword: str
    expected: Any
    pointer: Pointer
    value: Any
    branches: tuple[tuple[_Error, ...], ...]


_Metaschema = Callable[[Any], Iterable[_Error]]


@cache
def _metaschema() -> _Metaschema:
    try:
        return compiled_metaschema()
    except ImportError:
        return reference_metaschema()


def compiled_metaschema() -> _Metaschema:
    """The metaschema on jsonschema-rs, which carries it inside."""
    import jsonschema_rs

    validator = jsonschema_rs.Draft202012Validator({"$ref": "https://json-schema.org/draft/2020-12/schema"}, offline=True)

    def convert(error: jsonschema_rs.ValidationError) -> _Error:
        branches = tuple(tuple(map(convert, branch)) for branch in getattr(error.kind, "context", ()))
        path = tuple(step.removeprefix(_MARK) if isinstance(step, str) else step for step in error.instance_path)
        return _Error(error.kind.name, error.kind.value, path, error.instance, branches)

    return lambda schema: () if validator.is_valid(schema) else map(convert, validator.iter_errors(_marked(schema)))


_MARK = "\ue000"


def _marked(schema: Any) -> Any:
    """A copy of a schema in which no key is empty or looks like a number: the engine loses those and mistakes these for indexes.

    No keyword is such a key, so this does not change what is valid.
    """

    def mark(members: list[tuple[str, Any]]) -> Json:
        return {key if key[:1].isalpha() or key[:1] == "$" else _MARK + key: member for key, member in members}

    return json.loads(json.dumps(schema), object_pairs_hook=mark)


def reference_metaschema() -> _Metaschema:
    """The metaschema on jsonschema, which carries it inside too."""
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(Draft202012Validator.META_SCHEMA)

    def convert(error: Any) -> _Error:
        branches: dict[object, list[_Error]] = {}
        for inner in error.context or ():
            branches.setdefault(inner.schema_path[0], []).append(convert(inner))
        return _Error(
            str(error.validator), error.validator_value, tuple(error.absolute_path), error.instance, tuple(map(tuple, branches.values()))
        )

    return lambda schema: map(convert, validator.iter_errors(schema))


def _violations(schema: Any, guesses: _Guesses) -> tuple[Fault, ...]:
    """One fault for each place where the metaschema is broken."""
    found: dict[Pointer, Fault] = {}
    try:
        for error in _metaschema()(schema):
            for deepest in _deepest(error):
                if deepest.pointer not in found:
                    found[deepest.pointer] = Fault(deepest.pointer, _words(deepest, guesses))
    except Exception:  # an engine that gives up on a stranger's schema is nothing to tell of it
        return ()
    return tuple(found.values())


def _deepest(error: _Error) -> Iterator[_Error]:
    """The errors of the one branch that takes values of this kind, where there is one; else the error itself."""
    right = [
        branch
        for branch in error.branches
        if not any(inner.pointer == error.pointer and inner.keyword in ("type", "enum") for inner in branch)
    ]
    if len(right) == 1 and right[0]:
        for inner in right[0]:
            yield from _deepest(inner)
    else:
        yield error


def _words(error: _Error, guesses: _Guesses) -> str:
    keyword, value, name = error.keyword, error.value, _name(error.pointer)
    if keyword == "type" and "object" in error.expected and "boolean" in error.expected:
        return _no_schema(error.pointer, value)
    if keyword == "enum" or any(inner.keyword == "enum" for branch in error.branches for inner in branch):
        return _no_type(value, guesses)
    if keyword == "anyOf":
        return f"{name} is neither a schema nor an array of names, but {_short(value)}"
    if keyword == "type":
        return f"{name} is {_articles(error.expected)}, not {_short(value)}{_bygone(error.pointer[-1], value)}"
    if keyword == "minItems":
        return f"{name} is an empty array; leave it out where there is nothing to say"
    if keyword == "uniqueItems":
        return f"{name} has {describe(_repeated(value))} more than once"
    if keyword in ("minimum", "exclusiveMinimum"):
        demand = "above" if keyword == "exclusiveMinimum" else "at least"
        return f"{name} is {describe(value)}; it has to be {demand} {describe(error.expected)}"
    return f"{name} must not be {describe(value)}"


_PLAIN_WORD = re.compile(r"[$\w]{1,40}", re.ASCII)


def _name(pointer: Pointer) -> str:
    """What a place in a schema is called."""
    if not pointer:
        return "the schema"
    step = pointer[-1]
    if isinstance(step, int):
        return f"item {step + 1:,} of {_name(pointer[:-1])}"
    return f"`{step}`" if _PLAIN_WORD.fullmatch(step) else quote(step)


_OTHER_NAMES = {
    "dict": "object", "map": "object", "mapping": "object", "record": "object", "struct": "object", "json": "object",
    "list": "array", "tuple": "array", "set": "array", "vector": "array",
    "str": "string", "text": "string", "char": "string", "varchar": "string",
    "int": "integer", "long": "integer", "short": "integer", "int32": "integer", "int64": "integer", "bigint": "integer", "uint": "integer",
    "float": "number", "double": "number", "decimal": "number", "real": "number", "float32": "number", "float64": "number",
    "bool": "boolean", "none": "null", "nil": "null", "nonetype": "null", "undefined": "null",
}  # fmt: skip
_FORMATS = frozenset({"date", "date-time", "datetime", "email", "time", "uri", "url", "uuid"})
_ANYTHING = frozenset({"*", "all", "any", "mixed", "unknown"})


def _no_type(value: Any, guesses: _Guesses) -> str:
    """What to say of a `type`, or an item of it, that is none."""
    accepted = f" (accepted: {listed(TYPES)})"
    if value is None:
        return f'the type is null: that of null is spelled "null", and a value of any type has no `type`{accepted}'
    if not isinstance(value, str):
        return f"`type` is the name of a type or an array of such names, not {_short(value)}{accepted}"
    word = value.strip().lower()
    if word in _ANYTHING:
        return f"{quote(value)} is no type: leave `type` out where every value will do{accepted}"
    if word in _FORMATS:
        return f'{quote(value)} is no type: such values are of type "string", with a `format`{accepted}'
    meant = word if word in TYPES else _OTHER_NAMES.get(word) or guesses(nearest, word, TYPES)
    return f'{quote(value)} is no type; did you mean "{meant}"?' if meant else f"{quote(value)} is no type{accepted}"


def _no_schema(pointer: Pointer, value: Any) -> str:
    """What to say of a value in the place of a schema."""
    step = pointer[-1] if pointer else ""
    if step == "items" and isinstance(value, list):
        return "`items` is one schema, for all items; an array of schemas, one for each place, is `prefixItems` since draft 2020-12"
    if isinstance(value, str) and value in TYPES:
        return f'a schema is an object, such as {{"type": {quote(value)}}}, not {describe(value)}'
    return f"a schema is an object, true or false, not {_short(value)}"


def _bygone(step: str | int, value: Any) -> str:
    """Where a keyword had another meaning in an older draft: which."""
    if not isinstance(value, bool):
        return ""
    if step == "required":
        return "; the object around lists the names of what it requires, beside its `properties`"
    if step in ("exclusiveMinimum", "exclusiveMaximum"):
        return f"; it is the limit itself, in the place of `{step[9:].lower()}` (draft 4 had it otherwise)"
    return ""


def _articles(expected: Any) -> str:
    names = (expected,) if isinstance(expected, str) else expected
    return listed(f"{'an' if name[0] in 'aio' else 'a'} {name}" for name in names)


def _short(value: Any) -> str:
    """A value in few words; the kind of it, if it is a long one."""
    return describe(value) if value is None or isinstance(value, bool | int | float | str) else kind(value)


def _repeated(items: list[Any]) -> Any:
    seen: set[str] = set()
    for item in items:
        key = f"{type(item).__name__} {item!r}"
        if key in seen:
            return item
        seen.add(key)
    return items


# What holds subschemas, and where: everything else (`const`, `enum`, `default`, `examples`, keywords of nobody) holds plain values.

_SINGLE = frozenset(
    {
        "additionalProperties",
        "contains",
        "contentSchema",
        "else",
        "if",
        "items",
        "not",
        "propertyNames",
        "then",
        "unevaluatedItems",
        "unevaluatedProperties",
    }
)
_LISTED = frozenset({"allOf", "anyOf", "items", "oneOf", "prefixItems"})  # `items` was one of these before draft 2020-12
_NAMED = frozenset({"$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties"})
_DEFINITIONS = ("$defs", "definitions")
_SAME_PLACE = frozenset({"allOf", "anyOf", "dependencies", "dependentSchemas", "else", "if", "not", "oneOf", "then"})
"""Keywords whose schemas are for the same value as the schema around."""
_CHOICES = frozenset({"anyOf", "oneOf"})
_REFERENCES = ("$ref", "$dynamicRef")
_DECLARING = frozenset(
    {"$dynamicRef", "$recursiveRef", "$ref", "allOf", "anyOf", "dependencies", "dependentSchemas", "if", "oneOf", "patternProperties"}
)
"""Keywords that may declare members beside `properties`."""


class _Part(NamedTuple):
    """A schema or subschema and its place.

    ``home`` is the place of the nearest schema around that has an `$id`, and ``base`` that id. ``beside`` are the `properties` of the
    schemas around that are for the same value; None where others, not to be seen from here, may be so too.
    """

    pointer: Pointer
    schema: Json
    home: Pointer
    base: str
    beside: tuple[Json, ...] | None

    def declares_alone(self, but: str = "") -> bool:
        """Whether nothing but `properties` declares members here, the keyword ``but`` not counted."""
        schema = self.schema
        if isinstance(schema.get("additionalProperties"), dict) or isinstance(schema.get("unevaluatedProperties"), dict):
            return False
        return all(keyword == but or keyword not in _DECLARING for keyword in schema)

    def inside(self) -> Iterator[_Part]:
        """The subschemas right under this one."""
        for keyword, value in self.schema.items():
            at: Pointer = (*self.pointer, keyword)
            below: Iterable[tuple[Pointer, Any]]
            if keyword in _SINGLE and isinstance(value, dict):
                below = ((at, value),)
            elif keyword in _LISTED and isinstance(value, list):
                below = (((*at, index), item) for index, item in enumerate(value))
            elif keyword in _NAMED and isinstance(value, dict):
                below = (((*at, name), member) for name, member in value.items())
            else:
                continue
            beside = self._beside(keyword)
            for pointer, schema in below:
                if isinstance(schema, dict):
                    yield _Part(pointer, schema, self.home, self.base, beside)

    def _beside(self, keyword: str) -> tuple[Json, ...] | None:
        if keyword not in _SAME_PLACE:
            return ()
        if keyword not in _CHOICES or self.beside is None or not self.declares_alone(keyword):
            return None
        own = self.schema.get("properties")
        return (*self.beside, own) if isinstance(own, dict) else self.beside


class _Parts:
    """All subschemas of a schema, and the names under which they can be referred to."""

    def __init__(self, root: Json) -> None:
        self.root = root
        self.found: list[_Part] = []
        self.resources: dict[str, Pointer] = {"": ()}
        self.anchors: dict[tuple[Pointer, str], Pointer] = {}
        self.definitions: dict[str, Pointer] = {}
        self._seen: set[Pointer] = set()
        self.add(_Part((), root, (), "", ()))

    def add(self, part: _Part) -> None:
        """Take in a subschema and all below it."""
        tasks = [part]
        while tasks:
            part = tasks.pop()
            if part.pointer in self._seen:
                continue
            self._seen.add(part.pointer)
            identifier = part.schema.get("$id")
            if isinstance(identifier, str):
                part = part._replace(home=part.pointer, base=_join(part.base, identifier))
                self.resources.setdefault(part.base, part.pointer)
            for keyword in ("$anchor", "$dynamicAnchor"):
                anchor = part.schema.get(keyword)
                if isinstance(anchor, str):
                    self.anchors.setdefault((part.home, anchor), part.pointer)
            for keyword in _DEFINITIONS:
                definitions = part.schema.get(keyword)
                if isinstance(definitions, dict):
                    for name in definitions:
                        self.definitions.setdefault(name, (*part.pointer, keyword, name))
            self.found.append(part)
            tasks.extend(part.inside())

    def resolve(self, reference: str, part: _Part) -> tuple[Pointer, Any] | None:
        """Where a reference leads, and what is there; None if that is not in the schema."""
        before, _, fragment = reference.partition("#")
        home: Pointer | None = part.home
        if before:
            home = self.resources.get(_join(part.base, before))
        if home is None:
            return None
        if "%" in fragment:
            from urllib.parse import unquote

            fragment = unquote(fragment)
        if not fragment or fragment.startswith("/"):
            return self._walk(home, from_json_pointer(fragment))
        anchored = self.anchors.get((home, fragment))
        return None if anchored is None else self._walk((), anchored)

    def _walk(self, start: Pointer, steps: Pointer) -> tuple[Pointer, Any] | None:
        target: Any = self.root
        taken: list[str | int] = []
        for step in (*start, *steps):
            if isinstance(target, dict) and str(step) in target:
                taken.append(str(step))
                target = target[str(step)]
            elif isinstance(target, list) and isinstance(step, int) and step < len(target):
                taken.append(step)
                target = target[step]
            else:
                return None
        return tuple(taken), target


def _join(base: str, reference: str) -> str:
    from urllib.parse import urldefrag, urljoin  # few schemas need it

    try:
        return urldefrag(urljoin(base, reference)).url
    except ValueError:
        return reference


def _references(parts: _Parts, guesses: _Guesses, told: set[Pointer]) -> tuple[tuple[Fault, ...], frozenset[Pointer]]:
    """The references that lead nowhere, and the places of schemas that others refer to as a part of themselves."""
    faults: list[Fault] = []
    mixed: set[Pointer] = set()
    for part in parts.found:  # grows, where a reference leads to what is no subschema by its place
        for keyword in _REFERENCES:
            reference = part.schema.get(keyword)
            if not isinstance(reference, str):
                continue
            found = parts.resolve(reference, part)
            if found is None:
                faults.append(Fault((*part.pointer, keyword), *_lost(reference, parts, guesses)))
                continue
            pointer, target = found
            if isinstance(target, dict):
                parts.add(_Part(pointer, target, part.home, part.base, None))
                if part.beside is None or any(part.beside) or "properties" in part.schema or not part.declares_alone(keyword):
                    mixed.add(pointer)
            elif not isinstance(target, bool) and pointer not in told:
                faults.append(Fault((*part.pointer, keyword), f"{quote(reference)} leads to {_short(target)}, which is no schema"))
    return tuple(faults), frozenset(mixed)


_PLAIN = re.compile(r"[\w$.~/-]*", re.ASCII)


def _lost(reference: str, parts: _Parts, guesses: _Guesses) -> tuple[str, str]:
    """What to say of a reference that leads nowhere, and what may have been meant."""
    if reference.partition("#")[0]:
        return f"{quote(reference, 80)} is not in this schema", ", and nobody will fetch it"
    message = f"{quote(reference)} leads nowhere in this schema"
    name = reference.rpartition("/")[2]
    if name not in parts.definitions:
        name = guesses(nearest, name, parts.definitions) or ""
    meant = to_json_pointer(parts.definitions[name]) if name in parts.definitions else ""
    is_simple = meant and _PLAIN.fullmatch(meant) and len(parts.resources) == 1
    return message, f"; did you mean {quote('#' + meant, 80)}?" if is_simple else ""


def _undeclared(parts: Iterable[_Part], mixed: frozenset[Pointer], guesses: _Guesses) -> Iterator[Fault]:
    for part in parts:
        required, own = part.schema.get("required"), part.schema.get("properties", {})
        if not isinstance(required, list) or not isinstance(own, dict):
            continue
        if part.beside is None or part.pointer in mixed or not part.declares_alone():
            continue
        if "properties" not in part.schema and not any(part.beside) and part.schema.get("type") != "object":
            continue
        told: set[str] = set()
        for index, name in enumerate(required):
            if isinstance(name, str) and name not in told and name not in own and not any(name in around for around in part.beside):
                told.add(name)
                known = own or (part.beside[-1] if part.beside else {})
                hint = guesses(did_you_mean, name, known) or ""
                declared = "`properties`" if known else "any `properties`"
                yield Fault((*part.pointer, "required", index), f"{quote(name)} is required, but not declared under {declared}", hint)


# Patterns.

_COUNTED = re.compile(r"(?<!\\[xuU])\{\d+(?:,\d*)?\}")
_CLASSES = re.compile(r"\\[dDsSwW]")
_LONGEST_PATTERN = 1_000


def _patterns(parts: Iterable[_Part]) -> Iterator[Fault]:
    doubts = 0
    for part in parts:
        for pointer, pattern, focus in _patterns_of(part):
            readable = _readable()
            if readable.is_ecma(pattern) if readable else not is_hopeless(pattern):
                continue
            doubts += 1
            if doubts <= _MOST_GUESSES and len(pattern) <= _LONGEST_PATTERN and not (readable and readable.is_linear(pattern)):
                yield Fault(pointer, f"{quote(pattern)} is no regular expression", focus=focus)


def _patterns_of(part: _Part) -> Iterator[tuple[Pointer, str, Focus]]:
    pattern, named = part.schema.get("pattern"), part.schema.get("patternProperties")
    if isinstance(pattern, str):
        yield (*part.pointer, "pattern"), pattern, "value"
    if isinstance(named, dict):
        for key in named:
            yield (*part.pointer, "patternProperties", key), key, "key"


class _Readable:
    """Who can read a pattern; none of the two runs it."""

    def __init__(self) -> None:
        import jsonschema_rs

        self._engine = jsonschema_rs.Draft202012Validator
        self._options = jsonschema_rs.RegexOptions()
        self.is_ecma: Callable[[str], bool] = self._engine({"format": "regex"}, validate_formats=True, offline=True).is_valid

    def is_linear(self, pattern: str) -> bool:
        """Whether the engine of linear time can read a pattern; what makes a pattern large is taken out first, as it is only read."""
        small = _CLASSES.sub("a", _COUNTED.sub("*", pattern))
        try:
            self._engine({"pattern": small}, pattern_options=self._options, offline=True)
        except ValueError:
            return False
        return True


@cache
def _readable() -> _Readable | None:
    try:
        return _Readable()
    except ImportError:
        return None
