"""Which weights there are, where they live, and whether they are what they should be.

Packaged weights are listed in ``weights/manifest.json``, written by
``python -m focalface.tools.training.manifest``. Fetched packs live under the user's folder, each
with a receipt that is written last, so that an interrupted download is never taken for a whole one.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from pydantic import TypeAdapter

from focalface.tools.errors import ModelDamagedError, ModelMissingError, SettingsError
from focalface.tools.paths import WEIGHTS, home
from focalface.tools.types import Frozen

MANIFEST = WEIGHTS / "manifest.json"
RECEIPT = "receipt.json"
_REINSTALL = "reinstall with: pip install --force-reinstall --no-deps focalface"
INSIGHTFACE_LICENCE = "insightface model licence: non-commercial research only"


class WeightFile(Frozen):
    """One file with its size and SHA-256."""

    file: str
    bytes: int
    sha256: str


class PackagedModel(WeightFile):
    """Weights that come with the package."""

    name: str
    purpose: str
    licence: str
    source: str


class Pack(Frozen):
    """Weights that are fetched on request only; hash and size are those of the archive."""

    name: str
    purpose: str
    licence: str
    url: str
    bytes: int | None
    sha256: str


class ModelInfo(Frozen):
    """One line of the catalogue; ``path`` is where it is, or would be, on this machine."""

    name: str
    purpose: str
    licence: str
    source: str
    bytes: int | None
    packaged: bool
    installed: bool
    path: Path


class Check(Frozen):
    """What came of verifying one file; ``problem`` says what is wrong and how to repair it."""

    model: str
    file: Path
    problem: str | None


_RELEASE = "https://github.com/deepinsight/insightface/releases/download/v0.7"

PACKS = {
    pack.name: pack
    for pack in (
        Pack(
            name="buffalo_l",
            purpose="face detector SCRFD-10G with landmark, attribute and recognition networks",
            licence=INSIGHTFACE_LICENCE,
            url=f"{_RELEASE}/buffalo_l.zip",
            bytes=288_621_354,
            sha256="80ffe37d8a5940d59a7384c201a2a38d4741f2f3c51eef46ebb28218a7b0ca2f",
        ),
        Pack(
            name="buffalo_s",
            purpose="face detector SCRFD-500M with landmark, attribute and recognition networks",
            licence=INSIGHTFACE_LICENCE,
            url=f"{_RELEASE}/buffalo_s.zip",
            bytes=127_607_557,
            sha256="d85a87f503f691807cd8bb97128bdf7a0660326cd9cd02657127fa978bab8b5e",
        ),
        Pack(
            name="buffalo_sc",
            purpose="face detector SCRFD-500M with a recognition network, the smallest pack",
            licence=INSIGHTFACE_LICENCE,
            url=f"{_RELEASE}/buffalo_sc.zip",
            bytes=None,
            sha256="57d31b56b6ffa911c8a73cfc1707c73cab76efe7f13b675a05223bf42de47c72",
        ),
    )
}
"""What ``focalface models fetch`` knows; of a pack only the detector is used."""

_packaged = TypeAdapter(tuple[PackagedModel, ...])
_receipt = TypeAdapter(tuple[WeightFile, ...])


def packs_folder() -> Path:
    """Tell where fetched packs live."""
    return home() / "models"


def packaged() -> tuple[PackagedModel, ...]:
    """Return the manifest of the packaged weights; raises ``ModelDamagedError`` if it cannot be
    read."""
    try:
        return _packaged.validate_json(MANIFEST.read_bytes())
    except (OSError, ValueError):
        raise ModelDamagedError(
            f"'{MANIFEST}' is missing or damaged; reinstall with: "
            "pip install --force-reinstall --no-deps focalface."
        ) from None


def catalogue() -> tuple[ModelInfo, ...]:
    """Return all models, packaged ones first."""
    own = [
        ModelInfo(
            name=m.name,
            purpose=m.purpose,
            licence=m.licence,
            source=m.source,
            bytes=m.bytes,
            packaged=True,
            installed=(WEIGHTS / m.file).is_file(),
            path=WEIGHTS / m.file,
        )
        for m in packaged()
    ]
    return (*own, *(_pack_info(pack) for pack in PACKS.values()))


def _pack_info(pack: Pack) -> ModelInfo:
    folder = packs_folder() / pack.name
    return ModelInfo(
        name=pack.name,
        purpose=pack.purpose,
        licence=pack.licence,
        source=pack.url,
        bytes=pack.bytes,
        packaged=False,
        installed=(folder / RECEIPT).is_file(),
        path=folder,
    )


def pack_path(name: str) -> Path:
    """Return the folder of a fetched pack; raises ``ModelMissingError`` that says how to fetch
    it."""
    pack = known_pack(name)
    folder = packs_folder() / pack.name
    if not (folder / RECEIPT).is_file():
        raise ModelMissingError(
            f"The pack '{name}' is not installed; "
            f"get it with: focalface models fetch {name} --accept-licence."
        )
    return folder


def known_pack(name: str) -> Pack:
    """Return the pack of that name; raises ``SettingsError`` with the names that exist."""
    if name not in PACKS:
        raise SettingsError(f"There is no pack '{name}'; known packs: {', '.join(PACKS)}.")
    return PACKS[name]


def verify(names: Sequence[str] = ()) -> tuple[Check, ...]:
    """Check size and hash of every installed file, or of the models named.

    Raises ``SettingsError`` for an unknown name and ``ModelMissingError`` for a named pack that is
    not installed.
    """
    own = {model.name: model for model in packaged()}
    chosen = names or [*own, *(n for n in PACKS if (packs_folder() / n / RECEIPT).is_file())]
    checks: list[Check] = []
    for name in chosen:
        if name in own:
            checks.append(_check(name, WEIGHTS, own[name], _REINSTALL))
        elif name in PACKS:
            checks += _check_pack(name)
        else:
            known = ", ".join([*own, *PACKS])
            raise SettingsError(f"There is no model '{name}'; known models: {known}.")
    return tuple(checks)


def _check_pack(name: str) -> list[Check]:
    folder = pack_path(name)
    repair = f"fetch it again with: focalface models fetch {name} --accept-licence"
    try:
        files = _receipt.validate_json((folder / RECEIPT).read_bytes())
    except ValueError:
        problem = f"'{folder / RECEIPT}' is damaged; {repair}."
        return [Check(model=name, file=folder / RECEIPT, problem=problem)]
    return [_check(name, folder, file, repair) for file in files]


def _check(model: str, folder: Path, expected: WeightFile, repair: str) -> Check:
    path = folder / expected.file
    what = _difference(path, expected)
    problem = f"'{path}' {what}; {repair}." if what else None
    return Check(model=model, file=path, problem=problem)


def _difference(path: Path, expected: WeightFile) -> str | None:
    try:
        found = measure(path)
    except OSError:
        return "is missing or may not be read"
    if found.bytes != expected.bytes:
        return f"has {found.bytes:,} bytes instead of {expected.bytes:,}"
    if found.sha256 != expected.sha256:
        return "has the wrong SHA-256"
    return None


def vouched(path: Path) -> bool:
    """Tell whether a weight file is one of ours or of a fetched pack, and is as it was handed out.

    False: nobody vouches for it. Raises ``ModelDamagedError`` when it should be one and is not.
    """
    return read_vouched(path) is not None


def read_vouched(path: Path) -> bytes | None:
    """Return the bytes of a file that is vouched for, so that what was hashed is what is loaded."""
    folder = path.parent
    if folder == WEIGHTS:
        files: Sequence[WeightFile] = packaged()
        repair = _REINSTALL
    elif folder.parent == packs_folder() and (folder / RECEIPT).is_file():
        files = _receipt_of(folder)
        repair = f"fetch it again with: focalface models fetch {folder.name} --accept-licence"
    else:
        return None
    expected = next((file for file in files if file.file == path.name), None)
    if expected is None:
        return None
    try:
        data = path.read_bytes()
    except OSError:
        raise ModelMissingError(f"'{path}' is missing or may not be read; {repair}.") from None
    if hashlib.sha256(data).hexdigest() != expected.sha256:
        raise ModelDamagedError(f"'{path}' has the wrong SHA-256; {repair}.")
    return data


def _receipt_of(folder: Path) -> tuple[WeightFile, ...]:
    try:
        return _receipt.validate_json((folder / RECEIPT).read_bytes())
    except (OSError, ValueError):
        raise ModelDamagedError(
            f"'{folder / RECEIPT}' is damaged; fetch it again with: "
            f"focalface models fetch {folder.name} --accept-licence."
        ) from None


def measure(path: Path) -> WeightFile:
    """Return name, size and SHA-256 of a file as it is now; raises ``OSError``."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    return WeightFile(file=path.name, bytes=path.stat().st_size, sha256=digest.hexdigest())


def write_receipt(folder: Path) -> None:
    """Write the receipt of a folder of ``.onnx`` files; the last step of a fetch."""
    files = [measure(path).model_dump() for path in sorted(folder.glob("*.onnx"))]
    (folder / RECEIPT).write_text(json.dumps(files, indent=1) + "\n", encoding="utf-8")
