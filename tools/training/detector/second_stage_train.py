"""The training loop of the detector's second stage: seeded, resumable.

Cut-outs come fresh from the windows that the first stage is trained on: labelled faces, moved and
resized a little, and whatever the first stage takes for a face there, convincing mistakes more
often.
"""

import copy
from pathlib import Path

import numpy as np
import torch
from insightface.model_zoo import get_model
from torch.nn import functional
from tqdm import tqdm

from focalface.tools import paths
from focalface.tools.detection.second_stage import cut_out, pixels
from focalface.tools.detection.views import FLOOR, Floats, overlaps
from focalface.tools.interfaces import Rgb
from focalface.tools.training.detector.augment import Window, WindowMaker
from focalface.tools.training.detector.data import DetectionPack
from focalface.tools.training.detector.second_stage_model import FaceOrNot
from focalface.tools.training.detector.train import Plan, State, optimiser, schedule

WINDOWS = 12  # a step
SMALLEST = 14.0  # pixels of the longer side; smaller faces are not asked for by anybody
NO_FACE, SAME_FACE = 0.3, 0.5  # overlap with a labelled face, up to and from
SOFT = 0.02  # labels are 0.02 and 0.98: the teachers err, too


class Mistakes:
    """Cut-outs of faces and of what the first stage takes for them, from the training side."""

    def __init__(self, pack: DetectionPack, side: int) -> None:
        self._maker, self._side = WindowMaker(pack, side), side
        self._first = get_model(
            str(paths.WEIGHTS / "detector.onnx"), providers=["CPUExecutionProvider"]
        )

    def draw(self, rng: np.random.Generator, most: int) -> tuple[Rgb, Floats]:
        """Draw cut-outs (n, 48, 48, 3), and whether each is a face; ``most``: of either kind."""
        faces: list[Rgb] = []
        others: list[Rgb] = []
        convincing: list[float] = []
        for _ in range(WINDOWS):
            window = self._maker.draw(rng)
            large = np.ptp(window.boxes.reshape(-1, 2, 2), axis=1).max(1) >= SMALLEST
            labelled = window.boxes[large & ~window.ignore].astype(np.float64)
            faces += [cut_out(window.pixels, _moved(box, rng)) for box in labelled]
            for box, score, overlap in self._found(window):
                if overlap >= SAME_FACE:
                    faces.append(cut_out(window.pixels, box))
                elif overlap <= NO_FACE:
                    others.append(cut_out(window.pixels, box))
                    convincing.append(score)
        # The k largest of u^(1/w) are k draws without replacement by the weights w (Efraimidis and
        # Spirakis 2006).
        drawn = rng.random(len(others)) ** (1 / np.array(convincing).clip(FLOOR, 0.6))
        mistaken = np.argsort(-drawn)[:most]
        which = rng.permutation(len(faces))[:most]
        crops = [*(faces[i] for i in which), *(others[i] for i in mistaken)]
        return np.stack(crops), (np.arange(len(crops)) < len(which)).astype(np.float64)

    def _found(self, window: Window) -> list[tuple[Floats, float, float]]:
        """Return what the first stage finds: box, score, overlap with the nearest face; none in
        doubt."""
        bgr = np.ascontiguousarray(window.pixels[..., ::-1])
        rows, _ = self._first.detect(bgr, input_size=(self._side, self._side), det_thresh=FLOOR)
        found = []
        labelled = window.boxes.astype(np.float64)
        for row in rows.astype(np.float64):
            if np.ptp(row[:4].reshape(2, 2), axis=0).max() < SMALLEST:
                continue
            same, inside = overlaps(row[:4], labelled)
            if not inside[window.ignore].max(initial=0) >= SAME_FACE:
                found.append((row[:4], row[4], same.max(initial=0)))
        return found


def _moved(box: Floats, rng: np.random.Generator) -> Floats:
    """Return a box as a detector might have drawn it."""
    side = box[2:] - box[:2]
    middle = (box[:2] + box[2:]) / 2 + side * rng.uniform(-0.06, 0.06, 2)
    half = side / 2 * np.exp(rng.uniform(-0.12, 0.12, 2))
    return np.concatenate([middle - half, middle + half])


def train(pack: DetectionPack, plan: Plan, checkpoint: Path, start: Path | None = None) -> None:
    """Train until ``plan.steps``; goes on from ``checkpoint`` when it exists.

    ``start``: an earlier run, whose averaged weights a new one begins from.
    """
    torch.manual_seed(plan.seed)
    model = (load_average(start) if start else FaceOrNot()).to(plan.device)
    state = State(model, copy.deepcopy(model), optimiser(model, plan.rate), 0)
    if checkpoint.exists():
        state.restore(checkpoint)
    source = Mistakes(pack, plan.side)
    shown = 0.0
    bar = tqdm(range(state.step, plan.steps), initial=state.step, total=plan.steps, mininterval=5)
    for step in bar:
        crops, faces = source.draw(np.random.default_rng((plan.seed, step)), plan.batch // 2)
        labels = torch.from_numpy(faces).float().to(plan.device).clamp(SOFT, 1 - SOFT)
        for group in state.optimiser.param_groups:
            group["lr"] = plan.rate * schedule(step, plan.steps)
        logits = model.train()(torch.from_numpy(pixels(crops)).to(plan.device))
        loss = functional.binary_cross_entropy_with_logits(logits, labels)
        state.update(loss)
        shown = 0.99 * shown + 0.01 * loss.item() if shown else loss.item()
        bar.set_postfix(loss=f"{shown:.3f}", refresh=False)
        if state.step % plan.checkpoint_every == 0 or state.step == plan.steps:
            state.save(checkpoint)


def load_average(path: Path) -> FaceOrNot:
    """Return the averaged weights of a checkpoint, in evaluation mode on the CPU."""
    model = FaceOrNot()
    model.load_state_dict(torch.load(path, weights_only=True, map_location="cpu")["average"])
    return model.eval()
