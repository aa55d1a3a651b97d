"""Own user folder and import path for the tests of the evaluation."""

import gc
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Inspect leaves in-memory streams to the garbage collector, which warns of each."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("ignore:Unclosed <Memory:ResourceWarning"))


@pytest.fixture(scope="module", autouse=True)
def _collect_streams():
    """Within the last test of a file, so that no warning falls into a test of somebody else."""
    yield
    gc.collect()


@pytest.fixture(scope="session", autouse=True)
def _user_folder(tmp_path_factory: pytest.TempPathFactory):
    """Caches of the suites go to a folder of the test run; ``parrots`` can be imported."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOCALFACE_HOME", str(tmp_path_factory.mktemp("home")))
        patch.syspath_prepend(str(HERE))
        yield
