"""The page on responsible use has the figures by group that the card has."""

from focalface.tools.training.describer.evaluation import audit


def test_the_page_shows_the_table_of_the_card():
    page = audit.PAGE.read_text(encoding="utf-8")
    shown = audit.table(audit.CARD.read_text(encoding="utf-8"))
    assert shown.count("\n") > 10
    assert shown in page, f"run 'python -m {audit.__name__}'"


def test_the_table_of_a_new_card_replaces_the_old_one_and_nothing_else():
    page = audit.PAGE.read_text(encoding="utf-8")
    changed = audit.with_audit(
        page, "### Audit by group\nProse.\n\n| a |\n| - |\n\n### Speed\n| b |"
    )
    head, _, rest = changed.partition(audit.BEGIN)
    inside, _, tail = rest.partition(audit.END)
    assert inside == "\n| a |\n| - |\n"
    assert page.startswith(head) and page.endswith(tail)
