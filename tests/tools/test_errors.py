import inspect
import re

from focalface.tools import errors
from focalface.tools.errors import FocalFaceError

CLASSES = {
    name: value
    for name, value in vars(errors).items()
    if inspect.isclass(value) and value.__module__ == errors.__name__
}


def drawn_tree() -> dict[str, str | None]:
    """Class -> parent, as the module's docstring draws them."""
    tree: dict[str, str | None] = {}
    path: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        if found := re.match(r"    ([│├└─ ]*)([A-Z]\w+Error)\b", line):
            depth = len(found.group(1)) // 4
            path[depth:] = [found.group(2)]
            tree[found.group(2)] = path[depth - 1] if depth else None
    return tree


def test_the_docstring_draws_every_error_and_no_other() -> None:
    assert drawn_tree().keys() == CLASSES.keys()


def test_the_drawn_parents_are_the_real_ones() -> None:
    for name, parent in drawn_tree().items():
        assert CLASSES[name].__base__ is (CLASSES[parent] if parent else Exception), name


def test_every_error_says_in_one_sentence_what_to_do() -> None:
    for name, error in CLASSES.items():
        doc = inspect.getdoc(error) or ""
        assert "\n" not in doc, name
        assert re.search(r"[;:] ", doc) and doc.endswith("."), name


def test_one_clause_catches_them_all() -> None:
    assert all(issubclass(error, FocalFaceError) for error in CLASSES.values())
