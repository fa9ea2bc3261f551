"""``--engine ray``: what one machine finds, on a cluster whose nodes may be lost."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

from minimax_validate.cli import cli
from minimax_validate.project.discover import Found
from minimax_validate.project.parallel import cluster
from minimax_validate.project.parallel.blocks import FAR_BLOCK
from minimax_validate.project.parallel.counted import Bytes
from minimax_validate.project.parallel.tasks import Piece, Task, tasks
from minimax_validate.project.parallel.workers import LostWorkerError
from minimax_validate.project.traces import RemoteError

GOOD = {"messages": [{"role": "user", "content": "The lock is as deep as it is wide. " * 50}]}
BAD = {"messages": [{"role": "user", "content": None}], "metadata": "The lock is as deep as it is wide. " * 200}
COMMAND = [sys.executable, "-c", "from minimax_validate.cli import main; main()", "check", "--isolated"]
BUCKET = "requests-of-a-test"

needs_ray = pytest.mark.skipif(find_spec("ray") is None, reason="the extra ray is not installed")
noisy = pytest.mark.filterwarnings("ignore")  # Ray warns of much


def write_lines(path: Path, size: int, every: int) -> None:
    """Write requests, every so many of them with findings, until there are so many bytes."""
    good, bad = (json.dumps(value) + "\n" for value in (GOOD, BAD))
    number = 0
    with path.open("w", encoding="utf-8") as stream:
        while stream.tell() < size:
            number += 1
            stream.write(good if number % every else bad)


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``check`` in a process of its own."""
    return subprocess.run(
        [*COMMAND, *arguments], cwd=folder, capture_output=True, encoding="utf-8", timeout=240, check=False
    )


class Nodes:
    """A cluster of two nodes on this machine, and a third that does no tasks: the command connects there."""

    def __init__(self) -> None:
        from ray.cluster_utils import Cluster

        memory = 100 * 1024 * 1024
        self.cluster: Any = Cluster(
            initialize_head=True,
            head_node_args={"num_cpus": 0, "object_store_memory": memory, "include_dashboard": False},
        )
        self.workers = [self.cluster.add_node(num_cpus=1, object_store_memory=memory) for _ in range(2)]

    @property
    def options(self) -> tuple[str, ...]:
        """What has the command use it."""
        return "--engine", "ray", "--ray-address", self.cluster.address

    def lose_one(self) -> None:
        """End one of the two as if its machine had failed."""
        self.cluster.remove_node(self.workers.pop(), allow_graceful=False)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server that speaks as S3 does, and has its address where every process looks for it."""
    moto = pytest.importorskip("moto.server", reason="moto is not installed")
    pytest.importorskip("s3fs", reason="s3fs is not installed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "nobody")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        threaded = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        threaded.start()
        host, port = threaded.get_host_and_port()
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        yield f"http://{host}:{port}"
        threaded.stop()


@pytest.fixture
def nodes() -> Iterator[Nodes]:
    """A cluster that ends with the test."""
    pytest.importorskip("ray", reason="the extra ray is not installed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        made = Nodes()
        yield made
        made.cluster.shutdown()


@pytest.mark.slow
@needs_ray
@noisy
def test_a_cluster_finds_what_one_machine_does(tmp_path: Path, nodes: Nodes) -> None:
    """Findings, order, formats, summary and exit code are those of one process, of long files and of small ones."""
    write_lines(tmp_path / "long.jsonl", 2 * FAR_BLOCK + 1, every=40)
    for number in range(12):
        (tmp_path / f"{number:02}.json").write_text(json.dumps(GOOD if number % 3 else BAD), "utf-8")
    for options in (["--output-format", "text"], ["--output-format", "sarif", "no.json"], ["--statistics"]):
        alone = run(tmp_path, ".", *options, "--jobs", "1")
        together = run(tmp_path, ".", *options, *nodes.options)
        assert (together.returncode, together.stdout, together.stderr) == (
            2 if "no.json" in options else 1,
            alone.stdout,
            alone.stderr,
        )
        assert alone.stdout


@pytest.mark.slow
@needs_ray
@noisy
def test_a_node_is_lost(tmp_path: Path, nodes: Nodes) -> None:
    """A node that is lost when a third of the findings are out costs no finding, and none is written twice."""
    write_lines(tmp_path / "long.jsonl", 10 * FAR_BLOCK, every=1)
    arguments = ("long.jsonl", "--output-format", "json-lines")
    alone = run(tmp_path, *arguments, "--jobs", "1").stdout.splitlines()
    with subprocess.Popen(
        [*COMMAND, *arguments, *nodes.options], cwd=tmp_path, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        together = [next(process.stdout).rstrip("\n") for _ in range(len(alone) // 3)]
        # What is written waits in the pipe, and so does the command: two thirds are still to come.
        assert process.poll() is None
        nodes.lose_one()
        together += process.stdout.read().splitlines()
    assert process.returncode == 1
    assert len(together) > 6_000
    assert together == alone


@pytest.mark.slow
@needs_ray
@noisy
def test_requests_in_a_bucket(tmp_path: Path, server: str) -> None:
    """What is in a bucket is read by each node, and has the findings of the same files here."""
    s3fs = pytest.importorskip("s3fs")
    write_lines(tmp_path / "long.jsonl", 2 * FAR_BLOCK + 1, every=40)
    (tmp_path / "small.json").write_text(json.dumps(BAD), "utf-8")
    store = s3fs.S3FileSystem(endpoint_url=server)
    store.mkdir(BUCKET)
    store.put(f"{tmp_path}/", f"{BUCKET}/", recursive=True)
    options = ("--output-format", "concise")
    here = run(tmp_path, ".", *options)
    alone = run(tmp_path, f"s3://{BUCKET}", *options, "--jobs", "1")
    assert "small.json:1" in here.stdout
    assert [line.removeprefix(f"s3://{BUCKET}/") for line in alone.stdout.splitlines()] == here.stdout.splitlines()
    made = Nodes()
    try:
        together = run(tmp_path, f"s3://{BUCKET}", *options, *made.options)
    finally:
        made.cluster.shutdown()
    assert (together.returncode, together.stdout, together.stderr) == (1, alone.stdout, alone.stderr)


@pytest.mark.slow
@needs_ray
@noisy
def test_programs_of_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the page shows of Ray Data gives the findings of files, and of rows with what is kept of them."""
    import ray

    page = Path(__file__).parents[2] / "docs" / "distributed.md"
    first, second = (part.split("```")[0] for part in page.read_text("utf-8").split("```python\n")[1:3])
    monkeypatch.chdir(tmp_path)
    (tmp_path / "requests").mkdir()
    write_lines(tmp_path / "requests" / "a.jsonl", 2 * FAR_BLOCK + 1, every=100)
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    ray.init("local", num_cpus=2, log_to_driver=False, logging_level="ERROR", include_dashboard=False)
    try:
        names: dict[str, Any] = {}
        exec(first, names)
        rows = names["found"].to_dict("records")
        exec(second, names)
    finally:
        ray.shutdown()
    lines = sum(1 for _ in (tmp_path / "requests" / "a.jsonl").open(encoding="utf-8"))
    assert sorted({(row["file"], row["line"]) for row in rows}) == [
        ("requests/a.jsonl", line) for line in range(100, lines + 1, 100)
    ]
    assert names["found"][["id", "code"]].to_dict("records") == [{"id": 1, "code": "MM501"}]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--engine", "ray", "--fix"], "cannot be used with --fix or --diff"),
        (["--engine", "ray", "--diff"], "cannot be used with --fix or --diff"),
        (["--ray-address", "auto"], "--ray-address requires --engine ray"),
    ],
)
def test_options_that_do_not_go_together(arguments: list[str], said: str) -> None:
    """What a cluster cannot do is misuse."""
    done = CliRunner().invoke(cli, ["check", "--isolated", *arguments])
    assert done.exit_code == 2
    assert said in done.stderr


def test_ray_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Ray, the command says what to install."""
    monkeypatch.setitem(sys.modules, "ray", None)
    (tmp_path / "a.json").write_text(json.dumps(GOOD), "utf-8")
    done = CliRunner().invoke(cli, ["check", "--isolated", str(tmp_path), "--engine", "ray"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "pip install 'minimax-validate[ray]'" in done.stderr


@needs_ray
@noisy
def test_nobody_listens(tmp_path: Path) -> None:
    """An address without a cluster is misuse, and the command does not wait for one."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    done = run(tmp_path, ".", "--engine", "ray", "--ray-address", f"127.0.0.1:{port}")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"Error: there is no Ray cluster at 127.0.0.1:{port}: nobody listens there\n"


class Local:
    """Stands for Ray: does tasks at once, in this process."""

    def __init__(self) -> None:
        self.given: list[object] = []

    def put(self, value: object) -> object:
        """The value stands for its reference."""
        return value

    def get(self, reference: object) -> object:
        """And so does a result."""
        return reference

    def cluster_resources(self) -> dict[str, float]:
        """Two cores."""
        return {"CPU": 2.0}

    def remote(self, **_: object) -> Any:
        """A function whose ``remote`` calls it."""
        local = self

        def wrap(function: Any) -> Any:
            class Remote:
                @staticmethod
                def remote(*arguments: object) -> object:
                    local.given.append(arguments[-1])
                    return function(*arguments)

            return Remote

        return wrap


def make_echo() -> Any:
    """What does tasks: it gives the paths of their files."""
    return lambda task: [str(piece.found.path) for piece in task.pieces]


def task_of(path: Path) -> Task:
    """A task of one file."""
    return Task((Piece(Found(str(path), named=True)),))


@needs_ray
def test_few_tasks_are_ahead(tmp_path: Path) -> None:
    """No more tasks are given out than three for each core, or as many as were asked for; results keep their order."""
    paths = [tmp_path / f"{number:02}" for number in range(20)]
    for path in paths:
        path.touch()
    for most, ahead in ((None, 6), (2, 2)):
        ray = Local()
        coming = cluster.Cluster[Any](ray, make_echo, most).run(map(task_of, paths))
        for number, path in enumerate(paths):
            assert next(coming) == str(path)
            assert len(ray.given) == min(number + ahead, len(paths))


@needs_ray
def test_another_version_on_a_node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A node with another version of the package ends the run: its rules may be others."""
    cluster_here = cluster.Cluster[Any](Local(), make_echo)
    monkeypatch.setattr(cluster, "__version__", "9.9")
    with pytest.raises(LostWorkerError, match=r"has minimax-validate 9\.9 on its node"):
        list(cluster_here.run([task_of(tmp_path)]))


@needs_ray
def test_a_node_without_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is here and not on a node ends the run; one that is on none of them is a finding, made here."""
    path = tmp_path / "a.json"
    assert list(cluster.Cluster[Any](Local(), make_echo).run([task_of(path)])) == [str(path)]
    path.touch()
    seen = iter([False, True])  # by the node, then here
    monkeypatch.setattr(os.path, "lexists", lambda _: next(seen))
    with pytest.raises(LostWorkerError, match=r"does not find .*a\.json"):
        list(cluster.Cluster[Any](Local(), make_echo).run([task_of(path)]))


@needs_ray
def test_nodes_count_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long file is cut by what nodes count; one with another version of the package leaves it whole, and says so."""
    path = tmp_path / "a.jsonl"
    path.write_text("{}\n" * 1000, "utf-8")
    found = Found(str(path), named=True)
    ray = Local()
    cut = cluster.Cluster[Any](ray, make_echo).cut
    parts = [task.pieces[0].stretch for task in tasks([found], block=300, cut=cut)]
    starts = [(0, 1), *((300 * number + 3, 100 * number + 2) for number in range(1, 10))]
    assert [(part.start, part.first_line) for part in parts if part] == starts
    assert [part.start for part in ray.given if isinstance(part, Bytes)] == [0, 2400]
    monkeypatch.setattr(cluster, "__version__", "9.9")
    assert [task.pieces[0].stretch for task in tasks([found], block=300, cut=cut)] == [None]


@needs_ray
def test_a_defect_while_lines_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A defect in counting ends the run, as one in checking does."""
    secret = "what the request says"

    def fail(_: Bytes) -> Any:
        raise RuntimeError(secret)

    monkeypatch.setattr(cluster, "count", fail)
    path = tmp_path / "a.jsonl"
    path.write_text("{}\n" * 1000, "utf-8")
    cut = cluster.far_cut(Local(), 2)
    with pytest.raises(RemoteError) as caught:
        list(tasks([Found(str(path), named=True)], block=300, cut=cut))
    assert secret not in "".join(caught.value.trace)


@needs_ray
def test_a_defect_on_a_node(tmp_path: Path) -> None:
    """A defect shows where it is, and none of the words that may come from a request."""
    secret = "what the request says"

    def make() -> Any:
        def fail(_: Task) -> Any:
            raise RuntimeError(secret)

        return fail

    with pytest.raises(RemoteError) as caught:
        list(cluster.Cluster[Any](Local(), make).run([task_of(tmp_path)]))
    assert "RuntimeError" in "".join(caught.value.trace)
    assert secret not in "".join(caught.value.trace)


def test_what_ray_prints_is_no_finding(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Ray prints to standard output, also while it ends; that goes to standard error."""

    def say(*_: object, **__: object) -> None:
        print("(raylet) a node is gone")

    monkeypatch.setitem(sys.modules, "ray", SimpleNamespace(init=lambda *_, **__: None, shutdown=say))
    with cluster.connected(None):
        say()
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("a node is gone")) == ("", 2)


def test_cluster_that_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cluster that does not let the command in is an error with its words, in one line."""

    def refuse(*_: object, **__: object) -> None:
        raise RuntimeError("version\n  mismatch")

    monkeypatch.setitem(sys.modules, "ray", SimpleNamespace(init=refuse))
    with (
        pytest.raises(cluster.ClusterError, match=r"^there is no Ray cluster to connect to: version mismatch$"),
        cluster.connected(None),
    ):
        pass


def test_ray_that_loses_a_task(monkeypatch: pytest.MonkeyPatch) -> None:
    """A task that Ray gives up ends the run with the last line of what it says; a run without tasks does nothing."""

    class RayError(Exception):
        pass

    class Ray:
        def put(self, job: object) -> object:
            return job

        def remote(self, **_: object) -> Any:
            return lambda _: SimpleNamespace(remote=lambda *_: None)

        def cluster_resources(self) -> dict[str, float]:
            return {}

        def get(self, _: object) -> None:
            raise RayError("The worker died.\n\nIts node is gone.\n")

    monkeypatch.setitem(sys.modules, "ray", SimpleNamespace())
    monkeypatch.setitem(sys.modules, "ray.exceptions", SimpleNamespace(RayError=RayError))
    runs = cluster.Cluster[object](Ray(), lambda: list)
    assert list(runs.run([])) == []
    with pytest.raises(LostWorkerError, match=r"^cannot be used: RayError: Its node is gone\.$"):
        list(runs.run([Task(())]))


def test_node_without_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A node that does not have the folder of the run works where it is: the paths may be absolute, or URLs."""
    monkeypatch.chdir(tmp_path)
    made = cluster._doer(cluster._Job("a key", "0", str(tmp_path / "gone"), lambda: sorted))
    assert made is sorted
    assert Path.cwd() == tmp_path
