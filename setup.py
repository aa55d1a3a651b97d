"""Maps the root folders agent, tools, prompts and evals to the package focalface."""

from setuptools import find_packages, setup

DIRS = ("agent", "tools", "prompts", "evals")
KINDS = ("md", "json", "jsonl", "onnx", "yaml", "html", "css", "js", "bin")
found = find_packages(include=[p for d in DIRS for p in (d, f"{d}.*")])
setup(
    packages=[f"focalface.{name}" for name in found],
    package_dir={f"focalface.{folder}": folder for folder in DIRS},
    package_data={"": [*(f"*.{kind}" for kind in KINDS), "py.typed"]},
)
