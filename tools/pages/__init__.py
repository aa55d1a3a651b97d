"""HTML pages of our own: each is one file that loads nothing, from a template on a shared base."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import jinja2

_BASE = Path(__file__).parent


@cache
def template(path: Path) -> "jinja2.Template":
    """Return the template in a file, which may say ``{% extends "base.html" %}``.

    Whatever is filled in is escaped, and a name that is not given is an error.
    """
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([path.parent, _BASE]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(path.name)
