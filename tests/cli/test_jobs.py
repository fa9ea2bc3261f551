"""``--jobs``: the same in several processes, and no gap, no hang and no orphan when one of them is lost."""

from __future__ import annotations

import errno
import json
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from minimax_validate.cli import cli
from minimax_validate.cli.jobs import MUCH, cores, crew
from minimax_validate.project.discover import Found
from minimax_validate.project.parallel.blocks import BLOCK
from minimax_validate.project.parallel.workers import LostWorkerError, Workers, _how_it_ended, _pipe
from minimax_validate.project.traces import RemoteError

GOOD = {"messages": [{"role": "user", "content": "How deep is the lock?"}]}
BAD = {"messages": [{"role": "user", "content": None}]}
LONG = {"messages": [{"role": "user", "content": "The lock is as deep as it is wide. " * 2000}]}
FIXABLE = {**GOOD, "tools": []}
OTHERS = {
    "cut.json": '{"messages": [',
    "export.jsonl": json.dumps({"inputs": GOOD, "outputs": {}}) + "\n" + '{"name": "weather"}\n' * 3,
    "fixable.json": json.dumps(FIXABLE),
    "package.json": '{"name": "weather"}',
    "recorded.http": f"POST https://api.example.com/ai/run/minimax/m2.7\n\n{json.dumps(FIXABLE)}\n",
}
COMMAND = [sys.executable, "-c", "from minimax_validate.cli import main; main()", "check", "--isolated"]

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
needs_proc = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="the children are looked up in /proc")


def write_lines(path: Path, size: int, every: int = 50) -> None:
    """Write long requests, every so many of them with a finding, until there are so many bytes."""
    good, bad = (json.dumps(value) + "\n" for value in (LONG, BAD))
    number = 0
    with path.open("w", encoding="utf-8") as stream:
        while stream.tell() < size:
            number += 1
            stream.write(good if number % every else bad)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a file that is several parts, and small ones: good, bad, not read, cut off, without a request."""
    folder = tmp_path_factory.mktemp("tree")
    write_lines(folder / "long.jsonl", 6 * BLOCK)
    for name, text in OTHERS.items():
        (folder / name).write_text(text, "utf-8")
    for number in range(30):
        (folder / f"{number:02}.json").write_text(json.dumps(BAD if number % 7 else GOOD), "utf-8")
    return folder


def run(*arguments: str) -> Result:
    """Run ``check`` in this process, which may start others."""
    return CliRunner().invoke(cli, ["check", "--isolated", *arguments])


@pytest.mark.parametrize(
    "options",
    [
        ("--output-format", "text"),
        ("--output-format", "sarif"),
        ("--statistics",),
        ("--diff", "--unsafe-fixes"),
        ("--diff",),
        ("--diff", "--color", "always"),
        ("--fail-on", "warning", "--max-warnings", "0", "nope.json"),
    ],
)
def test_processes_make_no_difference(tree: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]) -> None:
    """Real processes give what one gives."""
    monkeypatch.chdir(tree)
    alone, together = (run(".", *options, "--jobs", n) for n in "13")
    assert (together.exit_code, together.stdout, together.stderr) == (alone.exit_code, alone.stdout, alone.stderr)
    assert alone.exit_code == (2 if "nope.json" in options else 1)
    assert alone.stdout
    assert "1 LangSmith export" in alone.output


def test_baseline_of_several_processes(tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A baseline has what one process finds, in the same order, and hides it from several."""
    monkeypatch.chdir(tree)
    paths = {jobs: tmp_path / f"known{jobs}.json" for jobs in "13"}
    for jobs, path in paths.items():
        done = run(".", "--write-baseline", "--baseline", str(path), "--jobs", jobs)
        assert done.stderr.endswith("1 error not written: a baseline cannot list texts that cannot be read\n")
    assert paths["1"].read_bytes() == paths["3"].read_bytes()
    done = run(".", "--baseline", str(paths["3"]), "--jobs", "3", "--output-format", "concise")
    assert [line.split()[1] for line in done.stdout.splitlines()] == ["MM001"]


@pytest.mark.parametrize("unsafe", [(), ("--unsafe-fixes",)], ids=["safe", "unsafe"])
def test_fixing_in_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unsafe: tuple[str, ...]) -> None:
    """A long file and small ones are fixed as by one process, with unsafe fixes only if these are asked for."""
    monkeypatch.chdir(tmp_path)
    outcomes = []
    for jobs in "13":
        write_lines(tmp_path / "long.jsonl", 4 * BLOCK)
        for number in range(5):
            (tmp_path / f"{number}.json").write_text(json.dumps(BAD), "utf-8")
        for name, text in OTHERS.items():
            (tmp_path / name).write_text(text, "utf-8")
        done = run(".", "--fix", *unsafe, "--show-fixes", "--jobs", jobs)
        files = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
        outcomes.append((done.exit_code, done.stdout, done.stderr, files))
    assert outcomes[0] == outcomes[1]
    assert "fixed " in outcomes[1][1]
    assert "recorded.http: 1 fix not applied: " in outcomes[1][2]
    assert b"tools" not in outcomes[1][3]["fixable.json"]
    assert (b"null" not in outcomes[1][3]["long.jsonl"]) is bool(unsafe)


def test_jobs_of_the_environment_and_the_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable of the environment wins over the configuration, and the option over both."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "minimax-validate.toml").write_text("jobs = 3\n", "utf-8")

    def shown(*arguments: str) -> str:
        lines = CliRunner().invoke(cli, ["check", "--show-settings", *arguments]).stdout.splitlines()
        return next(line for line in lines if line.startswith("jobs"))

    assert shown() == "jobs = 3"
    monkeypatch.setenv("MINIMAX_VALIDATE_CHECK_JOBS", "2")
    assert shown() == "jobs = 2"
    assert shown("--jobs", "4") == "jobs = 4"


@pytest.mark.parametrize("value", ["0", "-1", "257", "true", '"all"', "1.5"])
def test_jobs_are_a_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """Another value of the key is a problem of the configuration."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "minimax-validate.toml").write_text(f"jobs = {value}\n", "utf-8")
    done = CliRunner().invoke(cli, ["check", "."])
    assert done.exit_code == 2
    assert "minimax-validate.toml:1: jobs is a whole number from 1 to 256, not " in done.stderr


def test_much_input_is_for_all_cores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody says how many, there is one process for little input, and one for each core for much."""
    path = tmp_path / "a.jsonl"
    monkeypatch.setattr("minimax_validate.cli.jobs.cores", lambda: 4)
    found = [Found(tmp_path / "none.json", named=True), Found(path, named=True)]
    for size, number in ((8 * 1024 * 1024 - 1, 1), (8 * 1024 * 1024, 4)):
        path.write_bytes(b" " * size)
        jobs, files = crew(found, None)
        assert (jobs, list(files)) == (number, found)
    found.append(Found(tmp_path / "after.json", named=True))
    assert list(crew(found, None)[1]) == found
    path.write_bytes(b" " * (MUCH // 2 - 1))
    assert crew([Found(path, named=True)] * 2, None)[0] == 1
    assert crew([Found(path, named=True)] * 3, None)[0] == 4
    assert crew([Found(path, named=True)], 7)[0] == 7


def test_one_core_is_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With one core no other process is started, however much there is."""
    (tmp_path / "a.jsonl").write_bytes(b" " * MUCH)
    monkeypatch.setattr("minimax_validate.cli.jobs.cores", lambda: 1)
    assert crew([Found(tmp_path / "a.jsonl", named=True)], None)[0] == 1
    assert cores() == 1 if sys.platform == "win32" else cores() >= 1


# --- what may go wrong


def children(pid: int) -> list[int]:
    """The processes that a process has started, and that have not ended."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()
    return [int(child) for child in found if is_alive(int(child))]


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not asked for yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def until(holds: object, seconds: float = 60.0) -> None:
    """Wait until something holds.

    Raises:
        TimeoutError: it does not.
    """
    assert callable(holds)
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.01)


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A run in two processes that has begun to write, and writes more than anybody has read."""
    told = {"role": "user", "content": "The lock is deep. " * 50}
    bad = json.dumps({"messages": [told, *BAD["messages"]]}).encode() + b"\n"
    (tmp_path / "bad.jsonl").write_bytes(bad * (16 * BLOCK // len(bad)))
    command = [*COMMAND, "bad.jsonl", "--jobs", "2", "--output-format", "json-lines"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stdout.readline().startswith(b"{")
        yield process
        process.kill()


@needs_posix
@needs_proc
@pytest.mark.parametrize("which", [0, 1])
def test_killed_worker(busy: subprocess.Popen[bytes], which: int) -> None:
    """A worker that is killed ends the run with an error: what was written has no gap, and says that it is not all."""
    workers = children(busy.pid)
    assert len(workers) == 2
    os.kill(workers[which], signal.SIGKILL)
    assert busy.stdout
    assert busy.stderr
    output, words = busy.stdout.read(), busy.stderr.read().decode()
    assert busy.wait(60) == 2
    assert words.endswith(
        "Error: a process that checks files was ended by SIGKILL before it was done. Not everything was checked. "
        "--jobs 1 needs the least memory.\n"
    )
    rows = [json.loads(line)["location"]["row"] for line in output.splitlines()]
    assert rows == list(range(2, len(rows) + 2))
    assert not any(map(is_alive, workers))


@needs_posix
@needs_proc
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_interrupted(busy: subprocess.Popen[bytes], number: signal.Signals, code: int) -> None:
    """Who ends a run ends its workers."""
    workers = children(busy.pid)
    busy.send_signal(number)
    _, errors = busy.communicate(timeout=60)
    assert (busy.returncode, errors.strip()) == (code, b"")
    until(lambda: not any(map(is_alive, workers)))


@needs_posix
@needs_proc
def test_interrupted_with_its_workers(tmp_path: Path) -> None:
    """Ctrl-C goes to the workers of a terminal too: they leave it to the run, at any time, and say nothing."""
    # Long enough not to be done before, whatever the machine.
    (tmp_path / "long.jsonl").write_text((json.dumps(BAD) + "\n") * 60_000, "utf-8")
    for wait in (0.0, 0.05, 0.2):
        with subprocess.Popen(
            [*COMMAND, "long.jsonl", "--jobs", "2"],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        ) as process:
            assert process.stdout
            process.stdout.readline()  # all is imported: a signal amid that is for the interpreter
            workers = children(process.pid)
            time.sleep(wait)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGINT)
            _, errors = process.communicate(timeout=60)
            assert b"Traceback" not in errors
            assert process.returncode == 130
            until(lambda: not any(map(is_alive, workers)))  # noqa: B023


@needs_posix
@needs_proc
def test_closed_pipe(busy: subprocess.Popen[bytes]) -> None:
    """Who reads no more ends the run and its workers, and no word is said."""
    workers = children(busy.pid)
    assert busy.stdout
    assert busy.stderr
    busy.stdout.close()
    assert busy.wait(60) == 1
    assert busy.stderr.read() == b""
    until(lambda: not any(map(is_alive, workers)))


@needs_posix
@needs_proc
def test_killed_run(busy: subprocess.Popen[bytes]) -> None:
    """Workers of a run that was killed end by themselves."""
    workers = children(busy.pid)
    busy.kill()
    until(lambda: not any(map(is_alive, workers)))


@needs_posix
@needs_proc
def test_interrupted_fix_leaves_no_draft(tmp_path: Path) -> None:
    """A run that is ended while it fixes leaves files as they were or fixed, and nothing beside them."""
    texts = {f"{number:03}.jsonl": (json.dumps(BAD) + "\n") * 400 for number in range(200)}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    fixed = json.dumps({"messages": [{"role": "user", "content": ""}]})
    for wait in (0.5, 0.8, 1.2):
        command = [*COMMAND, ".", "--fix", "--unsafe-fixes", "--jobs", "2", "--quiet"]
        with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL) as process:
            time.sleep(wait)
            process.terminate()
            process.wait(60)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(texts)
    for path in tmp_path.iterdir():
        assert set(path.read_text("utf-8").splitlines()) in ({json.dumps(BAD)}, {fixed})


def test_defect_in_a_worker(tmp_path: Path) -> None:
    """A defect is told as one in the main process would be: where it is, without its words."""
    write_lines(tmp_path / "long.jsonl", 4 * BLOCK)
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n"
        "from minimax_validate.engine.validator import Validator\n"
        "def check(self, payload):\n"
        "    raise KeyError(payload)\n"
        "Validator.check = check\n"
        "Validator.proves = lambda self, value, encoded: False\n",
        "utf-8",
    )
    outcomes = []
    for jobs in "12":
        done = subprocess.run(
            [*COMMAND, "long.jsonl", "--jobs", jobs],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert "The lock is" not in done.stderr
        assert "in check\n" in done.stderr
        outcomes.append((done.returncode, done.stdout, done.stderr.splitlines()[-2:]))
    assert outcomes[0] == outcomes[1]
    assert outcomes[1][0] == 2
    assert outcomes[1][2][0] == "KeyError: (message omitted because it may contain text of a request)"


@pytest.mark.parametrize("output_format", ["text", "concise", "json-lines"])
def test_standard_input_as_it_comes(tmp_path: Path, output_format: str) -> None:
    """A finding of a line is written before the next line comes."""
    command = [*COMMAND, "-", "--stdin-filename", "log.jsonl", "--output-format", output_format]
    with subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        for _ in range(2):
            process.stdin.write(json.dumps(BAD).encode() + b"\n")
            process.stdin.flush()
            line = process.stdout.readline()
            while b"MM110" not in line:
                assert line
                line = process.stdout.readline()
        process.stdin.close()
        process.stdout.read()
        assert process.wait(60) == 1


@needs_posix
def test_pipes_and_own_paths(tmp_path: Path) -> None:
    """What can be read but once, or means something else in another process, is read in this one."""
    write_lines(tmp_path / "long.jsonl", 4 * BLOCK)
    (tmp_path / "short.jsonl").write_text(f"{json.dumps(GOOD)}\n{json.dumps(BAD)}\n", "utf-8")
    script = '"$0" -m minimax_validate check --isolated <(cat short.jsonl) long.jsonl /dev/stdin --jobs "$1"'
    outputs = [
        subprocess.run(
            ["bash", "-c", f"{script} --output-format concise < short.jsonl", sys.executable, jobs],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        ).stdout.splitlines()
        for jobs in "12"
    ]
    assert outputs[0] == outputs[1]
    first, *_, last = outputs[1]
    assert first.startswith("/dev/fd/")
    assert last.startswith("/dev/stdin:2:43: MM110")


def test_cores_without_affinity(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that does not say which cores a process may use says how many there are."""
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 7)
    assert cores() == 7
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert cores() == 1


def test_lost_worker_of_a_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A difference is an error too if one of the processes is lost."""

    def lose(*_: object) -> Iterator[object]:
        raise LostWorkerError("cannot be started: too many processes")

    monkeypatch.setattr(Workers, "run", lose)
    for name in "ab":
        (tmp_path / f"{name}.json").write_text(json.dumps(BAD), "utf-8")
    for options in ((), ("--diff",)):
        done = run(str(tmp_path), "--jobs", "2", *options)
        assert done.exit_code == 2
        assert "a process that checks files cannot be started: too many processes. Not everything" in done.stderr


def test_worker_that_cannot_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """If the system starts no process, the run ends with its words."""

    def refuse(*_: object, **__: object) -> None:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr(subprocess, "Popen", refuse)
    monkeypatch.setattr(os, "fork", refuse)
    with Workers[int](2, Doubling) as workers, pytest.raises(LostWorkerError, match="cannot be started: "):
        list(workers.run([1]))


class Doubling:
    """What a worker does in a test: a task is a number, and gives it twice."""

    def __call__(self, task: int) -> tuple[int, int]:
        """Do it."""
        return task, task


def test_rest_of_an_earlier_run_is_left_out() -> None:
    """A run that nobody takes to its end leaves nothing for the next one, done here or elsewhere."""
    with Workers[int](1, Doubling) as workers:
        assert next(workers.run([1, lambda: (5, 5)])) == 1
        assert list(workers.run([3, lambda: (4,), 6])) == [3, 3, 4, 6, 6]
        assert list(workers.run([])) == []


def test_end_of_a_process_is_told() -> None:
    """A process ends by its own code, by a signal that has a name, or by another one."""
    assert _how_it_ended(3) == "ended with code 3 before it was done"
    assert _how_it_ended(-9) == "was ended by SIGKILL before it was done"
    assert _how_it_ended(-99) == "was ended by signal 99 before it was done"


class Failing:
    """What a worker does in a test: it fails."""

    def __call__(self, task: int) -> tuple[int, ...]:
        """Fail."""
        raise ValueError(f"task {task}")


def test_failed_task_is_a_defect_of_the_worker() -> None:
    """A task that fails ends its worker, which says where, and not what it was about."""
    with Workers[int](1, Failing) as workers, pytest.raises(RemoteError) as raised:
        list(workers.run([1]))
    assert "ValueError: (message omitted" in "".join(raised.value.trace)


def refuse_to_be_read() -> None:
    """What is called where a message is unpickled."""
    raise ValueError("it cannot be read")


class Unreadable:
    """A message that cannot be unpickled."""

    def __reduce__(self) -> tuple[object, tuple[()]]:
        return refuse_to_be_read, ()


class Talking:
    """What a worker does in a test: it gives a message that cannot be read, and then more than a pipe holds."""

    def __call__(self, task: int) -> Iterator[object]:
        """Do it."""
        yield Unreadable()
        yield "a" * 10_000_000
        yield task


def test_message_that_cannot_be_read_ends_the_run() -> None:
    """A run does not wait for a worker that waits to be heard."""
    with Workers[object](1, Talking) as workers, pytest.raises(LostWorkerError, match="before it was done"):
        list(workers.run([1]))


class Stubborn:
    """What a worker does in a test: it does not end when it is told to."""

    def __init__(self) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)

    def __call__(self, task: int) -> Iterator[int]:
        """Give the task, and wait."""
        yield task
        time.sleep(600)


@needs_posix
def test_worker_that_does_not_end_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that is deaf to the signal that ends it is killed after a while."""
    monkeypatch.setattr("minimax_validate.project.parallel.workers._SECONDS_TO_END", 0.2)
    with Workers[int](1, Stubborn) as workers:
        assert next(workers.run([1])) == 1
    (worker,) = workers._workers
    assert worker.process.wait() == -signal.SIGKILL


@needs_posix
def test_worker_whose_reader_has_gone_ends_quietly() -> None:
    """A worker ends without a word if nobody reads what it says."""
    command = [
        sys.executable,
        "-c",
        "from minimax_validate.project.parallel.worker import serve_standard_streams; serve_standard_streams()",
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        pickle.dump(partial(partial, range), process.stdin)
        pickle.dump(3, process.stdin)
        process.stdin.flush()
        assert process.wait(60) == 0
        assert process.stderr.read() == b""


def test_pipe_that_was_not_asked_for() -> None:
    """A process has only the pipes that it was started with."""
    with pytest.raises(ValueError, match="no such pipe"):
        _pipe(None)
