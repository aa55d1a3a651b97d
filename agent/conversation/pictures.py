"""The pictures of a conversation."""

from focalface.agent.planning.turn_context import Picture


class Pictures:
    """Pictures that were opened, and which of them questions are about."""

    def __init__(self) -> None:
        self.current: Picture | None = None
        """The picture that questions are about."""
        self.before: Picture | None = None
        """The one that they were about before."""
        self._opened: list[Picture] = []

    def add(self, picture: Picture) -> None:
        """Add a picture as the last one that was opened."""
        others = [one for one in self._opened if one.image_id != picture.image_id]
        self._opened = [*others, picture]

    def show(self, picture: Picture) -> None:
        """Make an opened picture the current one."""
        if self.current is not None and self.current.image_id != picture.image_id:
            self.before = self.current
        self.current = picture

    def earlier(self, *, first: bool) -> Picture | None:
        """Return the first or the last of the other pictures, None where there is no other."""
        others = [one for one in self._opened if one != self.current]
        if not others:
            return None
        return others[0] if first else others[-1]
