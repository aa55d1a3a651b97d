"""A crop and its mirror image, read as one."""

import torch
from torch import Tensor

from focalface.tools.face.landmarks import MIRROR
from focalface.tools.training.describer.codes import CATEGORIES, MIRRORED_GAZE
from focalface.tools.training.describer.reading.model import POSE_UNIT, ReadingNet, Readings


def averaged_views(net: ReadingNet, x: Tensor) -> Readings:
    """What is read of normalised crops (N, 1, S, S) and of their mirror images, as a mean:
    probabilities, landmarks, pose in degrees.

    A unit of the whole face is the mean of what the whole and both halves say.
    """
    both = net(torch.cat([x, x.flip(-1)]))
    count = x.shape[0]  # not len(x): an export would fix it
    one, other = _rows(both, slice(0, count)), _rows(both, slice(count, None))
    gaze = other.categories["gaze"][:, list(MIRRORED_GAZE)]
    mirrored = other.categories | {"gaze": gaze}
    sides = torch.sigmoid((one.sides + other.sides.flip(1)) / 2)
    back = torch.tensor([-1.0, 1.0])  # x of a mirrored crop runs the other way
    landmarks = other.landmarks[:, list(MIRROR)] * back + torch.tensor([1.0, 0.0])
    return Readings(
        (one.landmarks + landmarks) / 2,
        (one.pose + other.pose * torch.tensor([1.0, -1.0, -1.0])) / 2 * POSE_UNIT,
        torch.sigmoid((one.lids + other.lids.flip(1)) / 2),
        (torch.sigmoid((one.units + other.units) / 2) + sides.mean(1)) / 2,
        sides,
        torch.softmax((one.emotion + other.emotion) / 2, -1),
        torch.softmax((one.age + other.age) / 2, -1),
        {
            name: torch.softmax((one.categories[name] + mirrored[name]) / 2, -1)
            for name in CATEGORIES
        },
    )


def _rows(both: Readings, at: slice) -> Readings:
    units, sides, emotion, age, categories = both
    cut = {name: logits[at] for name, logits in categories.items()}
    return Readings(units[at], sides[at], emotion[at], age[at], cut)
