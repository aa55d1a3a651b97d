"""What everybody is told once, before the first use."""

from focalface.tools import paths

NOTICE = (
    "focalface says what an expression suggests; it cannot know what a person feels. It identifies "
    "nobody, and pictures stay on this machine unless you choose a remote model. Tell people "
    "when you analyse their faces (EU AI Act, Art. 50(3)). Inferring emotions of people at work "
    "or in education is prohibited in the EU (AI Act, Art. 5(1)(f))."
)


def notice(*, acknowledged: bool = False) -> str | None:
    """Return the notice on the first call of a user, None ever after.

    ``acknowledged``: a script says that it is known, so it is not told now either. Where nothing
    can be remembered (a read-only home) it is given every time.
    """
    told = paths.home() / "notice-told"
    if told.exists():
        return None
    try:
        told.parent.mkdir(parents=True, exist_ok=True)
        told.write_text(NOTICE + "\n", encoding="utf-8")
    except OSError:
        pass
    return None if acknowledged else NOTICE
