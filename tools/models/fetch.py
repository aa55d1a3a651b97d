"""Fetches a pack of weights when the user asks for it: licence first, checksum, then one rename."""

import shutil
import tempfile
import zipfile
from pathlib import Path

from focalface.tools.errors import ModelDamagedError, ModelMissingError, UsageError
from focalface.tools.models import catalog
from focalface.tools.models.catalog import Pack


def fetch(
    name: str, *, accept_licence: bool = False, offline: bool = False, progress: bool = False
) -> Path:
    """Downloads, checks and unpacks a pack; the folder appears whole or not at all.

    An installed pack whose files are right is left as it is. Raises ``UsageError`` without the
    licence's acceptance, ``ModelMissingError`` when offline or the download fails, and
    ``ModelDamagedError`` when what came is not what was expected.
    """
    pack = catalog.known_pack(name)
    folder = catalog.packs_folder() / pack.name
    if _is_whole(folder, pack.name):
        return folder
    if not accept_licence:
        raise UsageError(
            f"'{pack.name}' is under the {pack.licence}; "
            "repeat with --accept-licence if that fits your use."
        )
    if offline:
        raise ModelMissingError(
            f"FOCALFACE_OFFLINE is set, so '{pack.name}' is not fetched; unset it to allow this."
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{pack.name}-") as temporary:
        archive = _download(pack, Path(temporary), progress=progress)
        fresh = Path(temporary) / pack.name
        _unpack(archive, fresh)
        catalog.write_receipt(fresh)
        if folder.exists():
            shutil.rmtree(folder)
        fresh.replace(folder)
    return folder


def _is_whole(folder: Path, name: str) -> bool:
    if not (folder / catalog.RECEIPT).is_file():
        return False
    return all(check.problem is None for check in catalog.verify([name]))


def _download(pack: Pack, folder: Path, *, progress: bool) -> Path:
    import pooch
    import requests

    downloader = pooch.HTTPDownloader(progressbar=progress, timeout=30)
    archive = folder / f"{pack.name}.zip"
    try:
        # Hashed below, by ourselves: pooch reports a wrong hash and a wrong address alike.
        downloader(pack.url, str(archive), None)
    except (requests.RequestException, OSError, ValueError) as error:
        raise ModelMissingError(
            f"'{pack.url}' could not be fetched ({type(error).__name__}); "
            "check the network and try again."
        ) from error
    if catalog.measure(archive).sha256 != pack.sha256:
        raise ModelDamagedError(
            f"What came from '{pack.url}' has the wrong SHA-256 and was thrown away; try again."
        )
    return archive


def _unpack(archive: Path, folder: Path) -> None:
    """The ONNX files of the archive, by their bare names, so that no path can lead outside."""
    folder.mkdir()
    with zipfile.ZipFile(archive) as bundle:
        for member in bundle.infolist():
            name = Path(member.filename).name
            if name.endswith(".onnx"):
                with bundle.open(member) as source, (folder / name).open("wb") as target:
                    shutil.copyfileobj(source, target)
