"""How models elsewhere are reached: loopback directly, all others as the environment says."""

import os
from ipaddress import ip_address
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

_SETTINGS = (
    "ALL_PROXY",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
)
"""Variables by which users send HTTP clients through proxies and to certificates."""


def is_loopback(url: str) -> bool:
    """Tell whether an address is on this machine, which no proxy can reach for us."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def proxy_of(url: str) -> str | None:
    """Return the proxy through which an address is reached, without a password; None: directly."""
    parts = urlsplit(url)
    if is_loopback(url) or not parts.hostname or proxy_bypass(parts.hostname):
        return None
    known = getproxies()
    chosen = known.get(parts.scheme) or known.get("all")
    if not chosen:
        return None
    bare = urlsplit(chosen if "://" in chosen else f"//{chosen}")
    return bare.netloc.rpartition("@")[2] or chosen


def unusable(error: Exception) -> str:
    """Return what to say when the settings of proxy or certificates cannot be used at all."""
    named = [name for name in _SETTINGS if os.environ.get(name) or os.environ.get(name.lower())]
    line = " ".join(str(error).split())[:120]
    which = " and ".join(named) or "proxy and certificates"
    return f"The network settings cannot be used ({line}); check {which}."
