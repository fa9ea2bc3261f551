"""Replace a file so that, whatever happens, either the old one or the new one is there, and whole."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from minimax_validate.values.wording import words_of_os_error

PREFIX, SUFFIX = ".minimax-validate-", ".tmp"
"""How the names of unfinished files begin and end; a process that is killed leaves one behind."""


_BINARY = getattr(os, "O_BINARY", 0)  # Windows would change the ends of lines


class NotReplacedError(Exception):
    """A file could not be replaced, and is as it was; the text of the exception says why."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What tells that a file is the one that was read.

    Which it is, how long, and when it was last written or otherwise changed.
    """

    device: int
    inode: int
    size: int
    written: int
    changed: int

    @classmethod
    def of(cls, status: os.stat_result) -> Signature:
        """That of a file by its status."""
        return cls(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


@contextlib.contextmanager
def replacing(path: Path, read: Signature) -> Iterator[BinaryIO]:
    """A file to write, which takes the place of another one when the block ends, and is gone if that raises.

    Links are followed. ``read`` is the signature that the file had when it was read. Mode, owner and extended
    attributes are those of the old file as far as this user may set them; other names of it (hard links) keep the old
    content. One that nobody, or not this user, may write is left alone, though its folder would let it be replaced.

    Raises:
        NotReplacedError: the file is not replaced: it has changed since, is read-only, or the system refuses.
    """
    try:
        real = path.resolve(strict=True)
        if not real.stat().st_mode & 0o222 or not os.access(real, os.W_OK):
            raise NotReplacedError("it is read-only")
        with _draft(real, 0o600) as (stream, draft):  # nobody else is to read it before it has the old mode
            yield stream
            stream.flush()
            _liken(stream.fileno(), real)
            os.fsync(stream.fileno())
            if Signature.of(real.stat()) != read:
                raise NotReplacedError("it has changed since it was read")
            draft.replace(real)
        _sync_folder(real.parent)
    except OSError as error:
        raise NotReplacedError(words_of_os_error(error)) from error


@contextlib.contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """A file to write, new or in the place of another one, when the block ends; if that raises, it is as it was.

    Links are followed, and the mode of a file that is there is kept.

    Raises:
        OSError: it cannot be written.
    """
    real = path.resolve()
    with _draft(real, 0o666) as (stream, draft):
        yield stream
        stream.flush()
        if real.exists():
            draft.chmod(stat.S_IMODE(real.stat().st_mode))
        draft.replace(real)


@contextlib.contextmanager
def creating(path: Path) -> Iterator[BinaryIO]:
    """A file to write, which is there under its name when the block ends, and not at all if that raises.

    Raises:
        FileExistsError: there is something of this name, and it is as it was.
        OSError: it cannot be written.
    """
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), os.fspath(path))
    with _draft(path, 0o666) as (stream, draft):
        yield stream
        stream.flush()
        try:
            os.link(draft, path)  # which never replaces a file, as a change of the name does
        except FileExistsError:
            raise
        except OSError:  # some file systems have no links
            draft.rename(path)
    _sync_folder(path.parent)


@contextlib.contextmanager
def _draft(path: Path, mode: int) -> Iterator[tuple[BinaryIO, Path]]:
    """An unfinished file beside another one; what is left of it at the end is taken away."""
    draft = path.with_name(f"{PREFIX}{secrets.token_hex(8)}{SUFFIX}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode), "wb") as stream:
            yield stream, draft
    finally:
        draft.unlink(missing_ok=True)


def _liken(descriptor: int, path: Path) -> None:
    """Give a new file what belongs to the old one beside its content."""
    status = path.stat()
    with contextlib.suppress(OSError, AttributeError):  # not every system has owners
        os.chown(descriptor, status.st_uid, status.st_gid)
    with contextlib.suppress(OSError, AttributeError):
        for attribute in os.listxattr(path):
            os.setxattr(descriptor, attribute, os.getxattr(path, attribute))
    # Last, as a change of the owner takes some of the mode away.
    if os.chmod in os.supports_fd:  # pragma: no branch  # Windows takes no descriptor
        os.chmod(descriptor, stat.S_IMODE(status.st_mode))


def _sync_folder(folder: Path) -> None:
    """Have the new name survive a failure of power, where the system can be asked for that."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
