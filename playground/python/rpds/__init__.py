"""The part of rpds-py that jsonschema and referencing use: that package is compiled, and has no wheel for browsers."""

from pyrsistent_as_rpds.pure import HashTrieMap, HashTrieSet, List

__all__ = ["HashTrieMap", "HashTrieSet", "List"]
