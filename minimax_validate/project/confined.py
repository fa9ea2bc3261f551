"""Whether a path that a configuration names stays inside of its project.

A configuration may come with a stranger's pull request: it must not make a check read or write other files.
"""

from __future__ import annotations

import os
from pathlib import Path

from minimax_validate.project.discover import repository_of


def leads_outside(path: Path, folder: Path) -> bool:
    """Whether a path leads out of the repository that a folder is in, or of the folder if it is in none.

    Symbolic links are followed.
    """
    root = os.path.realpath(repository_of(str(folder)) or folder)
    try:
        return os.path.commonpath((root, os.path.realpath(path))) != root
    except ValueError:  # pragma: no cover  # another drive of Windows
        return True
