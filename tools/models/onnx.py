"""How this project opens ONNX models on the CPU. onnxruntime is imported on the first call."""

from pathlib import Path
from typing import TYPE_CHECKING

from focalface.tools.errors import ModelDamagedError, ModelMissingError
from focalface.tools.models import catalog

if TYPE_CHECKING:
    from onnxruntime import InferenceSession, SessionOptions


def options(threads: int) -> "SessionOptions":
    """Return settings of a session; ``threads``: for one call, 0 leaves the choice to
    onnxruntime."""
    import onnxruntime

    # Whoever imported it before us may have left its collector on.
    onnxruntime.disable_telemetry_events()
    chosen = onnxruntime.SessionOptions()
    chosen.intra_op_num_threads = threads
    chosen.log_severity_level = 3
    # Idle threads of one session would spin on the cores that the next one needs: half the speed.
    chosen.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return chosen


def open_packaged(path: Path, threads: int) -> "InferenceSession":
    """Return one of the embedded models, ready to run, once its hash is the one that was published.

    Raises ``ModelMissingError`` or ``ModelDamagedError``.
    """
    import onnxruntime

    if not path.is_file():
        raise ModelMissingError(
            f"The embedded model '{path}' is missing; install the package focalface again."
        )
    data = catalog.read_vouched(path)
    try:
        return onnxruntime.InferenceSession(
            path if data is None else data, options(threads), providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # noqa: BLE001 - onnxruntime's own errors share no other base
        raise ModelDamagedError(
            f"The embedded model '{path}' cannot be loaded ({type(error).__name__}); "
            "install the package focalface again."
        ) from None
