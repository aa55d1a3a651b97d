"""What documents name is there: files, commands, options, modules; counts are those of the code."""

import importlib.util
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import typer.main
from typer.core import TyperGroup

from focalface.agent.cli import app, hosts
from focalface.evals.harness import suite
from focalface.tools.face.facs import strength
from focalface.tools.face.regions import ATLAS

ROOT = Path(__file__).parents[1]
PLACES = ("*.md", "docs/**/*.md", "tools/**/*.md", "evals/**/*.md", "tests/**/*.md")
DOCUMENTS = sorted({path for place in PLACES for path in ROOT.glob(place)})
FOLDERS = ("agent", "tools", "prompts", "evals", "tests", "docs")
CODE = re.compile(r"```\w*\n(.*?)```|(?<!`)`([^`\n]+)`(?!`)", re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
NAMED_PATH = re.compile(rf"(?<![\w/.-])(?:{'|'.join(FOLDERS)})/[\w./-]*\w")
OPTION = re.compile(r"--[a-z][a-z-]*")


def of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=of)


def lines_of_code(text: str) -> Iterator[str]:
    """Commands of code blocks and of code within a line, comments and prompts left out."""
    for block, inline in CODE.findall(text):
        for line in (block or inline).replace("\\\n", " ").splitlines():
            yield line.strip().removeprefix("$ ").partition("  #")[0]


def words_after(line: str, start: str) -> list[str] | None:
    """The words of the command that ``start`` begins, up to a pipe or the end."""
    _, found, rest = line.partition(start)
    rest = re.split(r" [|&;] | && ", rest)[0]
    return shlex.split(rest.replace("…", "...")) if found else None


@cache
def commands() -> TyperGroup:
    found = typer.main.get_command(app.build())
    assert isinstance(found, TyperGroup)
    return found


def faults_of_command(words: list[str]) -> list[str]:
    """What the command line does not know of a command; plain words are its arguments."""
    here, called = commands(), "focalface"
    while words and isinstance(here, TyperGroup):
        name, *words = words
        called = f"{called} {name}"
        if name not in here.commands:
            return [called]
        here = here.commands[name]  # type: ignore[assignment]
    known = {name for given in here.params for name in (*given.opts, *given.secondary_opts)}
    asked = [word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)]
    return [f"{called} {word}" for word in asked if word not in known | {"--help", "-h"}]


def sources_of(module: str) -> str:
    """The text of a module, or of all modules of a package."""
    found = importlib.util.find_spec(module)
    if found is None or found.origin is None:
        return ""
    path = Path(found.origin)
    files = path.parent.glob("*.py") if path.name == "__init__.py" else [path]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


@each_document
def test_each_link_leads_to_a_file(path: Path) -> None:
    links = LINK.findall(path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


@each_document
def test_each_path_that_is_named_is_there(path: Path) -> None:
    named = set(NAMED_PATH.findall(path.read_text(encoding="utf-8")))
    examples = {name for name in named if "NAME" in name}
    assert [name for name in named - examples if not (ROOT / name).exists()] == []


@each_document
def test_each_command_that_is_named_is_known_with_its_options(path: Path) -> None:
    lines = lines_of_code(path.read_text(encoding="utf-8"))
    found = [
        words_after(line, start)
        for line in lines
        for start in ("focalface ", 'focalface)" ')
        if "import" not in line and re.search(rf"(?:^|[\s/]|-v ){re.escape(start)}", line)
    ]
    assert [fault for words in found if words for fault in faults_of_command(words)] == []


@each_document
def test_each_module_that_is_run_is_there_with_its_options(path: Path) -> None:
    faults = []
    for line in lines_of_code(path.read_text(encoding="utf-8")):
        if not (words := words_after(line, "python -m focalface.")):
            continue
        module, *rest = words
        source = sources_of(f"focalface.{module}")
        faults += [module] if not source else []
        faults += [
            f"{module} {word}"
            for word in rest
            if OPTION.match(word) and f'"{word}"' not in source and word[2:] not in source
        ]
    assert faults == []


@pytest.mark.parametrize(
    ("said", "count"),
    [
        (r"(\d+) named regions", len(ATLAS)),
        (r"[Aa]ll (\d+) regions", len(ATLAS)),
        (r"`uninstall` for (\w+) hosts", len(hosts.NAMES)),
        (r"(\w+) eval suites on", len(suite.NAMES)),
    ],
)
def test_a_count_is_that_of_the_code(said: str, count: int) -> None:
    texts = [path.read_text(encoding="utf-8") for path in DOCUMENTS if path.parent == ROOT]
    told = {number.lower() for text in texts for number in re.findall(said, text)}
    assert told <= {str(count), {11: "eleven", 12: "twelve"}.get(count)}


@pytest.mark.parametrize(
    "named",
    [
        *(f"`{name}`" for name in suite.NAMES),
        *(f"focalface install {name}" for name in hosts.NAMES),
        *(rf"`.*\b{name}\b.*`" for name in commands().commands),
    ],
)
def test_the_readme_has_each_suite_host_and_command(named: str) -> None:
    assert re.search(named, (ROOT / "README.md").read_text(encoding="utf-8"))


def test_the_skill_calls_an_intensity_what_the_program_calls_it() -> None:
    text = (ROOT / "docs" / "skills" / "read-faces" / "SKILL.md").read_text(encoding="utf-8")
    told = re.findall(r"from (0\.\d) (\w+)", text)
    assert len(told) == 3
    assert all(strength(float(at)) == word != strength(float(at) - 0.01) for at, word in told)
