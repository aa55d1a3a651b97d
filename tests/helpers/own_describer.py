"""A describer as somebody outside the project writes it: it says how large each region is."""

from collections.abc import Sequence

from focalface.tools.pictures.images import Image
from focalface.tools.types import Face, Region, RegionDescription


class Ruler:
    name = "ruler-1"
    device = "cpu (arithmetic)"
    supported_aus: frozenset[str] = frozenset()

    def describe(
        self, image: Image, face: Face, regions: Sequence[Region], **_: object
    ) -> list[RegionDescription]:
        return [
            RegionDescription(
                region=region,
                text=f"It is {region.box.x2 - region.box.x1:.0f} pixels wide.",
                action_units=(),
                not_assessed=(),
                emotion=None,
                age=None,
                limits=(),
                describer=self.name,
                device=self.device,
                milliseconds=0.0,
            )
            for region in regions
        ]


make = Ruler
