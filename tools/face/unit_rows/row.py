"""What is known of one action unit in one place: muscles, where and how it shows, its words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

LIPS = r"(?:lips?|mouth)"
BROW = r"(?:eye ?)?brows?"
CORNER = r"(?:lip |mouth )?corners?(?: of the (?:mouth|lips?))?"
UP = r"(?:rais\w+|lift\w+|arch\w+|elevat\w+|pulled up|drawn up)"
DOWN = r"(?:lower\w*|drawn down|pulled down|furrow\w+|knit\w*|frown\w*)"
ARE = r"(?: \w+){0,3}? "
"""What stands between a part and what it does."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Facts about one action unit; regions are atlas names without their side."""

    number: int
    name: str
    muscles: tuple[str, ...]
    sided: bool
    """Whether each side of the face can act alone."""
    plain: str
    """Everyday words for the movement."""
    noun: str
    """The movement as a noun, for lists such as "not assessed: nose wrinkling"."""
    seen: Mapping[str, str]
    """Region, the primary one first -> what it looks like there, in one of three forms:

    - ``inner brow: raised, lifted``: the left inner brow is clearly raised
    - ``the @eye | narrowed``: the left eye is clearly narrowed (lid tightening)
    - ``lifts the upper lip``: nose wrinkling clearly lifts the upper lip

    The second names its cause after what is seen; the third is for what would read as another
    unit. ``@`` is the side of the region; a noun after ``=`` has no sides of its own."""
    moves: tuple[str, ...]
    """What a question says that asks for it, in base forms: in one clause, in any order, a word of
    each set. ``" + "`` joins sets, ``|`` the words of a set; ``drop~`` is any form of a word,
    ``squint*`` any word that begins so, ``{UP}`` a class of ``question.vocabulary``."""
    told: tuple[str, ...]
    """Regular expressions, lower case, for what a model's answer says of it."""
    anatomy: str = ""
    """Muscles as a question calls them, in base forms; ``_`` is a blank."""
    sought: tuple[str, ...] = ()
    """Where it is looked for, if not in its primary region alone (our economy: the mouth holds
    both lip corners)."""
    also: tuple[str, ...] = field(default=())
    """Further regions where it shows, by their own rows."""

    @property
    def code(self) -> str:
        """The code, such as ``AU12``."""
        return f"AU{self.number}"

    @property
    def regions(self) -> tuple[str, ...]:
        """Where it can be seen, primary region first."""
        return (*self.seen, *self.also)

    @property
    def primary(self) -> str:
        """The region where the unit is judged best."""
        return next(iter(self.seen))
