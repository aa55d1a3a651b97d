import hashlib
import http.server
import io
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from focalface.tools.errors import ModelDamagedError, ModelMissingError, SettingsError, UsageError
from focalface.tools.models import catalog, fetch
from focalface.tools.models.catalog import Pack
from focalface.tools.training.manifest import entries


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOCALFACE_HOME", str(tmp_path / "home"))


def archive(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as bundle:
        for name, data in members.items():
            bundle.writestr(name, data)
    return buffer.getvalue()


GOOD = archive(**{"pack/det.onnx": b"detector", "../evil.onnx": b"out", "notes.txt": b"no"})


class Handler(http.server.BaseHTTPRequestHandler):
    bodies: dict[str, bytes]

    def do_GET(self) -> None:
        body = self.bodies.get(self.path)
        self.send_response(200 if body is not None else 404)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    Handler.bodies = {"/good.zip": GOOD}
    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def pack(address: str, monkeypatch: pytest.MonkeyPatch) -> Pack:
    """A pack that a server on this machine has."""
    made = Pack(
        name="tiny",
        purpose="a test",
        licence="research only",
        url=f"{address}/good.zip",
        bytes=len(GOOD),
        sha256=hashlib.sha256(GOOD).hexdigest(),
    )
    monkeypatch.setitem(catalog.PACKS, "tiny", made)
    return made


def leftovers() -> list[str]:
    return [p.name for p in catalog.packs_folder().iterdir()]


def test_the_manifest_lists_exactly_the_packaged_weights_as_they_are() -> None:
    listed = {(m.file, m.bytes, m.sha256) for m in catalog.packaged()}
    assert listed == {(m.file, m.bytes, m.sha256) for m in entries()}
    assert listed, "no weights are packaged"


def test_every_packaged_model_names_its_licence_and_has_a_card() -> None:
    for model in catalog.packaged():
        assert model.licence
        card = model.source.rpartition("card: ")[2]
        assert (catalog.WEIGHTS / card).is_file(), card


def test_the_packaged_weights_are_whole_and_at_most_16_megabytes() -> None:
    assert [check.problem for check in catalog.verify()] == [None] * len(catalog.packaged())
    assert sum(model.bytes for model in catalog.packaged()) <= 16_000_000


def test_the_licence_must_be_accepted_before_anything_is_fetched(pack: Pack) -> None:
    with pytest.raises(UsageError, match=r"research only.*--accept-licence"):
        fetch.fetch("tiny")
    assert not catalog.packs_folder().exists()


def test_a_fetched_pack_holds_its_onnx_files_and_a_receipt_and_nothing_else(pack: Pack) -> None:
    folder = fetch.fetch("tiny", accept_licence=True)
    assert {p.name for p in folder.iterdir()} == {"det.onnx", "evil.onnx", catalog.RECEIPT}
    assert leftovers() == ["tiny"]
    assert catalog.pack_path("tiny") == folder
    assert all(check.problem is None for check in catalog.verify(["tiny"]))


def test_a_whole_pack_is_not_fetched_again(pack: Pack) -> None:
    folder = fetch.fetch("tiny", accept_licence=True)
    Handler.bodies.clear()
    assert fetch.fetch("tiny") == folder


def test_a_damaged_file_is_named_with_its_repair_and_the_repair_works(pack: Pack) -> None:
    folder = fetch.fetch("tiny", accept_licence=True)
    (folder / "det.onnx").write_bytes(b"detectoR")
    problems = [check.problem for check in catalog.verify(["tiny"]) if check.problem]
    assert len(problems) == 1
    assert "det.onnx" in problems[0] and "focalface models fetch tiny" in problems[0]
    fetch.fetch("tiny", accept_licence=True)
    assert (folder / "det.onnx").read_bytes() == b"detector"


def test_what_is_not_what_was_expected_is_thrown_away(
    pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(catalog.PACKS, "tiny", pack.model_copy(update={"sha256": "0" * 64}))
    with pytest.raises(ModelDamagedError, match="wrong SHA-256"):
        fetch.fetch("tiny", accept_licence=True)
    assert leftovers() == []


def test_a_failed_download_leaves_nothing_and_says_what_to_do(
    pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(catalog.PACKS, "tiny", pack.model_copy(update={"url": pack.url + "x"}))
    with pytest.raises(ModelMissingError, match="check the network"):
        fetch.fetch("tiny", accept_licence=True)
    assert leftovers() == []


def test_the_offline_switch_never_touches_the_network(pack: Pack) -> None:
    with pytest.raises(ModelMissingError, match="FOCALFACE_OFFLINE"):
        fetch.fetch("tiny", accept_licence=True, offline=True)


def test_a_folder_without_receipt_is_not_taken_for_a_whole_pack(pack: Pack) -> None:
    folder = catalog.packs_folder() / "tiny"
    folder.mkdir(parents=True)
    (folder / "det.onnx").write_bytes(b"det")
    with pytest.raises(ModelMissingError, match="models fetch tiny"):
        catalog.pack_path("tiny")
    fetch.fetch("tiny", accept_licence=True)
    assert (folder / "det.onnx").read_bytes() == b"detector"


@pytest.mark.parametrize("call", [catalog.verify, lambda names: fetch.fetch(names[0])])
def test_an_unknown_name_lists_the_known_ones(call: object) -> None:
    with pytest.raises(SettingsError, match="buffalo_l"):
        call(["nope"])  # type: ignore[operator]


def test_the_catalogue_says_what_is_installed_and_under_which_licence() -> None:
    catalogue = {model.name: model for model in catalog.catalogue()}
    assert not catalogue["buffalo_l"].installed
    assert "non-commercial" in catalogue["buffalo_l"].licence
    assert all(model.installed for model in catalogue.values() if model.packaged)
