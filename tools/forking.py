"""What a forked child must not take over: locks that nobody gives back, networks without threads.

A fork copies the thread that calls it and no other. A lock that another thread held stays locked
in the child for ever, and the threads in which a network computes are not there.
"""

import ctypes
import os
import threading
import weakref
from typing import Protocol


class Renewable(Protocol):
    """Something that a forked child makes anew."""

    def renew(self) -> None:
        """Forget what is of no use in a child: new locks, networks to be loaded again."""
        ...


_all: "weakref.WeakSet[Renewable]" = weakref.WeakSet()


def renew_after_fork(one: Renewable) -> None:
    """Have ``one.renew()`` called in every forked child, as long as ``one`` is alive."""
    _all.add(one)


def _renew() -> None:
    for one in list(_all):
        one.renew()


def forget_cached(one: object, name: str) -> None:
    """Have a ``cached_property`` computed anew, even if its own lock (of Python 3.11) is held."""
    old = one.__dict__.pop(name, None)
    if old is not None:
        # Taking a network apart waits for its threads, which a child does not have: it is left.
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(old))
    cached = getattr(type(one), name)
    if hasattr(cached, "lock"):
        cached.lock = threading.RLock()


class ForkSafeLock:
    """A lock that a forked child finds open; use as ``with``."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        renew_after_fork(self)

    def renew(self) -> None:
        """Put a new lock in place of one that may be held for ever."""
        self._lock = threading.RLock()

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew)
