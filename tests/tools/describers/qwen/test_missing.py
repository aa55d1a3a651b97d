"""Without the extra 'qwen' its describer and fine-tuning say what to install, and nothing else."""

import sys

import pytest
import typer
from typer.testing import CliRunner

import focalface.tools.training
from focalface.agent.cli.commands import finetune
from focalface.tools.describers.qwen.describer import QwenDescriber
from focalface.tools.errors import ModelMissingError


@pytest.fixture(autouse=True)
def without_torch(monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    for name in [n for n in sys.modules if n.startswith("focalface.tools.training.finetune")]:
        monkeypatch.delitem(sys.modules, name)
    # "from package import module" takes the package's attribute where there is one.
    monkeypatch.delattr(focalface.tools.training, "finetune", raising=False)


def test_the_describer_names_the_extra_before_any_picture_is_opened():
    with pytest.raises(ModelMissingError, match=r"'torch'.*focalface\[qwen\]"):
        QwenDescriber()


@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_fine_tuning_names_the_extra(tmp_path, options):
    app = typer.Typer()
    finetune.register(app)
    found = CliRunner().invoke(app, [str(tmp_path), "--out", str(tmp_path / "o"), *options])
    assert isinstance(found.exception, ModelMissingError)
    assert "focalface[qwen]" in str(found.exception)
