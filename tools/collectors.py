"""Switches off what libraries below us would collect about their users; nothing is sent anywhere.

The wheels of onnxruntime carry a collector that writes a device id under the user's cache folder
and reports to its maker; it is decided when the module is first imported. The other names are those
of optional packages, and the common one.
"""

import os

_OFF = {
    "ORT_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "RAY_USAGE_STATS_ENABLED": "0",
    "DO_NOT_TRACK": "1",
}


def switch_off() -> None:
    """Set the variables for this process and its children, whatever they were."""
    os.environ.update(_OFF)
