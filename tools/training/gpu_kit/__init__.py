"""The ten-minute kit: one folder that trains a describer on a GPU without network and without us.

    python -m focalface.tools.training.gpu_kit pack CORPUS KIT
    cd KIT && python -m gpu_kit run --minutes 9                    # there: torch, transformers
    python -m focalface.tools.training.gpu_kit unpack KIT/out MODEL CORPUS

``pack`` writes pictures, samples as token ids, tokenizer, model configuration and a copy of this
package. What runs on the other machine (``run`` and what it imports) therefore imports nothing of
focalface: PyTorch, transformers, NumPy and Pillow are enough. ``unpack`` puts the weights together
into a folder for ``--describer qwen:MODEL`` and scores the answers.
"""
