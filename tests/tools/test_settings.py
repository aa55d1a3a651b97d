import os
from pathlib import Path

import pydantic
import pytest

from focalface.tools.settings import Settings


def test_the_defaults_need_nothing_and_allow_every_folder() -> None:
    settings = Settings()
    assert (settings.detector, settings.describer, settings.folders) == ("embedded", "embedded", ())
    assert settings.offline is False


def test_the_environment_sets_every_kind_of_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOCALFACE_DESCRIBER", "qwen:folder")
    monkeypatch.setenv("FOCALFACE_OFFLINE", "1")
    monkeypatch.setenv("FOCALFACE_MAX_PIXELS", "1000")
    monkeypatch.setenv("FOCALFACE_FOLDERS", os.pathsep.join(["/one", "/two words"]))
    settings = Settings()
    assert settings.describer == "qwen:folder"
    assert settings.offline is True
    assert settings.image_limits.max_pixels == 1000
    assert settings.folders == (Path("/one"), Path("/two words"))


@pytest.mark.parametrize(
    ("name", "value"), [("THREADS", "-1"), ("MAX_BYTES", "0"), ("HANDLE_MINUTES", "soon")]
)
def test_a_bad_value_is_refused(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"FOCALFACE_{name}", value)
    with pytest.raises(pydantic.ValidationError, match=name.lower()):
        Settings()


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(pydantic.ValidationError, match="frozen"):
        Settings().threads = 2  # type: ignore[misc]
