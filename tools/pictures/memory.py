"""Shares memory between pictures that are opened at once: who finds no room waits for it."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from focalface.tools.errors import ImageTooLargeError

PATIENCE_S = 50.0
"""How long an opener waits for room; assistants give a call up after 60 seconds."""
LARGE = 4 * 1024 * 1024
"""Bytes of a file from which only one opener at a time waits with it in its hands."""


class Room:
    """Bytes that all threads of a process share.

    One picture is always let in when nothing else is there, whatever it needs: whether it is too
    large by itself is the limits' matter.
    """

    def __init__(self) -> None:
        self._reset()

    def _reset(self) -> None:
        self._free = threading.Condition()
        self._gate = threading.Lock()
        self._taken = 0

    @property
    def taken(self) -> int:
        """Bytes that are held now."""
        return self._taken

    @contextmanager
    def gate(self, file_bytes: int, patience_s: float = PATIENCE_S) -> Iterator[None]:
        """Read a large file and wait for room one after the other; small files pass.

        Raises ``ImageTooLargeError`` when the others take longer than ``patience_s`` seconds.
        """
        if file_bytes < LARGE:
            yield
            return
        if not self._gate.acquire(timeout=patience_s):
            raise _no_room()
        try:
            yield
        finally:
            self._gate.release()

    def take(self, need: int, total: int, patience_s: float = PATIENCE_S) -> None:
        """Wait until ``need`` of ``total`` bytes are free and hold them; ``give`` them back.

        Raises ``ImageTooLargeError`` when there is no room for ``patience_s`` seconds.
        """
        with self._free:
            if not self._free.wait_for(lambda: self._fits(need, total), patience_s):
                raise _no_room()
            self._taken += need

    def give(self, need: int) -> None:
        """Let others have what was held."""
        with self._free:
            self._taken -= need
            self._free.notify_all()

    @contextmanager
    def held(self, need: int, total: int) -> Iterator[None]:
        """Hold ``need`` of ``total`` bytes in a block; see ``take``."""
        self.take(need, total)
        try:
            yield
        finally:
            self.give(need)

    def _fits(self, need: int, total: int) -> bool:
        return not self._taken or self._taken + need <= total


def _no_room() -> ImageTooLargeError:
    return ImageTooLargeError(
        "Other large pictures are being opened and leave no memory for this one; "
        "try again in a moment or raise FOCALFACE_MAX_MEMORY."
    )


OPEN = Room()
"""What pictures take in this process while they are opened and, in the server, looked at."""

if hasattr(os, "register_at_fork"):
    # A child has none of its parent's threads: whoever held a lock there never gives it back.
    os.register_at_fork(after_in_child=OPEN._reset)
