"""The pictures of a conversation."""

from focalface.agent.planning.turn_context import Picture


class Pictures:
    """Pictures that were opened, and which of them questions are about."""

    def __init__(self) -> None:
        self.current: Picture | None = None
        """The picture that questions are about."""
        self.before: Picture | None = None
        """The one that they were about before."""
        self.opened: list[Picture] = []
        """All of them, in the order in which they were opened."""

    def add(self, picture: Picture) -> None:
        """Add a picture as the last one that was opened."""
        others = [one for one in self.opened if one.image_id != picture.image_id]
        self.opened = [*others, picture]

    def show(self, picture: Picture) -> None:
        """Make an opened picture the current one."""
        if self.current is not None and self.current.image_id != picture.image_id:
            self.before = self.current
        self.current = picture

    def of_face(self, face_id: str) -> Picture | None:
        """Return the picture that shows a face, by its id."""
        return next((p for p in self.opened for f in p.faces if f.id == face_id), None)

    def meant(self, place: int, *, first: bool) -> Picture | None:
        """Return the picture at a place, from 1, else (0) the first one or the one that was shown
        before; None where that is no other one."""
        if 0 < place <= len(self.opened):
            found: Picture | None = self.opened[place - 1]
        else:
            found = self.opened[0] if first and self.opened else self.before
        return None if found == self.current else found
