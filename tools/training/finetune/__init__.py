"""Fine-tunes Qwen2.5-VL into a region describer, stage after stage."""
