"""The names that expressions are made of."""

from __future__ import annotations

from minimax_validate.texts.source.syntax import Attribute, Call, Handle, Name, Syntax, Through

_LONGEST = 120


def path_of(syntax: Syntax, handle: Handle) -> tuple[str, ...]:
    """The names that an expression is made of, ``env``, ``AI``; ``()`` where it begins with anything else.

    A call in it is its name with ``()``.
    """
    names: list[str] = []
    for _ in range(_LONGEST):
        match syntax.view(handle):
            case Name(name):
                return (name, *reversed(names))
            case Attribute(object=inner, name=name):
                names.append(name)
                handle = inner
            case Through(value=inner):
                handle = inner
            case Call(callee=inner):
                called = path_of(syntax, inner)
                return (*called[:-1], f"{called[-1]}()", *reversed(names)) if called else ("", *reversed(names))
            case _:
                return ("", *reversed(names)) if names else ()
    return ()
