"""Nothing is collected and nothing is sent: no socket, and no file outside of our own folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import skimage.data
from PIL import Image as PilImage

GUARD = """
import os, socket, sys

def forbid(event, args):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}:
        if event == "socket.connect" and args[0].family == getattr(socket, "AF_UNIX", None):
            return
        with open(os.environ["SOCKETS"], "a") as log:
            log.write(f"{event} {args[1:]}\\n")
        raise PermissionError("no network in this test")

sys.addaudithook(forbid)
"""
RESOURCE = """
import asyncio, sys
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
import os

async def main():
    server = StdioServerParameters(
        command=sys.executable, args=["-m", "focalface.agent", "serve"], env=dict(os.environ)
    )
    async with Client(stdio_client(server)) as client:
        print(await client.read_resource("focal://action-units"))

asyncio.run(main())
"""
COMMANDS = """
import sys
from focalface.agent.cli.app import main

picture = sys.argv[1]
for wanted in (  # first the one that imports most before it reads a face
    ("ask", picture, "what is the mouth doing?"),
    ("detect", picture, "--json"),
    ("describe", picture, "--region", "mouth"),
):
    sys.argv = ["focalface", *wanted]
    try:
        main()
    except SystemExit as end:
        assert not end.code, wanted
"""
UNITS = "from focalface.tools import Workbench; print(sorted(Workbench().supported_aus))"


@pytest.fixture
def alone(tmp_path: Path):
    """Runs Python where sockets are forbidden and looks for stray files; returns what it wrote."""
    folders = {name: tmp_path / name for name in ("home", "work", "tmp", "own", "guard")}
    for folder in folders.values():
        folder.mkdir()
    (folders["guard"] / "sitecustomize.py").write_text(GUARD)
    PilImage.fromarray(skimage.data.astronaut()).save(tmp_path / "portrait.png")
    keep = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "ORT_", "FOCALFACE"))}
    env = keep | {
        "HOME": str(folders["home"]),
        "USERPROFILE": str(folders["home"]),
        "TMPDIR": str(folders["tmp"]),
        "FOCALFACE_HOME": str(folders["own"]),
        "PYTHONPATH": str(folders["guard"]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "SOCKETS": str(tmp_path / "sockets.log"),
    }

    def run(*arguments: str, typed: str = "") -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            input=typed,
            env=env,
            cwd=folders["work"],
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        assert not (tmp_path / "sockets.log").exists(), (tmp_path / "sockets.log").read_text()
        strays = [p for name in ("home", "work", "tmp") for p in folders[name].rglob("*")]
        assert strays == []
        return done.stdout

    run.portrait = str(tmp_path / "portrait.png")
    return run


def test_asking_what_can_be_assessed_before_any_detection_collects_nothing(alone) -> None:
    assert "AU12" in alone("-c", UNITS)


def test_an_assistant_that_first_reads_the_units_of_the_server_collects_nothing(alone) -> None:
    assert "AU12" in alone("-c", RESOURCE)


def test_no_command_that_reads_faces_sends_or_leaves_anything(alone) -> None:
    said = alone("-c", COMMANDS, alone.portrait)
    for expected in ("[1]", "faces", "mouth"):
        assert expected in said


def test_a_chat_with_its_server_sends_and_leaves_nothing(alone) -> None:
    said = alone(
        "-m", "focalface.agent", "chat", alone.portrait, typed="what is the mouth doing?\n"
    )
    assert "[1]" in said
