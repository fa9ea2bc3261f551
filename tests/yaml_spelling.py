"""Generated values, and YAML of them in many styles."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import assume
from hypothesis import strategies as st

from minimax_validate.texts.yaml.compose import YamlDocument, compose
from minimax_validate.texts.yaml.problem import YamlProblem
from minimax_validate.texts.yaml.schema import resolve

WORDS = st.lists(
    st.sampled_from(["a", "it's", '"b"', "c: d", "# e", "- f", "é😀", "\\n", "[", "{", ",", "&x", "*y", "%", ""]),
    max_size=12,
)
TEXTS = st.text(st.sampled_from("ab é😀\n\t '\"#:-\\"), max_size=12) | WORDS.map(" ".join) | WORDS.map("\n".join)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4), max_leaves=12
)
STYLES = st.fixed_dictionaries(
    {
        "default_flow_style": st.sampled_from([True, False, None]),
        "default_style": st.sampled_from([None, None, None, '"', "'", "|", ">"]),
        "allow_unicode": st.booleans(),
        "width": st.sampled_from([10, 20, 80, 1000]),
        "indent": st.sampled_from([2, 4, 7]),
        "line_break": st.sampled_from(["\n", "\r\n"]),
    }
)


class Dumper(yaml.SafeDumper):
    """Writes what it is told to in styles that are given, and quotes strings that YAML 1.2 reads as something else."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        """No value is written as an alias."""
        return True

    def represent_string(self, data: str) -> yaml.ScalarNode:
        """A string, in quotes where it needs them."""
        style = self.default_style or (None if isinstance(resolve(data), str) else '"')
        return self.represent_scalar("tag:yaml.org,2002:str", data, style=style)

    def represent_other(self, data: Any) -> yaml.Node:
        """A scalar that is no string is written plainly, whatever the style of strings."""
        style, self.default_style = self.default_style, None
        try:
            return yaml.SafeDumper.yaml_representers[type(data)](self, data)
        finally:
            self.default_style = style


Dumper.add_representer(str, Dumper.represent_string)
for kind in (type(None), bool, int, float):
    Dumper.add_representer(kind, Dumper.represent_other)


def dump(value: Any, style: dict[str, Any]) -> str:
    """YAML of a value; what the writer itself gets wrong is no case."""
    text = str(yaml.dump(value, Dumper=Dumper, sort_keys=False, **style))
    assume(repr(yaml.load(text, Loader=yaml.CSafeLoader)) == repr(value))
    return text


def only(text: str) -> Any:
    """The value of the one document in a text."""
    (document,) = compose(text)
    return document.value


def read_all(text: str) -> tuple[list[YamlDocument], YamlProblem | None]:
    """The documents of a text, and the problem that it ends with."""
    found: list[YamlDocument] = []
    try:
        found.extend(compose(text))
    except YamlProblem as problem:
        return found, problem
    return found, None
