"""The list of what is installed: complete, with licences, and a bill of materials of it."""

import json

from typer.testing import CliRunner

from focalface.agent.cli.app import build
from focalface.tools import inventory


def test_each_package_has_a_version_and_says_who_needs_it() -> None:
    found = {package.name: package for package in inventory.packages()}
    assert "focalface" in found["insightface"].wanted_by
    assert "insightface" in found["opencv-python"].wanted_by
    assert all(package.version and package.wanted_by for package in found.values())
    assert found["numpy"].bytes > 10_000_000


def test_packages_of_an_extra_are_counted_only_with_it() -> None:
    without = {package.name for package in inventory.packages()}
    assert "pytest" not in without
    assert "pytest" in {p.name for p in inventory.packages(extras=frozenset({"dev"}))}


def test_the_bill_of_materials_names_every_package_once_and_only_known_ones() -> None:
    result = CliRunner().invoke(build(), ["licences", "--sbom"])
    bill = json.loads(result.output)
    refs = [part["bom-ref"] for part in bill["components"]]
    assert bill["bomFormat"] == "CycloneDX"
    assert len(refs) == len(set(refs)) == len(inventory.packages())
    assert {r for d in bill["dependencies"] for r in d["dependsOn"]} <= set(refs)
    assert all(part["licenses"][0]["license"]["name"] for part in bill["components"])
