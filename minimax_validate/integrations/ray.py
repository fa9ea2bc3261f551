"""Check datasets of Ray Data: each worker checks a part, and gives its findings.

``check_batch``, ``file_ranges`` and the schemas come from ``minimax_validate.integrations.arrow``, which needs no Ray:
Dask, Spark and Daft call the same function.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from minimax_validate.integrations.arrow import (
    FINDINGS,
    RANGES,
    check_batch,
    file_ranges,
    findings_schema,
    range_batches,
)
from minimax_validate.project.parallel.blocks import FAR_BLOCK
from minimax_validate.project.parallel.cluster import far_cut, most_ahead

if TYPE_CHECKING:
    import pyarrow as pa
    from ray.data import Dataset

    from minimax_validate.engine.settings import Settings

__all__ = ["FINDINGS", "RANGES", "check_batch", "check_dataset", "file_ranges", "findings_schema", "read_ranges"]


def check_dataset(
    ds: Dataset,
    *,
    column: str | None = None,
    keep: Sequence[str] = (),
    settings: Settings | None = None,
    **options: Any,
) -> Dataset:
    """A dataset of the findings of a dataset of requests, or of ranges of files; see ``check_batch`` for the columns.

    Nothing runs before the result is asked for. ``options`` go to ``Dataset.map_batches``, such as ``concurrency`` or
    ``num_cpus``. Workers need this package, in the same version, and read ranges of files themselves.
    """
    return ds.map_batches(
        check_batch,
        batch_format="pyarrow",
        fn_kwargs={"column": column, "keep": tuple(keep), "settings": settings},
        **options,
    )


def read_ranges(paths: str | Iterable[str], *, size: int = FAR_BLOCK) -> Dataset:
    """A dataset of ranges of the files that paths mean, a block for each task of ``size`` bytes.

    Files are listed here; workers count their lines at once, and read and check them later. Local paths have to mean
    the same files to all workers.

    Raises:
        ImportError: Ray is not installed.
        LostWorkerError: no worker could count the lines of a file.
    """
    data = _ray_data()
    import ray

    cut = far_cut(ray, most_ahead(ray))
    listed = [paths] if isinstance(paths, str) else paths
    tables: list[pa.Table] = [_table(batch) for batch in range_batches(listed, size=size, cut=cut)]
    return data.from_arrow(tables or [RANGES.empty_table()])


def _table(batch: pa.RecordBatch) -> pa.Table:
    import pyarrow as pa

    return pa.Table.from_batches([batch])


def _ray_data() -> Any:
    try:
        import ray.data
    except ImportError as error:
        message = f"{__name__} requires the `ray` extra: pip install 'minimax-validate[ray]'"
        raise ImportError(message, name="ray") from error
    return ray.data
