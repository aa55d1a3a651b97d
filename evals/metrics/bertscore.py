"""BERTScore (Zhang et al., ICLR 2020) with a language model from a local folder; optional.

Nothing is fetched: the folder is the user's. The package ``bert-score`` is not used: its last
release is of 2023, and it needs pandas and matplotlib for what is one matrix product. As there,
start and end tokens may be matched but do not count, and there is no idf weighting; values are not
rescaled by a baseline. Published values are those of one model and layer, so name both with them.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from focalface.evals.metrics.statistics import Floats
from focalface.tools.errors import ModelMissingError, UsageError

LAYERS = {("bert", 12): 9, ("bert", 24): 18, ("roberta", 12): 10, ("roberta", 24): 17}
"""(architecture, layers) -> the layer that the paper's authors chose in their package."""
LONGEST = 512


def f1(
    said: Floats, reference: Floats, said_counts: NDArray[Any], reference_counts: NDArray[Any]
) -> float:
    """Match two texts' token vectors (tokens, width) greedily; counts: which tokens weigh.

    The harmonic mean of how well each token of one text is matched by its nearest in the other.
    """
    if not said_counts.any() or not reference_counts.any():
        return 0.0
    units = [v / np.linalg.norm(v, axis=1, keepdims=True) for v in (said, reference)]
    likeness = units[0] @ units[1].T
    precision = likeness.max(axis=1)[said_counts].mean()
    recall = likeness.max(axis=0)[reference_counts].mean()
    both = precision + recall
    return float(2 * precision * recall / both) if both else 0.0


class BertScore:
    """The metric with one model; ``source`` is ``FOLDER`` or ``FOLDER@LAYER``.

    Raises ``UsageError`` when the folder or its layer cannot be used, and ``ModelMissingError``
    when the packages are not installed.
    """

    def __init__(self, source: str) -> None:
        folder, mark, layer = source.rpartition("@")
        if not mark or not layer.isdigit():
            folder, layer = source, ""
        root = Path(folder).expanduser()
        if not (root / "config.json").is_file():
            raise UsageError(
                f"'{folder}' holds no language model for BERTScore; give a folder with its "
                "config.json, weights and tokenizer, such as a copy of roberta-large."
            )
        try:
            from transformers import AutoModel, AutoTokenizer
        except ModuleNotFoundError as error:
            raise ModelMissingError(
                f"BERTScore needs the package '{error.name}'; "
                "install it with: pip install 'focalface[qwen]'."
            ) from None
        try:
            self._tokens = AutoTokenizer.from_pretrained(root, local_files_only=True)
            self._model = AutoModel.from_pretrained(root, local_files_only=True).eval()
        except (OSError, ValueError) as error:
            line = str(error).partition("\n")[0]
            raise UsageError(f"The model in '{folder}' cannot be loaded: {line}") from error
        self._layer = int(layer) if layer else self._usual()
        if not 0 < self._layer <= self._model.config.num_hidden_layers:
            raise UsageError(f"'{folder}' has no layer {self._layer}; write FOLDER@LAYER.")
        self.name = f"{root.resolve().name}, layer {self._layer}"

    def score(self, said: str, references: Sequence[str]) -> float:
        """Return F1 of a text against the reference that it is nearest to."""
        vectors, counts = self._vectors(said)
        others = [self._vectors(reference) for reference in references]
        return max(f1(vectors, theirs, counts, their) for theirs, their in others)

    def _usual(self) -> int:
        config = self._model.config
        kind = (config.model_type, config.num_hidden_layers)
        if kind not in LAYERS:
            raise UsageError(
                f"Which layer of a {kind[0]} model of {kind[1]} layers is to be compared is not "
                "known; write FOLDER@LAYER."
            )
        return LAYERS[kind]

    def _vectors(self, text: str) -> tuple[Floats, NDArray[Any]]:
        """Token vectors of the layer, and which tokens count."""
        import torch

        longest = min(self._tokens.model_max_length, LONGEST)
        read = self._tokens(text.strip(), truncation=True, max_length=longest, return_tensors="pt")
        with torch.inference_mode():
            seen = self._model(**read, output_hidden_states=True)
        ids = read["input_ids"][0].numpy()
        ends = [self._tokens.cls_token_id, self._tokens.sep_token_id]
        return seen.hidden_states[self._layer][0].double().numpy(), ~np.isin(ids, ends)


@cache
def load(source: str) -> BertScore:
    """Return the metric of a source, loaded once."""
    return BertScore(source)
