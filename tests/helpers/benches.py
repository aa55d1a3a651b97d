"""The workbench that tests share, so that its models load once."""

from focalface.tools.settings import Settings
from focalface.tools.workbench import Workbench

BENCH = Workbench(Settings(threads=1))
