"""Copies the audit by group from the describer's card to the page on responsible use.

    python -m focalface.tools.training.describer.evaluation.audit

The page shows the figures that people need before they use the program, and the card is where
they are measured; run this after the card was written anew.
"""

import argparse
from pathlib import Path

ROOT = Path(__file__).parents[4]
CARD = ROOT / "tools" / "weights" / "describer.md"
PAGE = ROOT / "RESPONSIBLE_USE.md"
BEGIN, END = "<!-- audit by group, from the card -->", "<!-- end of the audit -->"


def table(card: str) -> str:
    """Return the rows of the audit in the card's text."""
    _, _, rest = card.partition("### Audit by group\n")
    lines = rest.split("\n### ")[0].splitlines()
    return "\n".join(line for line in lines if line.startswith("|"))


def with_audit(page: str, card: str) -> str:
    """Return the page with the card's audit between its marks."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table(card)}\n{END}{after}"


def main() -> None:
    """Write the page."""
    argparse.ArgumentParser(description=__doc__.partition("\n")[0]).parse_args()
    page, card = PAGE.read_text(encoding="utf-8"), CARD.read_text(encoding="utf-8")
    PAGE.write_text(with_audit(page, card), encoding="utf-8")


if __name__ == "__main__":
    main()
