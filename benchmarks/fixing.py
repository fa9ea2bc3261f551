"""What fixing costs beside checking the same: ``python -m benchmarks.fixing``.

A fix is found by a check, and what it leaves is checked again; and the text that it makes is read once more. So a text
with one round of fixes costs two checks, and the patching.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from io import BytesIO

import yaml

from benchmarks.payloads import Json, conversation, with_null_content
from benchmarks.ratio import HEADER, compare
from minimax_validate import Validator
from minimax_validate.engine.fixing import fix
from minimax_validate.texts.checked import check_document
from minimax_validate.texts.document import Document
from minimax_validate.texts.fixing import fix_document
from minimax_validate.texts.readers import read
from minimax_validate.values.diagnostic import Diagnostic

_SPELLINGS: dict[str, Callable[[Json], str]] = {
    "json": lambda payload: json.dumps(payload, indent=2),
    "jsonl": json.dumps,
    "yaml": lambda payload: yaml.safe_dump(payload, sort_keys=False),
}


def main() -> None:
    """Print the table."""
    validator = Validator()

    def diagnose(document: Document) -> tuple[Diagnostic, ...]:
        return check_document(validator, document).diagnostics

    def row(name: str, payload: Json) -> None:
        for ending, spell in _SPELLINGS.items():
            (document,) = read(f"a.{ending}", BytesIO(spell(payload).encode()))
            result = compare(partial(fix_document, document, diagnose, unsafe=True), partial(diagnose, document))
            print(result.row(f"{name}, text ({ending}) / check"))
        print(
            compare(lambda: fix(validator, payload, unsafe=True), lambda: validator.check(payload)).row(
                f"{name}, value / check"
            )
        )

    print(HEADER)
    row("nothing to fix", conversation())
    row("one fix", with_null_content(conversation()))


if __name__ == "__main__":
    main()
