"""Many pictures to one JSONL file."""
