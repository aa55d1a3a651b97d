"""The ``.mcpb`` bundle: one file that a host installs by a double click, with a folder chooser."""

import io
import json
import zipfile
from importlib.metadata import metadata
from typing import Any

from focalface.tools.server.protocol import ICON

_TOOLS = {
    "detect_faces": "Find the faces on a picture",
    "propose_regions": "Rank the regions that bear on a question",
    "describe_regions": "Describe any set of regions of one or several faces",
    "annotate_image": "Show a picture with faces and regions drawn",
}
_START = """\
from focalface.agent.cli.app import main

main()
"""


def manifest() -> dict[str, Any]:
    """Return what the host reads (MCPB manifest 0.4); it sets up Python and packages with uv."""
    about = metadata("focalface")
    arguments = ["run", "--directory", "${__dirname}", "server.py", "serve"]
    return {
        "manifest_version": "0.4",
        "name": "focalface",
        "display_name": "focalface",
        "version": about["Version"],
        "description": about["Summary"],
        "author": {"name": "focalface contributors"},
        "license": "MIT",
        "icon": "icon.svg",
        "server": {
            "type": "uv",
            "entry_point": "server.py",
            "mcp_config": {
                "command": "uv",
                "args": [*arguments, "--folder", "${user_config.folder}"],
            },
        },
        "tools": [{"name": name, "description": about} for name, about in _TOOLS.items()],
        "user_config": {
            "folder": {
                "type": "directory",
                "title": "Folder with pictures",
                "description": "Only pictures below this folder can be opened.",
                "required": True,
            }
        },
        "compatibility": {"runtimes": {"python": ">=3.11"}},
    }


def make_bundle() -> bytes:
    """Return the bundle as a zip archive; equal for an equal version."""
    version = metadata("focalface")["Version"]
    project = (
        f'[project]\nname = "focalface-bundle"\nversion = "{version}"\n'
        f'requires-python = ">=3.11"\ndependencies = ["focalface=={version}"]\n'
    )
    files = {
        "manifest.json": json.dumps(manifest(), indent=2),
        "pyproject.toml": project,
        "server.py": _START,
        "icon.svg": ICON,
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text)
    return packed.getvalue()
