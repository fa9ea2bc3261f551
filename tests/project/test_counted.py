"""Long files are cut by what others count of them: who hands the parts out reads nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from io import FileIO
from pathlib import Path
from typing import Any

import pytest

from minimax_validate.project import files
from minimax_validate.project.discover import Found
from minimax_validate.project.parallel import counted
from minimax_validate.project.parallel.counted import Block, Bytes, FarCut, count
from minimax_validate.project.parallel.tasks import Cut, Long, Task, cut_here, tasks

BLOCK = 128 * 1024
LINE = json.dumps({"messages": [{"role": "user", "content": "How deep is the lock? " * 40}]}) + "\n"
MOST = 3


class Workers:
    """Count parts at once, in this process, and keep account of who reads how many bytes, and of parts ahead."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.read = Counter[str]()
        self.sent: list[Bytes] = []
        self.taken = 0
        self.most_ahead = 0
        self._who = "the machine that asks"
        workers = self

        class Counted(FileIO):
            def readinto(self, buffer: Any) -> int | None:
                size = super().readinto(buffer)
                workers.read[workers._who] += size or 0
                return size

        monkeypatch.setattr(files, "FileIO", Counted)

    def send(self, part: Bytes) -> tuple[Block, ...] | None:
        """Count a part as another machine does."""
        self.sent.append(part)
        self.most_ahead = max(self.most_ahead, len(self.sent) - self.taken)
        self._who = "workers"
        try:
            return count(part)
        finally:
            self._who = "the machine that asks"

    def take(self, blocks: tuple[Block, ...] | None) -> tuple[Block, ...] | None:
        """What was counted."""
        self.taken += 1
        return blocks

    @property
    def cut(self) -> FarCut:
        """What cuts by their counts."""
        return FarCut(self.send, self.take, MOST)


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> Workers:
    """Workers that count two blocks at once."""
    monkeypatch.setattr(counted, "_BLOCKS", 2)
    return Workers(monkeypatch)


def cutting(path: Path, cut: Cut) -> list[Task]:
    """The tasks of a file."""
    return list(tasks([Found(str(path), named=True)], block=BLOCK, cut=cut))


def test_only_workers_read(tmp_path: Path, workers: Workers) -> None:
    """Of a long file, workers read every byte once, to count, and who asks for it reads none."""
    path = tmp_path / "a.jsonl"
    path.write_text(LINE * (20 * BLOCK // len(LINE) + 1), "utf-8")
    size = path.stat().st_size
    assert len(cutting(path, cut_here)) > 10
    assert workers.read.pop("the machine that asks") >= size
    far = cutting(path, workers.cut)
    # Each part is opened for itself, and its reader is chosen by what the file begins with.
    beginnings = 64 * 1024 * len(workers.sent)
    assert workers.read["the machine that asks"] == 0
    assert size <= workers.read["workers"] <= size + beginnings
    assert len(far) == -(-size // BLOCK)
    assert workers.most_ahead == MOST + 1


def test_files_of_other_kinds(tmp_path: Path, workers: Workers) -> None:
    """A long file that is no JSON Lines is one task, and few parts of it are looked at."""
    path = tmp_path / "a.json"
    path.write_text(f"[{LINE * (40 * BLOCK // len(LINE))}]", "utf-8")
    (task,) = cutting(path, workers.cut)
    assert (task.pieces[0].stretch, len(workers.sent)) == (None, MOST + 1)
    assert workers.read["workers"] < path.stat().st_size / 4


def test_a_file_that_has_gone(tmp_path: Path, workers: Workers) -> None:
    """A long file that is not there any more when it is to be counted is one task, which says so."""
    path = tmp_path / "a.jsonl"
    path.write_text(LINE * (2 * BLOCK // len(LINE) + 1), "utf-8")

    def cut(coming: Iterable[Task | Long], block: int) -> Iterator[Task]:
        listed = list(coming)
        path.unlink()
        return workers.cut(listed, block)

    assert [task.pieces[0].stretch for task in cutting(path, cut)] == [None]


def test_a_file_that_goes_while_it_is_counted(tmp_path: Path, workers: Workers) -> None:
    """What could not be counted is one last part: reading it says what is wrong."""
    path = tmp_path / "a.jsonl"
    path.write_text(LINE * (20 * BLOCK // len(LINE) + 1), "utf-8")

    def send(part: Bytes) -> tuple[Block, ...] | None:
        return workers.send(part) if part.start < 4 * BLOCK else None

    found = [task.pieces[0].stretch for task in cutting(path, FarCut(send, workers.take, MOST))]
    assert [stretch.end is None for stretch in found if stretch] == [False] * 3 + [True]
    assert len(workers.sent) == 2


def test_file_that_is_not_there_is_a_task() -> None:
    """Any process may find that a file cannot be read, and says so."""
    (task,) = tasks([Found("none.jsonl", named=True)])
    assert task.movable
    assert [piece.stretch for piece in task.pieces] == [None]
