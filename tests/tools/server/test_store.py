import threading

import made_up
import PIL.Image
import pytest

from focalface.tools.errors import UnknownHandleError
from focalface.tools.pictures.images import Image, open_image
from focalface.tools.server.store import MAX_REGIONS, HandleStore
from focalface.tools.types import Face, Region


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def picture(shade: int, side: int = 4) -> Image:
    return open_image(PIL.Image.new("L", (side, side), shade))


def face(image: Image, name: str, side: float = 4) -> Face:
    return made_up.face(name, image_id=image.id, box=made_up.box(0, 0, side, side))


def region(owner: Face, name: str) -> Region:
    return made_up.region("mouth", id=name, face_id=owner.id)


def test_what_was_put_in_comes_out() -> None:
    store, image = HandleStore(), picture(1)
    small, large = face(image, "small", 2), face(image, "large", 4)
    store.add_image(image)
    store.list_faces(image.id, (large, small))
    store.add_regions(small, [region(small, "r1")])
    assert store.image(image.id) is image
    assert store.face(image.id, "small") == small
    assert store.region(image.id, "r1").face_id == "small"
    assert store.listed(image.id) == (large, small)


def test_an_unknown_handle_says_which_tool_to_call() -> None:
    store, image = HandleStore(), picture(1)
    store.add_image(image)
    with pytest.raises(UnknownHandleError, match="call detect_faces with the picture's path"):
        store.image("img_0")
    with pytest.raises(UnknownHandleError, match="call detect_faces with that image_id"):
        store.face(image.id, "face_0")
    with pytest.raises(UnknownHandleError, match="call propose_regions"):
        store.region(image.id, "region_0")


def test_a_picture_is_forgotten_with_its_faces_after_its_lifetime() -> None:
    clock = Clock()
    store, image = HandleStore(minutes=10, clock=clock), picture(1)
    store.add_image(image)
    store.list_faces(image.id, (face(image, "f"),))
    clock.now = 601
    with pytest.raises(UnknownHandleError, match="10 minutes"):
        store.face(image.id, "f")
    store.add_image(image)
    assert store.listed(image.id) is None


def test_every_use_renews_the_lifetime() -> None:
    clock = Clock()
    store, image = HandleStore(minutes=10, clock=clock), picture(1)
    store.add_image(image)
    for clock.now in (500, 1000, 1500):
        assert store.image(image.id) is image


def test_the_picture_used_least_recently_makes_room() -> None:
    store = HandleStore(max_images=2)
    first, second, third = picture(1), picture(2), picture(3)
    store.add_image(first)
    store.add_image(second)
    store.image(first.id)
    store.add_image(third)
    assert store.image(first.id) and store.image(third.id)
    with pytest.raises(UnknownHandleError):
        store.image(second.id)


def test_large_pictures_make_room_by_their_bytes_but_one_is_always_kept() -> None:
    store = HandleStore(max_bytes=4 * 4 * 3)
    small, large = picture(1), picture(2, side=100)
    store.add_image(small)
    store.add_image(large)
    assert store.image(large.id) is large
    with pytest.raises(UnknownHandleError):
        store.image(small.id)


def test_opening_a_picture_again_keeps_its_faces() -> None:
    store, image = HandleStore(), picture(1)
    store.add_image(image)
    store.list_faces(image.id, (face(image, "f"),))
    store.add_image(image)
    assert [f.id for f in store.listed(image.id) or ()] == ["f"]


def test_regions_are_bounded_and_the_oldest_goes_first() -> None:
    store, image = HandleStore(), picture(1)
    owner = face(image, "f")
    store.add_image(image)
    store.add_regions(owner, [region(owner, f"r{n}") for n in range(MAX_REGIONS + 1)])
    assert store.region(image.id, f"r{MAX_REGIONS}")
    with pytest.raises(UnknownHandleError):
        store.region(image.id, "r0")


def test_many_threads_leave_the_store_within_its_bounds() -> None:
    store = HandleStore(max_images=3)
    pictures = [picture(shade) for shade in range(40)]

    def work(mine: list[Image]) -> None:
        for image in mine:
            store.add_image(image)
            store.list_faces(image.id, (face(image, "f"),))

    threads = [threading.Thread(target=work, args=(pictures[n::4],)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    alive = 0
    for image in pictures:
        try:
            store.image(image.id)
        except UnknownHandleError:
            continue
        alive += 1
    assert alive == 3
