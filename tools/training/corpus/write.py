"""The finished corpus: one JSONL a split, Parquet with the pictures in it, counts, a data card."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from focalface.tools.describers.language import focal
from focalface.tools.errors import ModelMissingError
from focalface.tools.training.corpus import annotator
from focalface.tools.training.corpus.faces import Options
from focalface.tools.training.corpus.variety import Variety

SPLITS = ("train", "validation", "test")
ROWS_A_SHARD = 2000
_TEXTS = {"describe": "by rule", "written": "by who looked"}
"""Task -> who wrote its texts."""


def finish(out: Path, parts: list[Path], options: Options) -> dict[str, Any]:
    """Join the parts, in order, and return the counts."""
    files = {split: (out / f"{split}.jsonl").open("w", encoding="utf-8") for split in SPLITS}
    counts = _Counts()
    try:
        for part in parts:
            for sample in _samples(part, counts):
                split = sample.pop("split")
                counts.add(split, sample)
                files[split].write(json.dumps(sample, ensure_ascii=False) + "\n")
    finally:
        for file in files.values():
            file.close()
    found = counts.summary()
    if options.annotator is not None:
        found["annotator"] = {"model": options.annotator, **annotator.totals(out / "annotations")}
    (out / "counts.json").write_text(json.dumps(found, indent=2), encoding="utf-8")
    (out / "README.md").write_text(_card(found, options), encoding="utf-8")
    return found


def parquet(out: Path) -> list[Path]:
    """Write ``parquet/SPLIT-00000.parquet``: pictures inside, messages as JSON text.

    ``datasets.load_dataset("parquet", data_files=...)`` reads them with decoded pictures. Needs
    the extra ``data``.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise ModelMissingError(
            "Parquet needs the package 'pyarrow'; install it with: pip install 'focalface[data]'."
        ) from None

    picture = pa.struct([("bytes", pa.binary()), ("path", pa.string())])
    text = ("id", "task", "source", "messages", "truth")
    schema = pa.schema(
        [(name, pa.string()) for name in text]
        + [("size", pa.float32()), ("images", pa.list_(picture))]
    ).with_metadata({"huggingface": json.dumps({"info": {"features": _features()}})})
    made = []
    (out / "parquet").mkdir(exist_ok=True)
    for split in SPLITS:
        for number, rows in enumerate(_shards(out / f"{split}.jsonl")):
            table = pa.Table.from_pylist([_row(out, row) for row in rows], schema=schema)
            made.append(out / "parquet" / f"{split}-{number:05d}.parquet")
            pq.write_table(table, made[-1], compression="zstd")
    return made


class _Counts:
    """Counts per split: samples by task and source, labels by class and region."""

    def __init__(self) -> None:
        self.records = self.faces = self.skipped = 0
        self._texts = {name: Variety() for name in _TEXTS.values()}
        self._by: dict[str, dict[str, Counter[str]]] = {}

    def add(self, split: str, sample: dict[str, Any]) -> None:
        by = self._by.setdefault(split, {})

        def count(group: str, name: str) -> None:
            by.setdefault(group, Counter())[name] += 1

        count("task", sample["task"])
        count("source", sample["source"])
        count("units labelled by", sample["labelled_by"])
        if (name := _TEXTS.get(sample["task"])) is not None:
            (truth,) = sample["truth"]
            self._texts[name].add(truth["text"], truth)
        for truth in sample["truth"]:
            count("region", truth["region"])
            if sample["task"] in ("attributes", "recognise"):
                count("emotion", truth["emotion"] or "none")
                count("age group", truth["age_group"] or "none")
                for code in {key.split()[0] for key in truth["units"]}:
                    count("unit present", code)
                for code in truth["absent"]:
                    count("unit absent", code)

    def summary(self) -> dict[str, Any]:
        return {
            "records": self.records,
            "faces": self.faces,
            "skipped": self.skipped,
            "texts": {name: v.summary() for name, v in self._texts.items() if v.texts},
            "splits": {
                split: {group: dict(sorted(c.items())) for group, c in sorted(by.items())}
                for split, by in self._by.items()
            },
        }


def _samples(part: Path, counts: _Counts) -> Iterator[dict[str, Any]]:
    with part.open(encoding="utf-8") as file:
        head = json.loads(next(file))
        counts.records += head["records"]
        counts.faces += head["faces"]
        counts.skipped += len(head["skipped"])
        for line in file:
            yield json.loads(line)


def _shards(file: Path) -> Iterator[list[dict[str, Any]]]:
    rows: list[dict[str, Any]] = []
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            rows.append(json.loads(line))
            if len(rows) == ROWS_A_SHARD:
                yield rows
                rows = []
    if rows:
        yield rows


def _row(out: Path, sample: dict[str, Any]) -> dict[str, Any]:
    images = [{"bytes": (out / path).read_bytes(), "path": path} for path in sample["images"]]
    return {
        "id": sample["id"],
        "task": sample["task"],
        "source": sample["source"],
        "messages": json.dumps(sample["messages"], ensure_ascii=False),
        "truth": json.dumps(sample["truth"], ensure_ascii=False),
        "size": sample["size"],
        "images": images,
    }


def _features() -> dict[str, Any]:
    """Return what ``datasets`` needs to know in order to decode the pictures."""
    text = {"dtype": "string", "_type": "Value"}
    return {
        "id": text,
        "task": text,
        "source": text,
        "messages": text,
        "truth": text,
        "size": {"dtype": "float32", "_type": "Value"},
        "images": {"feature": {"_type": "Image"}, "_type": "List"},
    }


def _card(found: dict[str, Any], options: Options) -> str:
    lines = [
        "# A corpus of face regions",
        "",
        f"Made by `focalface data build` (seed {options.seed}). {found['faces']} faces out of "
        f"{found['records']} records; {found['skipped']} records were left out, each with its "
        "reason in `skipped.jsonl` (rows that the readers could not read are there as well).",
        "",
        "The design follows the idea of MFRF (arXiv 2601.00156), which is not public; sources, "
        "sampling, restriction of labels to regions, texts and forms are choices of this project.",
        "",
        f"- pictures: square face crops of {options.sizes.face} pixels, region crops of "
        f"{options.sizes.crop} pixels; boxes in pixels of the face crop",
        f"- regions a face: the whole face and {options.regions} more (atlas names, boxes of "
        "every size, boxes on or beyond the border of the face)",
        f"- texts: {options.annotator or 'put together by rule out of the labels'}, and those "
        "that somebody wrote who looked at the region, where they contradict no label",
        f"- prompts: {', '.join(focal.prompt_ids())}",
        "- splits: the sources' own, even where a subject is on both sides"
        if options.own_splits
        else "- splits: by subject where the source names them, else the source's own, else by row",
        "- units, emotion and age without a label are left open; a null that stands for a missing "
        "label is listed under `untrained` and gets no loss",
        "",
        "The rights to the pictures are those of their sources: check them before you pass this "
        "corpus on. Units of sources named `pack-...` were coded by a vision-language model with a "
        "manual, not by certified FACS coders; those marked `silver` are the embedded describer's.",
        "",
        "| texts | count | different | words | different words | pairs | units found again |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *(
            f"| {name} | " + " | ".join(str(value) for value in measured.values()) + " |"
            for name, measured in found["texts"].items()
        ),
        "",
    ]
    if extra := found.get("annotator"):
        lines += [
            f"Annotator {extra['model']}: {extra['used']} texts used, {extra['mismatch']} dropped "
            f"for contradicting the labels, {extra['refused']} refused, {extra['tokens']} tokens.",
            "",
        ]
    for split, groups in found["splits"].items():
        lines += [f"## {split}", ""]
        for group, counter in groups.items():
            lines += [f"| {group} | count |", "| --- | --- |"]
            lines += [f"| {name} | {count} |" for name, count in counter.items()]
            lines.append("")
    return "\n".join(lines)
