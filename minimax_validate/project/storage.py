"""Reach files by URLs that fsspec opens, such as ``s3://bucket/requests.jsonl``."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Iterator
from typing import Any, NamedTuple
from zlib import crc32

_MAGIC = frozenset("*?[")
_AHEAD = 1024 * 1024
"""Bytes that are asked for at once: each request to a store takes many times as long as a read of a disk."""


class StorageError(Exception):
    """What a URL means cannot be reached at all; the text of the exception says what is missing."""


class Status(NamedTuple):
    """The size of a file in bytes, and a number that changes when the file does."""

    size: int
    version: int


class RemoteFile(NamedTuple):
    """A file by its URL; ``named`` if that is what was asked for, and not a folder or a pattern."""

    url: str
    named: bool


def demand(url: str) -> None:
    """Make sure that a URL can be opened by what is installed.

    Raises:
        StorageError: fsspec, or its package for the kind of the URL, is missing.
    """
    _file_system(url)


def open_url(url: str) -> io.BufferedReader:
    """Open a file to be read; every failure of the store is one of the operating system to whoever reads.

    Raises:
        OSError: it cannot be opened.
    """
    try:
        system, path = _file_system(url)
        # Readers take what they need next to each other: nothing but the next bytes is worth keeping.
        return io.BufferedReader(_Failing(system.open(path, "rb", block_size=_AHEAD, cache_type="readahead")), _AHEAD)
    except Exception as error:
        raise _as_os_error(error) from error


def status(url: str) -> Status | None:
    """The size and version of a file; None if there is no such file or the store does not know."""
    try:
        system, path = _file_system(url)
        info = system.info(path)
        if info["type"] != "file" or info["size"] is None:
            return None
        return Status(int(info["size"]), _version(info))
    except Exception:  # reading it says why it cannot be read
        return None


def exists(url: str) -> bool:
    """Whether there is such a file; True if nobody can say, as reading it will."""
    try:
        system, path = _file_system(url)
        return bool(system.exists(path))
    except Exception:
        return True


def files_below(url: str) -> Iterator[RemoteFile]:
    """The files that a URL means: itself, what its pattern matches, or all below its folder, in the order of names."""
    try:
        system, root = _file_system(url)
        if not _MAGIC.isdisjoint(root):
            found = [(path, True) for path in system.glob(root)]
        elif system.isdir(root):
            found = [(path, False) for path in system.find(root)]
        else:
            found = []
    except Exception:  # reading it says why it cannot be read
        found = []
    if not found:
        yield RemoteFile(url, named=True)
        return
    start = url.split("://", 1)[0] + "://"
    for path, named in sorted(found, key=lambda each: each[0].split("/")):
        yield RemoteFile(start + (path if url[len(start) :].startswith("/") else path.lstrip("/")), named)


def _file_system(url: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise StorageError("fsspec is needed to read URLs: pip install 'minimax-validate[ray]'") from error
    try:
        system, path = url_to_fs(url)
    except (ImportError, ValueError) as error:  # no package for this kind of URL, or no such kind
        raise StorageError(str(error)) from error
    return system, path


def _version(info: dict[str, Any]) -> int:
    # One of them: a store knows more of a file that it is asked for than of one in a list.
    keys = ("ETag", "etag", "mtime", "LastModified", "last_modified", "created")
    return crc32(repr(next((info[key] for key in keys if info.get(key) is not None), None)).encode())


def _as_os_error(error: Exception) -> OSError:
    if isinstance(error, FileNotFoundError) and error.strerror is None:  # some stores give the path alone
        return FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    return error if isinstance(error, OSError) else OSError(f"{type(error).__name__}: {error}")


class _Failing(io.RawIOBase):
    """A file of a store, whose failures are those of files: each store has its own."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._inner.read(len(buffer))
        except Exception as error:
            raise _as_os_error(error) from error
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return int(self._inner.seek(offset, whence))

    def tell(self) -> int:
        return int(self._inner.tell())

    def close(self) -> None:
        if not self.closed:
            self._inner.close()
        super().close()
