"""Whatever a run is cut into, what it writes, counts and changes is what one process would."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from io import BufferedReader, BytesIO
from itertools import chain
from pathlib import Path
from typing import Any, Generic, TypeVar

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from line_texts import GOOD, NULL, json_of, texts

from minimax_validate.cli import cli
from minimax_validate.output.formats import FORMATS
from minimax_validate.project.discover import Found
from minimax_validate.project.parallel import counted
from minimax_validate.project.parallel.blocks import stretches
from minimax_validate.project.parallel.counted import Bytes, FarCut, count, stretches_of
from minimax_validate.project.parallel.tasks import Cut, Long, Step, Task, cut_here, is_cut, tasks
from minimax_validate.texts.document import Document
from minimax_validate.texts.readers import encoding
from minimax_validate.texts.readers.encoding import read_lines
from minimax_validate.texts.readers.jsonl import Stretch, read_jsonl, read_stretch

SIZES = st.integers(1, 20) | st.integers(1, 200)


def in_parts(data: bytes, parts: Iterable[Stretch]) -> Iterator[Document]:
    """What is read of a text in parts."""
    for stretch in parts:
        goes_on = yield from read_stretch("a.jsonl", BytesIO(data), stretch)
        if not goes_on:
            return


@settings(max_examples=400)
@given(texts(), SIZES)
@example(b"\n\n\n{{ template }}\n{}\n", 2)
@example(b"\xef\xbb\xbf\n\n{{ template }}\n{}\n", 2)
@example(b"{}\r\n{}\r\n5\n", 3)
def test_parts_are_the_whole(data: bytes, size: int) -> None:
    """The documents of the parts of a text are those of the text: the same lines, offsets, faults and values."""
    whole = list(read_jsonl("a.jsonl", read_lines(BytesIO(data))))
    assert list(in_parts(data, stretches(BufferedReader(BytesIO(data)), size))) == whole


@settings(max_examples=400)
@given(texts(), SIZES)
def test_long_lines_in_parts(data: bytes, size: int) -> None:
    """So it is where lines are too long to be read: the lines behind one keep their numbers and offsets."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoding, "LONGEST_LINE", 20)
        patch.setattr(encoding, "_PART", 7)
        whole = list(read_jsonl("a.jsonl", read_lines(BytesIO(data))))
        assert list(in_parts(data, stretches(BufferedReader(BytesIO(data)), size))) == whole
    for document in whole:
        assert data[: document.source.start].count(b"\n") <= document.source.first_line - 1


@given(texts(), st.integers(1, 100))
def test_parts_begin_where_lines_do(data: bytes, size: int) -> None:
    """Parts follow each other without a gap, and each begins behind the end of a line."""
    found = list(stretches(BufferedReader(BytesIO(data)), size))
    assert [stretch.end for stretch in found[:-1]] == [stretch.start for stretch in found[1:]]
    assert (found[0].start, found[-1].end) == (0, None)
    assert all(data[stretch.start - 1] == ord("\n") for stretch in found[1:])


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=texts(), size=st.integers(3, 20) | st.integers(3, 200), more=st.integers(1, 3))
@example(data=b"{}\r\n{}\r\n5\n", size=3, more=1)
@example(data=b"\xef\xbb\xbf\n\n{{ template }}\n{}\n", size=3, more=2)
def test_counted_parts_are_the_whole(tmp_path: Path, data: bytes, size: int, more: int) -> None:
    """So it is for parts that are cut by size alone, and whose lines others count, in blocks of some bytes."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(data)
    starts = range(0, len(data), more * size)
    blocks = [
        count(Bytes(Found(str(path), named=True), start, min(start + more * size, len(data)), size)) for start in starts
    ]
    assume(None not in blocks)  # it is no file of lines
    whole = list(read_jsonl("a.jsonl", read_lines(BytesIO(data))))
    parts = list(stretches_of(chain.from_iterable(filter(None, blocks))))
    assert list(in_parts(data, parts)) == whole
    assert [part.end for part in parts[:-1]] == [part.start for part in parts[1:]]
    assert len(parts) <= len(data) // size + 1


_T = TypeVar("_T")


class Here(Generic[_T]):
    """What stands in for workers: it does their tasks in this process, and pickles all that would be sent."""

    cut = staticmethod(cut_here)

    def __init__(self, number: int, make: Callable[[], Callable[[Any], Iterable[_T]]]) -> None:
        makers = [pickle.loads(pickle.dumps(make)) for _ in range(number)]
        self._workers = [made() for made in makers]

    def __enter__(self) -> Here[_T]:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def run(self, given_tasks: Iterable[Any]) -> Iterator[_T]:
        """What the tasks give; all are done before the first of them is asked for, but for those of this process."""
        waiting: list[Callable[[], Iterable[_T]]] = []
        for number, task in enumerate(given_tasks):
            if callable(task):
                waiting.append(task)
            else:
                done = list(self._workers[number % len(self._workers)](pickle.loads(pickle.dumps(task))))
                waiting.append(partial(pickle.loads, pickle.dumps(done)))
        for each in waiting:
            yield from each()


class Far(Here[_T]):
    """What stands in for a cluster, which counts the lines of long files too."""

    def cut(self, coming: Iterable[Task | Long], block: int) -> Iterator[Task]:
        """Two parts at once, of which each is opened for itself."""
        return FarCut(lambda part: pickle.dumps(count(pickle.loads(pickle.dumps(part)))), pickle.loads, 2)(
            coming, block
        )


Tree = dict[str, bytes]
NAMES = st.sampled_from(["a.jsonl", "b.jsonl", "c.json", "sub/d.ndjson", "sub/e.json", "f.yaml", "g.md", "h.py"])
YAML = st.sampled_from(
    [
        b"messages: [{role: user, content: null}]  # minimax-validate: ignore[MM110]\n",
        b"messages: [{role: user, content: Hi}]  # minimax-validate: ignore[MM110]\n",
    ]
)
BESIDE = st.dictionaries(st.sampled_from(["x.yaml", "y.yaml"]), YAML)
TREES = st.builds(lambda one, other: {**one, **other}, st.dictionaries(NAMES, texts(), min_size=1, max_size=4), BESIDE)
EQUAL = {"a.jsonl": json.dumps(NULL).encode().join((b"", b"\n" * 4, b"\n" * 4, b"\n" * 4))}
"""Equal findings, of which a baseline that is made of the first half lists some."""

NO_LINES = {"a.jsonl": b"{{ template }}\n" + b"".join(line + b"\n" for line in json_of(NULL, GOOD, NULL))}
"""A text that looks like lines, and whose first part says that it has none."""

CONFIG = """\
ignore-at = { "a.jsonl#/messages/0" = ["MM110"], "never.json" = ["MM110"] }
per-file-ignores = { "sub/*" = ["MM005"], "b.*" = ["MM204"] }
"""
OPTIONS = st.sampled_from(
    [
        *(("--output-format", name) for name in FORMATS),
        ("--output-format", "json", "--output", "sarif=out.sarif", "--output", "text=out.txt", "--redact"),
        ("--statistics",),
        ("--fix", "--show-fixes"),
        ("--fix", "--unsafe-fixes", "--output-format", "concise"),
        ("--diff",),
        ("--diff", "--unsafe-fixes"),
        ("--baseline", "base.json", "--output-format", "concise"),
        ("--baseline", "base.json", "--output-format", "gitlab"),
        ("--write-baseline", "--baseline", "base.json"),
        ("--config", "set.toml", "--output-format", "concise"),
        ("--max-warnings", "0", "--fail-on-no-requests"),
    ]
)


def outcome(folder: Path, tree: Tree, arguments: Iterable[str]) -> tuple[int, str, str, Tree]:
    """The exit code of a run over a tree, what it writes, and what files there are then."""
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        path.unlink()
    for name, data in tree.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    done = CliRunner().invoke(cli, ["check", *arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return done.exit_code, done.stdout, done.stderr, files


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    tree=TREES,
    options=OPTIONS,
    named=st.booleans(),
    number=st.integers(2, 3),
    size=st.integers(1, 300),
    workers=st.sampled_from([Here, Far]),
)
@example(
    tree={"a.jsonl": json.dumps(NULL).encode() + b"\n" * 50}, options=(), named=True, number=2, size=10, workers=Far
)
@example(
    tree=EQUAL,
    options=("--baseline", "base.json", "--output-format", "concise"),
    named=True,
    number=2,
    size=60,
    workers=Here,
)
@example(tree=EQUAL, options=("--baseline", "base.json", "--statistics"), named=True, number=2, size=60, workers=Here)
@example(tree=NO_LINES, options=("--fix", "--unsafe-fixes"), named=True, number=2, size=20, workers=Here)
def test_jobs_make_no_difference(
    tmp_path: Path,
    tree: Tree,
    options: tuple[str, ...],
    named: bool,
    number: int,
    size: int,
    workers: type[Here[Any]],
) -> None:
    """A run in parts writes, counts, fixes and ignores what one process does, in every format."""

    def in_parts(files: Iterable[Found], step: Step = Step.CHECK, cut: Cut = cut_here, **_: int) -> Iterator[Task]:
        return tasks(files, step, block=size, group=size, cut=cut)

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        patch.setattr(counted, "_BLOCKS", 2)
        for module in ("parallel", "parallel_diff"):
            patch.setattr(f"minimax_validate.cli.{module}.Workers", workers)
            patch.setattr(f"minimax_validate.cli.{module}.tasks", partial(tasks, group=size))
        if named:
            # A look at the beginning of a file that nobody named tells less of one that is this short.
            patch.setattr("minimax_validate.cli.parallel.tasks", in_parts)
            patch.setattr("minimax_validate.cli.parallel.is_cut", partial(is_cut, block=size))
        paths = sorted(tree) if named else ["."]
        every = {**tree, "set.toml": CONFIG.encode()}
        # The baseline lists some of what is found, and of equal findings not all.
        halves = {name: data[: len(data) // 2] for name, data in tree.items()}
        *_, files = outcome(tmp_path, halves, [*paths, "--write-baseline", "--baseline", "base.json"])
        every["base.json"] = files["base.json"]
        alone = outcome(tmp_path, every, [*paths, *options, "--jobs", "1"])
        together = outcome(tmp_path, every, [*paths, *options, "--jobs", str(number)])
        assert together == alone
