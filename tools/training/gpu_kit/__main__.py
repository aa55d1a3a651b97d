"""``pack``, ``run`` and ``unpack``; see the package."""

import argparse
from pathlib import Path


def main() -> None:
    """Run one of the three."""
    parser = argparse.ArgumentParser(prog="gpu_kit", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    pack = commands.add_parser("pack", help="write the kit out of a corpus")
    pack.add_argument("corpus", type=Path)
    pack.add_argument("kit", type=Path)
    pack.add_argument("--megabytes", type=float, default=60.0)
    run = commands.add_parser("run", help="train in the kit's folder, on a GPU where there is one")
    run.add_argument("kit", type=Path, nargs="?", default=Path())
    run.add_argument("--minutes", type=float, default=9.0, help="wall time in all")
    run.add_argument("--out", type=Path, default=None, help="default: KIT/out")
    unpack = commands.add_parser("unpack", help="weights of a run -> a folder for the describer")
    unpack.add_argument("out", type=Path)
    unpack.add_argument("model", type=Path)
    unpack.add_argument("corpus", type=Path)
    given = parser.parse_args()
    if given.command == "pack":
        from .pack import pack_kit

        pack_kit(given.corpus, given.kit, given.megabytes)
    elif given.command == "run":
        from .clock import WallClock
        from .run import run_kit

        run_kit(given.kit, given.out or given.kit / "out", WallClock(60 * given.minutes))
    else:
        from .unpack import unpack_run

        unpack_run(given.out, given.model, given.corpus)


if __name__ == "__main__":
    main()
