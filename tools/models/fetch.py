"""Fetches a pack of weights when the user asks for it: licence first, checksum, then one rename.

A download that was cut off goes on where it stopped; the disk is looked at before it begins.
"""

import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from focalface.tools.errors import ModelDamagedError, ModelMissingError, UsageError
from focalface.tools.models import catalog
from focalface.tools.models.catalog import Pack

BLOCK = 64 * 1024
"""Bytes received at once."""


def fetch(
    name: str, *, accept_licence: bool = False, offline: bool = False, progress: bool = False
) -> Path:
    """Download, checks and unpacks a pack; the folder appears whole or not at all.

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
        archive = _download(pack, folder.parent, progress=progress)
        fresh = Path(temporary) / pack.name
        _unpack(archive, fresh)
        archive.unlink()
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
    """Return the archive, whole and checked; what came of it stays in ``folder`` if the network
    fails."""
    import requests

    part = folder / f".{pack.name}.part"
    try:
        _receive(pack, part, progress=progress)
    except (requests.RequestException, OSError) as error:
        again = "; what came is kept and fetching goes on from there" if part.exists() else ""
        raise ModelMissingError(
            f"'{pack.url}' could not be fetched ({type(error).__name__}); "
            f"check the network and try again{again}."
        ) from error
    if catalog.measure(part).sha256 != pack.sha256:
        part.unlink()
        raise ModelDamagedError(
            f"What came from '{pack.url}' has the wrong SHA-256 and was thrown away; try again."
        )
    return part


def _receive(pack: Pack, part: Path, *, progress: bool) -> None:
    """Append to ``part`` what is missing of the archive, or write it anew."""
    import requests

    have = part.stat().st_size if part.exists() else 0
    asked = {"Range": f"bytes={have}-"} if have else {}
    with requests.get(pack.url, stream=True, timeout=30, headers=asked) as reply:
        if reply.status_code == requests.codes.requested_range_not_satisfiable:
            return  # all of it is there, or it is not what it should be: the hash tells
        reply.raise_for_status()
        more = reply.status_code == requests.codes.partial_content
        coming = int(reply.headers.get("Content-Length", 0))
        _check_disk(part.parent, coming, have * more + coming)
        with part.open("ab" if more else "wb") as file:
            for block in _shown(reply.iter_content(BLOCK), have * more, coming, progress):
                file.write(block)
    if coming and part.stat().st_size != have * more + coming:
        raise requests.ConnectionError("the connection ended early")


def _check_disk(folder: Path, coming: int, whole: int) -> None:
    """Room for what is still to come and for the unpacked files, which are hardly larger."""
    need, free = coming + int(1.2 * whole), shutil.disk_usage(folder).free
    if need > free:
        raise ModelMissingError(
            f"'{folder}' has {free / 1e6:,.0f} MB of free disk, {need / 1e6:,.0f} MB are needed; "
            "make room, or choose another folder by FOCALFACE_HOME."
        )


def _shown(blocks: Iterable[bytes], have: int, coming: int, progress: bool) -> Iterator[bytes]:
    """Yield the blocks, with a bar on standard error if ``progress``."""
    if not progress:
        yield from blocks
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("fetching", total=have + coming or None, completed=have)
        for block in blocks:
            bar.advance(task, len(block))
            yield block


def _unpack(archive: Path, folder: Path) -> None:
    """The ONNX files of the archive, by their bare names, so that no path can lead outside."""
    folder.mkdir()
    with zipfile.ZipFile(archive) as bundle:
        for member in bundle.infolist():
            name = Path(member.filename).name
            if name.endswith(".onnx"):
                with bundle.open(member) as source, (folder / name).open("wb") as target:
                    shutil.copyfileobj(source, target)
