"""Look at a repository: which files it is set up by, and what in it can be checked."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from minimax_validate.project.checking import meant
from minimax_validate.project.config import SHARED_FILE
from minimax_validate.project.discover import Filters, Found, discover, repository_of
from minimax_validate.project.files import is_worth_reading, read_file
from minimax_validate.texts.document import ABSENT
from minimax_validate.texts.readers import READERS, is_program

_PYTHON = (*READERS["python"], *READERS["notebook"])


@dataclass(frozen=True, slots=True)
class Survey:
    """What a repository holds.

    ``root`` is its root, or the working directory if there is no repository. ``requests`` are in a number of ``files``
    of data and prose. ``programs`` counts the files of source code that name the model, by language. ``is_for_node`` if
    there is a ``package.json`` and no ``pyproject.toml``.
    """

    root: Path
    is_repository: bool
    requests: int
    files: int
    programs: Counter[str]
    is_for_node: bool
    is_on_gitlab: bool


def survey(folder: Path) -> Survey:
    """Look at the repository that a folder is in; other tools' folders and ignored files are skipped, as by a check."""
    repository = repository_of(str(folder))
    root = repository or folder
    requests = files = 0
    programs: Counter[str] = Counter()
    for found in discover([os.fspath(root)], Filters(root)):
        if is_program(os.fspath(found.path)):
            if _names_model(found):
                programs["Python" if os.fspath(found.path).lower().endswith(_PYTHON) else "TypeScript"] += 1
        elif number := _requests_in(found):
            requests += number
            files += 1
    is_on_gitlab = (root / ".gitlab-ci.yml").exists() and not (root / ".github").exists()
    is_for_node = (root / "package.json").is_file() and not (root / SHARED_FILE).is_file()
    return Survey(root, repository is not None, requests, files, programs, is_for_node, is_on_gitlab)


def _names_model(found: Found) -> bool:
    try:
        return is_worth_reading(found)
    except OSError:
        return False


def _requests_in(found: Found) -> int:
    wanted = filter(None, map(meant, read_file(found)))
    return sum(len(document.requests) for document in wanted if document.value is not ABSENT)
