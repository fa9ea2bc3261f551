"""A baseline: the findings that a project has decided to live with, in a file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from minimax_validate.output.redact import cut_pointer
from minimax_validate.project.atomic import writing
from minimax_validate.values.diagnostic import Diagnostic
from minimax_validate.values.pointer import to_json_pointer
from minimax_validate.values.wording import words_of_os_error

VERSION = 1


class BaselineError(ValueError):
    """A baseline file that cannot be read."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A finding as a baseline knows it again: by everything but its line.

    ``file`` is relative to the baseline's folder. The keys of ``pointer`` are cut short, as they may be texts of a
    request; the ``fingerprint`` tells apart what is alike then.
    """

    file: str
    code: str
    pointer: str
    fingerprint: str


def entry(file: str, diagnostic: Diagnostic) -> Entry:
    """The entry that stands for a finding."""
    from hashlib import sha256

    pointer = to_json_pointer(diagnostic.pointer)
    told = json.dumps([diagnostic.code, pointer, diagnostic.message])
    shown = to_json_pointer(cut_pointer(diagnostic.pointer))
    return Entry(file, diagnostic.code, shown, sha256(told.encode()).hexdigest()[:16])


def read_baseline(path: Path) -> Counter[Entry]:
    """The entries of a file, each with how often it may occur.

    Raises:
        BaselineError: there is no such file, or it is no baseline.
    """
    try:
        content = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BaselineError(f"cannot be read: {words_of_os_error(error)}") from error
    except json.JSONDecodeError as error:
        raise BaselineError(f"is not JSON: {error.msg.lower()} (line {error.lineno})") from error
    except (ValueError, RecursionError) as error:
        raise BaselineError("is not JSON") from error
    if not isinstance(content, dict) or not isinstance(content.get("findings"), list):
        raise BaselineError("is not a baseline: it must be an object with `version` and `findings`")
    if content.get("version") != VERSION:
        raise BaselineError(f"has an unsupported version; the supported version is {VERSION}")
    entries: Counter[Entry] = Counter()
    for index, item in enumerate(content["findings"]):
        found, number = _entry(index, item)
        entries[found] += number
    return entries


def write_baseline(path: Path, entries: Mapping[Entry, int]) -> None:
    """Write entries, sorted; whatever interrupts it, the file is the old one or the new one."""
    findings = [asdict(entry) | {"count": number} for entry, number in sorted(entries.items())]
    with writing(path) as stream:
        stream.write((json.dumps({"version": VERSION, "findings": findings}, indent=2) + "\n").encode())


def _entry(index: int, item: Any) -> tuple[Entry, int]:
    match item:
        case {
            "file": str(file),
            "code": str(code),
            "pointer": str(pointer),
            "fingerprint": str(fingerprint),
            "count": int(number),
        }:
            if number > 0 and not isinstance(number, bool):
                return Entry(file, code, pointer, fingerprint), number
    raise BaselineError(
        f"is not a baseline: findings[{index}] must have a file, code, pointer, fingerprint and a count above 0"
    )
