"""Finds and loads Qwen2.5-VL weights: which folder, which device and why, under which licence.

Nothing is ever downloaded here: weights are a local folder or already in the Hugging Face cache.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from focalface.tools.describers.language.focal import Sizes
from focalface.tools.describers.qwen.hashes import check_hashes
from focalface.tools.errors import DeviceError, ModelDamagedError, ModelMissingError, SettingsError
from focalface.tools.face import facs

DEFAULT_BASE = "Qwen/Qwen2.5-VL-3B-Instruct"
CARD = "focalface.json"
"""Beside trained weights: sizes of the pictures, units that were taught, licence, base, stages."""

LICENCES = {
    "Qwen/Qwen2.5-VL-3B-Instruct": "Qwen Research License, non-commercial",
    "Qwen/Qwen2.5-VL-7B-Instruct": "Apache-2.0",
    "Qwen/Qwen3-VL-4B-Instruct": "Apache-2.0",
}
"""As the model pages state them."""

UNTUNED = (
    "This base model was not fine-tuned for action units: untuned Qwen2.5-VL is published at F1 "
    "22.1 on DISFA and 16.9 on BP4D (arXiv 2511.10254), so take its units as hints."
)
_INSTALL = "install it with: pip install 'focalface[qwen]'."


@dataclass(frozen=True, slots=True)
class Device:
    """Where to run, in which number format, and why, in words."""

    name: str
    dtype: str
    reason: str

    @property
    def words(self) -> str:
        """For people: ``cuda (an NVIDIA GPU is there; bfloat16)``."""
        return f"{self.name} ({self.reason}; {self.dtype})"


@dataclass(frozen=True, slots=True)
class Weights:
    """Which weights: base (folder or Hub name), adapter folder, and what their card says."""

    base: str
    adapter: Path | None
    card: dict[str, Any]

    @property
    def name(self) -> str:
        """Short name for results: ``qwen:Qwen2.5-VL-3B-Instruct+my-adapter``."""
        tail = f"+{self.adapter.name}" if self.adapter else ""
        return f"qwen:{Path(self.base).name}{tail}"

    @property
    def licence(self) -> str:
        """Licence of the weights as far as it is known."""
        return str(
            self.card.get("licence")
            or LICENCES.get(self.base)
            or "licence not stated; see where the weights come from"
        )

    @property
    def sizes(self) -> Sizes:
        """Picture sizes that the weights were trained with."""
        stated = self.card.get("sizes", {})
        return Sizes(**stated)

    @property
    def units(self) -> frozenset[str]:
        """Units that training taught; all of the product for an untuned base."""
        return frozenset(self.card.get("units", facs.CODES))

    def check(self) -> None:
        """Raise ``ModelDamagedError`` where trained weights are not as their card says."""
        stated = self.card.get("sha256")
        if isinstance(stated, dict):
            check_hashes(self.adapter or Path(self.base), stated)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a user of the results should know."""
        said = f"Weights: {self.name.removeprefix('qwen:')} ({self.licence})."
        return (said,) if self.card else (said, UNTUNED)


def find_weights(base: str | None, adapter: str | None) -> Weights:
    """Settle base and adapter: an adapter names its own base; a folder may be either.

    Raises ``ModelMissingError`` for an adapter folder that is not there.
    """
    if base and adapter is None and (Path(base).expanduser() / "adapter_config.json").is_file():
        base, adapter = None, base
    if adapter is None:
        chosen = base or DEFAULT_BASE
        return Weights(_local(chosen), None, _card(Path(chosen).expanduser()))
    folder = Path(adapter).expanduser()
    config = folder / "adapter_config.json"
    if not config.is_file():
        raise ModelMissingError(
            f"'{adapter}' is no adapter folder (it has no adapter_config.json); "
            "train one with: focalface finetune."
        )
    named = _read_json(config).get("base_model_name_or_path")
    return Weights(_local(base or str(named or DEFAULT_BASE)), folder, _card(folder))


def choose_device(wanted: str) -> Device:
    """Tell where to run and why, for ``auto``, ``cpu``, ``mps``, ``cuda`` or ``cuda:N``.

    Raises ``DeviceError`` when a demanded device is absent, ``SettingsError`` for another name.
    """
    import torch

    kind = wanted.partition(":")[0]
    if kind not in ("auto", "cpu", "cuda", "mps"):
        raise SettingsError(
            f"There is no device '{wanted}'; choose auto, cpu, mps, cuda or cuda:N."
        )
    count = torch.cuda.device_count() if torch.cuda.is_available() else 0
    if kind == "cuda":
        index = wanted.partition(":")[2] or "0"
        if not index.isdigit() or int(index) >= count:
            raise DeviceError(
                f"The device '{wanted}' was demanded, but this machine has {count} CUDA devices; "
                "use --device auto or install a CUDA build of torch."
            )
        return Device(wanted, _gpu_dtype(), "it was demanded")
    if kind == "mps" and not torch.backends.mps.is_available():
        raise DeviceError("The device 'mps' was demanded, but it is not here; use --device auto.")
    if kind in ("cpu", "mps"):
        return Device(kind, "float32", "it was demanded")
    if count:
        return Device("cuda", _gpu_dtype(), "an NVIDIA GPU is there")
    if torch.backends.mps.is_available():
        return Device("mps", "float32", "an Apple GPU is there")
    return Device("cpu", "float32", "no GPU that torch can use is there")


def load_model(weights: Weights, device: Device) -> tuple[Any, Any, Any]:
    """Return (model in evaluation mode, tokenizer, image processor), from local files only.

    Raises ``ModelMissingError`` when files or packages are missing, ``ModelDamagedError`` when
    the files cannot be loaded.
    """
    try:
        import torch
        from safetensors import SafetensorError
        from transformers import AutoTokenizer

        from focalface.tools.describers.qwen.families import family_of
    except ImportError as error:
        raise ModelMissingError(
            f"The describer 'qwen' needs the package '{error.name}'; {_INSTALL}"
        ) from None
    folder = Path(weights.base)
    if folder.is_dir() and not (folder / "config.json").is_file():
        # Without it transformers would make up a model of default size with random weights.
        raise ModelDamagedError(f"The model folder '{folder}' has no config.json; copy it again.")
    weights.check()
    try:
        family = family_of(weights.base)
        tokenizer = AutoTokenizer.from_pretrained(weights.base, local_files_only=True)
        processor = image_processor(family, weights.base)
        model, found = family.model.from_pretrained(
            weights.base,
            dtype=getattr(torch, device.dtype),
            local_files_only=True,
            output_loading_info=True,
        )
    except (OSError, RuntimeError, ValueError, SafetensorError) as error:
        if folder.is_dir():
            raise ModelDamagedError(
                f"The model folder '{weights.base}' cannot be loaded ({_first_line(error)}); "
                "copy it again."
            ) from None
        raise ModelMissingError(
            f"The weights '{weights.base}' ({weights.licence}) are not on this machine; "
            f"fetch them with: hf download {weights.base}."
        ) from None
    if missing := found["missing_keys"]:
        raise ModelDamagedError(
            f"'{weights.base}' lacks {len(missing)} of its weights; copy it again."
        )
    if weights.adapter is not None:
        model = _with_adapter(model, weights.adapter)
    # An adapter can bring parts in 32 bits.
    model = model.to(device=device.name, dtype=getattr(torch, device.dtype))
    return model.eval(), tokenizer, processor


def image_processor(family: Any, base: str) -> Any:
    """Return the family's image processor with the settings of a base."""
    load = getattr(family.processor, "from_pretrained", None)
    return load(base, local_files_only=True) if load else family.processor()


def _with_adapter(model: Any, adapter: Path) -> Any:
    """Return the adapter merged into the weights, so that decoding costs nothing extra."""
    try:
        from peft import PeftModel
    except ImportError:
        raise ModelMissingError(f"An adapter needs the package 'peft'; {_INSTALL}") from None
    try:
        return PeftModel.from_pretrained(model, str(adapter)).merge_and_unload()
    except (OSError, ValueError, RuntimeError) as error:
        raise ModelDamagedError(
            f"The adapter '{adapter}' does not fit its base ({_first_line(error)}); "
            "name the base that it was trained on: qwen:BASE+ADAPTER."
        ) from None


def _local(name: str) -> str:
    folder = Path(name).expanduser()
    return str(folder.resolve()) if folder.is_dir() else name


def _card(folder: Path) -> dict[str, Any]:
    file = folder / CARD
    return _read_json(file) if file.is_file() else {}


def _read_json(file: Path) -> dict[str, Any]:
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelDamagedError(f"'{file}' cannot be read ({error}); copy it again.") from None
    return read if isinstance(read, dict) else {}


def _gpu_dtype() -> str:
    import torch

    return "bfloat16" if torch.cuda.is_bf16_supported() else "float16"


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)[:200]
