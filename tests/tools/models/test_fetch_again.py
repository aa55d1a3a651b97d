"""A download that was cut off goes on where it stopped, and a full disk is seen beforehand."""

import hashlib
import http.server
import io
import threading
import zipfile
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path

import pytest

from focalface.tools.errors import ModelDamagedError, ModelMissingError
from focalface.tools.models import catalog, fetch
from focalface.tools.models.catalog import Pack


def archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as bundle:
        bundle.writestr("det.onnx", bytes(range(256)) * 400)
    return buffer.getvalue()


WHOLE = archive()
Usage = namedtuple("Usage", "total used free")


class Handler(http.server.BaseHTTPRequestHandler):
    """Hangs up after ``allowed`` bytes; knows ranges unless told not to."""

    allowed: int
    ranges: bool
    served: list[int]

    def do_GET(self) -> None:
        asked = self.headers.get("Range") if self.ranges else None
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0
        body = WHOLE[start:]
        self.send_response(206 if asked else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: self.allowed])
        self.served.append(len(body[: self.allowed]))

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pack]:
    monkeypatch.setenv("FOCALFACE_HOME", str(tmp_path / "home"))
    Handler.allowed, Handler.ranges, Handler.served = len(WHOLE), True, []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made = Pack(
        name="cut",
        purpose="a test",
        licence="research only",
        url=f"http://127.0.0.1:{server.server_port}/cut.zip",
        bytes=len(WHOLE),
        sha256=hashlib.sha256(WHOLE).hexdigest(),
    )
    monkeypatch.setitem(catalog.PACKS, "cut", made)
    yield made
    server.shutdown()
    server.server_close()


def cut_off(after: int) -> None:
    Handler.allowed = after
    with pytest.raises(ModelMissingError, match="fetching goes on from there"):
        fetch.fetch("cut", accept_licence=True)
    Handler.allowed = len(WHOLE)


def test_a_download_that_was_cut_off_goes_on_where_it_stopped(pack: Pack) -> None:
    cut_off(70_000)
    folder = fetch.fetch("cut", accept_licence=True)
    assert Handler.served == [70_000, len(WHOLE) - fetch.BLOCK]  # whole blocks are kept
    assert (folder / "det.onnx").stat().st_size == 256 * 400
    assert [p.name for p in folder.parent.iterdir()] == ["cut"]


def test_a_server_that_knows_no_ranges_starts_anew(pack: Pack) -> None:
    cut_off(70_000)
    Handler.ranges = False
    assert (fetch.fetch("cut", accept_licence=True) / "det.onnx").is_file()


def test_a_part_of_something_else_is_thrown_away_by_its_hash(pack: Pack) -> None:
    cut_off(70_000)
    part = catalog.packs_folder() / ".cut.part"
    part.write_bytes(b"x" * 30_000)
    with pytest.raises(ModelDamagedError, match="thrown away"):
        fetch.fetch("cut", accept_licence=True)
    assert not part.exists()


def test_a_disk_that_is_too_full_is_seen_before_anything_is_written(
    pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch.shutil, "disk_usage", lambda folder: Usage(10**9, 10**9, 50_000))
    with pytest.raises(ModelMissingError, match=r"free disk.*make room"):
        fetch.fetch("cut", accept_licence=True)
    assert list(catalog.packs_folder().iterdir()) == []
