"""A tiny Qwen2.5-VL with random weights, as a model folder on disk."""

from pathlib import Path

import pytest

from focalface.tools.types import EMOTIONS

WORDS = (
    "The lip corners are pulled up and the cheeks are raised.",
    "The inner brows are raised, the lids are tightened, the lips are parted.",
)


@pytest.fixture(scope="session")
def nano_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Weights are drawn wide, so that answers differ between regions although nothing is learnt."""
    torch = pytest.importorskip("torch")
    pytest.importorskip("transformers")
    from focalface.tools.describers.language import focal
    from focalface.tools.training.finetune import nano

    texts = [focal.system_text(), focal.task_text(focal.Sizes(112, 56)), *WORDS]
    tokens = nano.tokenizer(texts, 700, fixed=EMOTIONS)
    model = nano.model(tokens, width=64, layers=2)
    with torch.no_grad():
        for weight in model.model.language_model.layers.parameters():
            if weight.dim() == 2:
                weight.normal_(std=0.3, generator=torch.Generator().manual_seed(weight.numel()))
    folder = tmp_path_factory.mktemp("nano")
    model.save_pretrained(folder)
    tokens.save_pretrained(folder)
    nano.image_processor().save_pretrained(folder)
    (folder / "focalface.json").write_text(
        '{"sizes": {"face": 112, "crop": 56}, "units": ["AU1", "AU2", "AU4", "AU12", "AU25"], '
        '"licence": "made for a test"}',
        encoding="utf-8",
    )
    return folder
