"""Where things live on disk: packaged weights, the user's cache, and optional training packs."""

import os
from pathlib import Path

import platformdirs

WEIGHTS = Path(__file__).parent / "weights"


def home() -> Path:
    """The one folder of user state; ``FOCALFACE_HOME`` moves it."""
    chosen = os.environ.get("FOCALFACE_HOME")
    return Path(chosen).expanduser() if chosen else Path(platformdirs.user_data_dir("focalface"))


def shared() -> Path:
    """The folder with training packs and reference models, which need not exist.

    ``FOCALFACE_SHARED`` names it; else a folder ``shared`` beside the repository.
    """
    chosen = os.environ.get("FOCALFACE_SHARED")
    return Path(chosen) if chosen else Path(__file__).resolve().parents[2] / "shared"
