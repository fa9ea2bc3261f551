"""Run the tasks of a check on a cluster of Ray."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

import click

from minimax_validate.cli.exits import MISUSE
from minimax_validate.output.escape import visible
from minimax_validate.project.parallel.cluster import Cluster, ClusterError, connected

if TYPE_CHECKING:
    from minimax_validate.project.parallel.worker import Do


class NoCluster(click.ClickException):
    """There is no cluster to run on."""

    exit_code = MISUSE

    def __init__(self, error: ClusterError) -> None:
        super().__init__(visible(str(error)))


def cluster_at(
    address: str | None, most: int | None
) -> Callable[[Callable[[], Do]], AbstractContextManager[Cluster[Any]]]:
    """What starts a run on the cluster at an address (see ``connected``), with at ``most`` so many tasks at once."""

    @contextmanager
    def start(make: Callable[[], Do]) -> Iterator[Cluster[Any]]:
        with ExitStack() as stack:
            try:
                ray = stack.enter_context(connected(address))
            except ClusterError as error:
                raise NoCluster(error) from error
            yield Cluster(ray, make, most)

    return start
