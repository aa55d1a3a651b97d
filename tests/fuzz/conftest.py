"""How many cases each fuzz test runs: a slice in CI, as many as wanted by ``make fuzz CASES=...``.

The slice is the same on every run; a longer run draws new cases each time.
"""

import os

from hypothesis import HealthCheck, settings

CASES = os.environ.get("FOCALFACE_FUZZ_CASES")

settings.register_profile(
    "focalface",
    max_examples=int(CASES or 40),
    derandomize=CASES is None,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("focalface")
