"""The describer that comes with the package: one reading of the face, many regions at once.

One pass of a network over an upright grey crop of the face finds landmarks and pose and reads the
whole face: units by side, what hides it, emotion, age; on the last two an older network is heard as
well. A region reports of the face's units what it shows. What a region alone suggests, its emotion
and age, a third one reads from the region's own pixels of the picture, all regions in one batch.
Readings are kept for a while, so that later questions about a face cost no second pass.
"""

import time
from collections.abc import Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path

from focalface.tools.describers.embedded.alignment import Alignment
from focalface.tools.describers.embedded.fitting import FittedFace, Fitter
from focalface.tools.describers.embedded.networks import Networks
from focalface.tools.describers.embedded.reading import (
    FaceReading,
    ViewOdds,
    eyes_may_differ,
    read_face,
    supported,
)
from focalface.tools.describers.embedded.results import describe_region
from focalface.tools.describers.embedded.suggestions import (
    Part,
    Suggestion,
    suggested_by_face,
    suggested_by_parts,
)
from focalface.tools.describers.embedded.views import averaged, mirrored_halves, unsure
from focalface.tools.describers.language import results
from focalface.tools.errors import DeadlineError
from focalface.tools.face.hiding import HIDDEN, Hiding, hidden_share
from focalface.tools.face.landmarks import NAMES
from focalface.tools.face.regions import BASIC, CUSTOM
from focalface.tools.forking import ForkSafeLock, forget_cached, renew_after_fork
from focalface.tools.geometry import atlas, plane, visible
from focalface.tools.geometry.scope import Scope, scope_of
from focalface.tools.interfaces import Detection, Mesh, Progress
from focalface.tools.paths import WEIGHTS
from focalface.tools.pictures.images import Image
from focalface.tools.types import Box, Face, Keypoints, Point, Region, RegionDescription

WHOLE = 0.85
"""A custom region that covers this share of the face is read as the whole face."""
HELD = 0.75
"""A custom region holds a feature by this share of it on."""
FEATURES = ("left_eye", "right_eye", "mouth")
"""What tells most of an emotion: a wider region is also told by those that it holds."""
FACE_WIDTH = 0.68
"""Of the side of the crop, typically."""
SMALL_FACE = 36.0
"""Width of a face in pixels below which its detail is doubtful (FER2013's are about this size)."""
TURNED = 40.0
"""Yaw or pitch in degrees beyond which training had hardly any faces."""
FRONTAL = 25.0
"""Yaw in degrees up to which half of a face and its mirror image make a face."""
DETECTED = 0.5
"""Score of a detector from which there is a face; a box of the caller's may hold none."""

_NOTHING = Suggestion({}, (0.0, 0.0, 0.0))
"""For regions that suggest neither an emotion nor an age."""


class EmbeddedDescriber:
    """Fits landmarks and describes regions; loads on first use, safe to share between threads.

    Args:
        threads: CPU threads of one pass; 0 leaves the choice to onnxruntime.
        folder: where the three networks are (``networks``).
    """

    def __init__(self, *, threads: int = 0, folder: Path = WEIGHTS) -> None:
        self._threads, self._folder = threads, folder
        self._lock = ForkSafeLock()
        self._fitter = Fitter()
        renew_after_fork(self)

    def renew(self) -> None:
        """Has a forked child load the networks again."""
        forget_cached(self, "_networks")

    @property
    def name(self) -> str:
        """Name and version."""
        return "embedded-4"

    @property
    def device(self) -> str:
        """Where it runs and why."""
        return "cpu (a small network; an accelerator would not make it faster)"

    @property
    def landmark_names(self) -> tuple[str, ...]:
        """Names of the landmarks, in order."""
        return NAMES

    @property
    def supported_aus(self) -> frozenset[str]:
        """Codes whose agreement with coders was good enough on validation faces."""
        return supported(self._networks.reading)

    def fit(self, image: Image, box: Box, keypoints: Keypoints | None) -> Mesh:
        """Return landmarks and pose of the face in ``box``; without keypoints the box alone aligns
        it.

        Raises ``ModelMissingError`` or ``ModelDamagedError`` when the weights cannot be used.
        """
        return self._fitter.fit(self._networks, image, [(box, keypoints)])[0]

    def fit_all(self, image: Image, found: Sequence[Detection]) -> list[Mesh]:
        """Return landmarks and pose of several faces, in order, as :meth:`fit` gives them one by
        one."""
        places = [(one.box, one.keypoints) for one in found]
        return self._fitter.fit(self._networks, image, places)

    def hidden(self, image: Image, face: Face) -> tuple[Hiding, ...]:
        """Return what hides parts of the face."""
        return self._reading(self._fitted(image, face), face).hidings

    def describe(
        self,
        image: Image,
        face: Face,
        regions: Sequence[Region],
        *,
        timeout_s: float | None = None,
        progress: Progress | None = None,
    ) -> list[RegionDescription]:
        """Return one description a region, in input order; all regions share one reading of the
        face.

        Raises ``DeadlineError`` only when ``timeout_s`` is not positive: a call takes milliseconds.
        """
        if timeout_s is not None and timeout_s <= 0:
            raise DeadlineError("There was no time to describe anything; allow more time.")
        if not regions:
            return []
        start = time.perf_counter()
        fitted = self._fitted(image, face)
        reading = self._reading(fitted, face)
        regions = [visible.as_seen(face, region, reading.hidings) for region in regions]
        scopes = [scope_of(face, region, reading.hidings) for region in regions]
        suggested = self._suggestions(image, face, fitted, regions, scopes)
        spent = (time.perf_counter() - start) * 1000 / len(regions)
        made = results.Provenance(self.name, self.device, spent, _face_limits(face, fitted.place))
        out = []
        for i, told in enumerate(zip(regions, scopes, suggested, strict=True)):
            region, scope, suggestion = told
            out.append(describe_region(face, region, scope, reading, suggestion, made))
            if progress:
                progress(i + 1, len(regions))
        return out

    @cached_property
    def _networks(self) -> Networks:
        with self._lock:
            return Networks(self._folder, self._threads)

    def _fitted(self, image: Image, face: Face) -> FittedFace:
        return self._fitter.fitted(self._networks, image, face)

    def _reading(self, fitted: FittedFace, face: Face) -> FaceReading:
        """The reading of a face that was looked at, made once."""
        if fitted.reading is None:
            output, about = fitted.output, self._networks.reading
            odds = output.odds
            if unsure(odds):
                (mirrored,) = self._networks.read_crops([output.crop[:, ::-1]])
                odds = averaged(odds, mirrored.odds)
            views = ViewOdds(odds)
            if abs(float(output.pose[1])) < FRONTAL and eyes_may_differ(about, odds):
                right, left = self._networks.read_crops(mirrored_halves(output.crop))
                views = ViewOdds(odds, left.odds, right.odds)
            fitted.odds = odds
            fitted.reading = read_face(about, views, detected=face.score >= DETECTED)
        return fitted.reading

    def _suggested_by_face(self, fitted: FittedFace) -> Suggestion:
        """Emotion and age of the whole face, made once when they are first asked for."""
        if fitted.suggests is None:
            crop, side = fitted.output.crop, fitted.place.side
            fitted.suggests = suggested_by_face(self._networks, crop, fitted.odds, side)
        return fitted.suggests

    def _suggestions(
        self,
        image: Image,
        face: Face,
        fitted: FittedFace,
        regions: Sequence[Region],
        scopes: Sequence[Scope],
    ) -> list[Suggestion]:
        """What the regions suggest, those that need a look of their own all in one batch."""
        hidings = self._reading(fitted, face).hidings
        covered = [atlas.outline(face, n) for n in BASIC if hidden_share(n, hidings) > HIDDEN]
        found: dict[int, Suggestion] = {}
        own: list[int] = []
        for i, (region, scope) in enumerate(zip(regions, scopes, strict=True)):
            if not (scope.emotion or scope.age):
                continue
            if not covered and _is_whole(face, region):
                found[i] = self._suggested_by_face(fitted)
            else:
                own.append(i)
        hidden = fitted.place.to_crops(covered)
        parts = _parts(face, fitted.place, [(regions[i], scopes[i]) for i in own])
        told = suggested_by_parts(self._networks, image.rgb, fitted.place, parts, hidden)
        found |= zip(own, told, strict=True)
        return [found.get(i, _NOTHING) for i in range(len(regions))]


def _face_limits(face: Face, place: Alignment) -> tuple[str, ...]:
    """Sentences that hold for every region of this face."""
    limits = []
    width = place.side * FACE_WIDTH
    if width < SMALL_FACE:
        limits.append(f"The face is only about {width:.0f} pixels wide, so detail is doubtful.")
    if max(abs(face.pose.yaw), abs(face.pose.pitch)) > TURNED:
        limits.append("The head is turned far from the camera, so this reading is doubtful.")
    return tuple(limits)


def _parts(face: Face, place: Alignment, regions: Sequence[tuple[Region, Scope]]) -> list[Part]:
    """The outlines of regions and of the features that they hold."""
    held = [_features_in(face, region, scope.places) for region, scope in regions]
    shapes: list[Sequence[Point]] = []
    for (region, _), names in zip(regions, held, strict=True):
        shapes += [region.polygon, *(atlas.outline(face, name) for name in names)]
    outlines = iter(place.to_crops(shapes))
    return [
        Part(next(outlines), list(islice(outlines, len(names))), strict=region.name != CUSTOM)
        for (region, _), names in zip(regions, held, strict=True)
    ]


def _features_in(face: Face, region: Region, places: Sequence[str]) -> list[str]:
    """Return the features that a region wider than one of them holds nearly whole, of those that
    can be seen (``places``)."""
    if region.name in BASIC:
        return []
    names = [name for name in FEATURES if name in places]
    if region.name == CUSTOM:
        shares = atlas.overlaps(face, region) if names else {}
        return [name for name in names if shares.get(name, 0.0) >= HELD]
    half = region.side != "both"
    return [name for name in names if not half or name.startswith(region.side)]


def _is_whole(face: Face, region: Region) -> bool:
    """Whether a region is the whole face, or a custom one that covers it."""
    if region.name != CUSTOM:
        return region.name == "face"
    points = plane.sample(atlas.outline(face, "face"))
    return bool(len(points)) and plane.contains(region.polygon, points).mean() >= WHOLE
