"""Have tasks done by a cluster of Ray: what they give comes in their order, each once, whatever node is lost.

A task depends on its files and on nothing else, so Ray may do it again on another node. What it gives is taken as a
whole, when it is its turn.
"""

from __future__ import annotations

import contextlib
import gc
import os
import re
import signal
import socket
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Generic, TypeVar
from uuid import uuid4

from minimax_validate import __version__
from minimax_validate.project.parallel.counted import Block, Bytes, FarCut, count
from minimax_validate.project.parallel.tasks import Task
from minimax_validate.project.parallel.worker import YOUNG, Do, Failed, Message
from minimax_validate.project.parallel.workers import AHEAD, LostWorkerError
from minimax_validate.project.traces import RemoteError, trace
from minimax_validate.values.urls import is_url

_HOST_AND_PORT = re.compile(r"(?:ray://)?(?P<host>[^/]+):(?P<port>\d+)")
_SECONDS = 5.0

RETRIES = 5
"""How often Ray does a task again whose worker or node was lost, before the run ends."""

_T = TypeVar("_T")


class ClusterError(Exception):
    """There is no Ray, or no cluster of it at an address; the text of the exception says what is wrong."""


@dataclass(frozen=True, slots=True)
class _Job:
    """What the workers of a run have to know; ``folder`` is the working directory that paths are relative to."""

    key: str
    version: str = field(compare=False)
    folder: str = field(compare=False)
    make: Callable[[], Do] = field(compare=False)


@dataclass(frozen=True, slots=True)
class _Refused:
    """A node cannot do a task."""

    why: str
    missing: str | None = None
    """The path that the node does not find."""


@contextlib.contextmanager
def connected(address: str | None) -> Iterator[Any]:
    """Ray, connected to the cluster at an address until the block ends.

    Without an address it is the one that Ray finds by itself (``RAY_ADDRESS``, or one that runs here), or else one that
    is started here and ends with the block.

    Raises:
        ClusterError: Ray is not installed, or there is no cluster at the address.
    """
    ray = _import_ray()
    _demand_listener(address)
    before = signal.getsignal(signal.SIGTERM)
    try:
        ray.init(address, log_to_driver=False, logging_level="ERROR", namespace="minimax-validate")
    except (ConnectionError, RuntimeError, ValueError, OSError) as error:
        raise ClusterError(f"there is no Ray cluster to connect to: {' '.join(str(error).split())}") from error
    finally:
        with contextlib.suppress(ValueError):  # in a thread, signals are somebody else's
            signal.signal(signal.SIGTERM, before)  # Ray puts its own in the place
    # Ray prints what happens to nodes, as late as it ends, while the standard output of a run is for findings.
    with contextlib.redirect_stdout(sys.stderr):
        try:
            yield ray
        finally:
            ray.shutdown()


class Cluster(Generic[_T]):
    """The workers of the cluster that ``ray`` is connected to; ``most`` limits the tasks that are given out at once.

    ``make`` is called in each of them, and makes what does the tasks.
    """

    def __init__(self, ray: Any, make: Callable[[], Do], most: int | None = None) -> None:
        self._ray = ray
        self._make = make
        self._job = ray.put(_Job(uuid4().hex, __version__, os.getcwd(), make))
        self._do = ray.remote(max_retries=RETRIES)(_do)
        self._most = most or most_ahead(ray)
        self.cut = far_cut(ray, self._most)

    def run(self, tasks: Iterable[Task | Callable[[], Iterable[_T]]]) -> Iterator[_T]:
        """What tasks give, in their order; one that can be called is called in this process, when it is its turn.

        Raises:
            LostWorkerError: no node could do a task.
            RemoteError: a task failed.
        """
        waiting: deque[tuple[Any, Task | None]] = deque()
        coming = iter(tasks)
        exhausted = False
        while waiting or not exhausted:
            while not exhausted and len(waiting) < self._most:
                try:
                    task = next(coming)
                except StopIteration:
                    exhausted = True
                    break
                waiting.append((task, None) if callable(task) else (self._do.remote(self._job, task), task))
            if waiting:
                first, given = waiting.popleft()
                yield from first() if given is None else self._taken(first, given)

    def _taken(self, reference: Any, task: Task) -> Iterator[_T]:
        for reply in _got(self._ray, reference):
            if isinstance(reply, Message):
                yield reply.said  # type: ignore[misc]
            elif isinstance(reply, Failed):
                raise RemoteError(reply.trace)
            elif reply.missing is not None and not os.path.lexists(reply.missing):
                # It is gone here too: that is a finding.
                yield from self._make()(task)  # type: ignore[misc]
            else:
                raise LostWorkerError(reply.why)


def most_ahead(ray: Any) -> int:
    """How many tasks are given out at once if nobody says."""
    return AHEAD * max(1, int(ray.cluster_resources().get("CPU", 1)))


def far_cut(ray: Any, most: int) -> FarCut:
    """What cuts long files by what workers of a cluster count; the machine that asks reads none of them.

    Cutting raises ``LostWorkerError`` or ``RemoteError``, as ``Cluster.run`` does.
    """
    remote = ray.remote(max_retries=RETRIES)(_count)
    version, folder = __version__, os.getcwd()

    def take(reference: Any) -> tuple[Block, ...] | None:
        reply: tuple[Block, ...] | Failed | None = _got(ray, reference)
        if isinstance(reply, Failed):
            raise RemoteError(reply.trace)
        return reply

    return FarCut(lambda part: remote.remote(version, folder, part), take, most)


def _got(ray: Any, reference: Any) -> Any:
    from ray.exceptions import RayError

    try:
        return ray.get(reference)
    except RayError as error:
        last = str(error).strip().splitlines()[-1:] or [""]
        raise LostWorkerError(f"cannot be used: {type(error).__name__}: {last[0]}") from error


def _count(version: str, folder: str, part: Bytes) -> tuple[Block, ...] | Failed | None:
    """Count a part of a file in a worker of Ray; one of another version leaves it to the task to say so."""
    if version != __version__:
        return None
    try:
        _enter(folder)
        return count(part)
    except Exception as error:
        return Failed(tuple(trace(error)))


def _do(job: _Job, task: Task) -> list[Message | Failed | _Refused]:
    """Do a task in a worker of Ray; all that it gives is one object, so that none of it is lost or there twice."""
    if job.version != __version__:
        why = f"has minimax-validate {__version__} on its node, and this one has {job.version}"
        return [_Refused(why)]
    try:
        do = _doer(job)
        for piece in task.pieces:
            path = os.fspath(piece.found.path)
            if not is_url(path) and not os.path.lexists(path):
                why = f"does not find {path}: several machines need files that all of them see at the same path"
                return [_Refused(why, os.path.join(job.folder, path))]
        return list(map(Message, do(task)))
    except Exception as error:
        return [Failed(tuple(trace(error)))]


@lru_cache(maxsize=1)
def _doer(job: _Job) -> Do:
    """What does the tasks of a job in this process, made once."""
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
    _enter(job.folder)
    return job.make()


def _enter(folder: str) -> None:
    """Make a folder the working directory, where there is one."""
    if os.path.isdir(folder):
        os.chdir(folder)


def _demand_listener(address: str | None) -> None:
    """Make sure that somebody listens at an address of a host and a port: Ray itself tries for ten minutes."""
    host_and_port = _HOST_AND_PORT.fullmatch(address or "")
    if host_and_port is None:
        return
    try:
        socket.create_connection((host_and_port["host"].strip("[]"), int(host_and_port["port"])), _SECONDS).close()
    except (OSError, OverflowError) as error:
        raise ClusterError(f"there is no Ray cluster at {address}: nobody listens there") from error


def _import_ray() -> Any:
    # Ray sends figures of its use to its makers if nobody keeps it from that.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")  # what Ray is to warn of otherwise
    try:
        import ray
    except ImportError as error:
        raise ClusterError("--engine ray requires the `ray` extra: pip install 'minimax-validate[ray]'") from error
    return ray
