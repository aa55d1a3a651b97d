"""What must hold before any test runs."""

import signal


def pytest_configure() -> None:
    """Give Ctrl-C back its meaning: a shell starts what runs in its background without it, and the
    programs that tests start and interrupt would inherit that."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
