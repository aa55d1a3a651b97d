"""What is installed with focalface: each package, its licence, size and why it is there.

Read from the metadata of the installed packages, so that it tells of this machine and not of a list
that somebody keeps.
"""

import importlib.metadata as metadata
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

PROJECT = "focalface"
_DIRECT_SAYS = re.compile(r"License :: (?:OSI Approved :: )?(.+)")


@dataclass(frozen=True)
class Package:
    """An installed package; ``wanted_by``: names of the packages that require it, in order."""

    name: str
    version: str
    wanted_by: tuple[str, ...]

    @property
    def licence(self) -> str:
        """The SPDX expression that the package states, or else what its classifiers say."""
        said = self._about
        found = said.get("License-Expression")
        classifiers = [
            m[1] for c in said.get_all("Classifier") or [] if (m := _DIRECT_SAYS.match(c))
        ]
        written = (said.get("License") or "").strip().splitlines()
        short = written[0] if len(written) == 1 and len(written[0]) <= 60 else ""
        return found or " AND ".join(classifiers) or short or "not stated"

    @property
    def bytes(self) -> int:
        """What its files take on disk, compiled ones left out."""
        files = metadata.distribution(self.name).files or []
        return sum(_size(file) for file in files if file.suffix != ".pyc")

    @cached_property
    def _about(self) -> Any:
        return metadata.metadata(self.name)


def packages(root: str = PROJECT, extras: frozenset[str] = frozenset()) -> list[Package]:
    """Return everything that ``root`` needs, with ``extras`` of it, by name; ``root`` itself left
    out."""
    wanted: dict[str, list[str]] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [(root, extras)]
    while waiting:
        name, chosen = waiting.pop()
        if (name, chosen) in seen:
            continue
        seen.add((name, chosen))
        for need in _needs(name, chosen):
            key = _normal(need.name)
            if _version(key) is None:
                continue
            by = wanted.setdefault(key, [])
            if name not in by:
                by.append(name)
            waiting.append((key, frozenset(need.extras)))
    return [
        Package(name, _version(name) or "", tuple(wanted[name]))
        for name in sorted(wanted)
        if name != _normal(root)
    ]


def sbom(found: list[Package], version: str) -> dict[str, Any]:
    """Return a bill of materials in CycloneDX 1.6 (ECMA-424)."""
    root = {"type": "application", "bom-ref": PROJECT, "name": PROJECT, "version": version}
    refs = {p.name: f"pkg:pypi/{p.name}@{p.version}" for p in found}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": root},
        "components": [
            {
                "type": "library",
                "bom-ref": refs[p.name],
                "name": p.name,
                "version": p.version,
                "purl": refs[p.name],
                "licenses": [{"license": {"name": p.licence}}],
            }
            for p in found
        ],
        "dependencies": [
            {"ref": ref, "dependsOn": [refs[p.name] for p in found if name in p.wanted_by]}
            for name, ref in {PROJECT: PROJECT, **refs}.items()
        ],
    }


def _size(file: metadata.PackagePath) -> int:
    try:
        return Path(str(file.locate())).stat().st_size
    except OSError:
        return 0


def _needs(name: str, extras: frozenset[str]) -> Iterator[Requirement]:
    for line in _requires(name):
        need = Requirement(line)
        cases = [{"extra": extra} for extra in extras] or [{"extra": ""}]
        if need.marker is None or any(need.marker.evaluate(case) for case in cases):
            yield need


def _requires(name: str) -> list[str]:
    try:
        return metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _normal(name: str) -> str:
    """Return a name as PEP 503 writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()
