"""Which faces were found, and where they are. Pure."""

from collections.abc import Sequence

from focalface.agent.basics.phrasing import joined
from focalface.agent.basics.scene import SMALL_GROUP, Scene
from focalface.agent.basics.sentence import Sentence, fixed
from focalface.agent.composing import fixed_replies
from focalface.agent.understanding import Intent


def together(scenes: Sequence[Scene]) -> Sentence:
    """Tell how many faces two pictures show together."""
    count = sum(len(scene.faces) for scene in scenes)
    each = joined(f"{len(scene.faces)} in {scene.name}" for scene in scenes)
    return Sentence(f"I found {count} faces in both pictures together: {each}.")


def places(scene: Scene, face_ids: Sequence[str]) -> list[Sentence]:
    """Tell where faces are in the picture, of several first how many they are."""
    if len(face_ids) > 1:
        placed = ((scene.number(i), scene.where(i).removeprefix("in the ")) for i in face_ids)
        each = joined(f"face {number} ({where})" for number, where in placed)
        return [Sentence(f"{len(face_ids)} faces: {each}.")]
    return [
        Sentence(f"Face {scene.number(i)} is {scene.where(i) or 'the only one'}.") for i in face_ids
    ]


def faces(intent: Intent, scene: Scene) -> list[Sentence]:
    """Tell how many faces there are, and which is which."""
    count = len(scene.faces)
    if "gender" in intent.declined and count:
        many = "1 face" if count == 1 else f"{count} faces"
        return [fixed(f"{fixed_replies.declined('gender')} I found {many}.")]
    if count == 0:
        return [Sentence("I found no face in the picture.")]
    if count == 1:
        return [Sentence("I found 1 face.")]
    if count > SMALL_GROUP:
        return [
            Sentence(f"I found {count} faces; face 1 is the largest, face {count} the smallest."),
            Sentence("Ask about any of them by its number."),
        ]
    order = joined(f"face {scene.number(f.id)}" for f in scene.by_position())
    return [
        Sentence(f"I found {count} faces; face 1 is the largest."),
        Sentence(f"From left to right: {order}."),
    ]
