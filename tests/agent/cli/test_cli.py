import json
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import PIL.Image
import pytest

from focalface.agent.cli import app
from focalface.agent.cli.doctor import EXTRAS

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Runs the command line in this process: (exit code, stdout, stderr)."""
    monkeypatch.setenv("FOCALFACE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("FOCALFACE_THREADS", "1")

    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["focalface", *map(str, arguments)])
        with pytest.raises(SystemExit) as caught:
            app.main()
        out, err = capsys.readouterr()
        return int(caught.value.code or 0), out, err

    return call


def test_every_command_of_the_contract_is_there_and_has_help(run: Run) -> None:
    code, out, _ = run("--help")
    assert code == 0
    for command in (
        "demo",
        "chat",
        "ask",
        "detect",
        "describe",
        "serve",
        "batch",
        "eval",
        "models",
        "doctor",
        "install",
        "data",
        "finetune",
    ):
        assert f" {command} " in out
        assert run(command, "--help")[0] == 0, command


def test_detect_finds_all_faces_as_json_and_as_a_table(run: Run, group: Path) -> None:
    code, out, err = run("detect", group, "--json")
    assert (code, err) == (0, "")
    faces = json.loads(out)["faces"]
    assert len(faces) >= 3
    code, out, err = run("detect", group)
    assert (code, err) == (0, "")
    assert f"{len(faces)} faces" in out and "\x1b" not in out


def test_no_face_is_success_for_detect_and_a_failure_for_describe(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "grey.png"
    PIL.Image.new("RGB", (200, 200), "grey").save(path)
    code, out, _ = run("detect", path)
    assert (code, out.strip()) == (0, "No face was found.")
    code, out, err = run("describe", path)
    assert (code, out) == (1, "")
    assert "--crop" in err
    assert run("describe", path, "--crop")[0] == 0


def test_describe_answers_for_every_region_in_order(run: Run, photo: Path) -> None:
    code, out, err = run(
        "describe", photo, "--region", "mouth", "--box", "180,80,260,130", "-r", "left eye",
        "--point", "225,140,12", "--json",
    )  # fmt: skip
    assert (code, err) == (0, "")
    names = [reading["region"]["name"] for reading in json.loads(out)["descriptions"]]
    assert names == ["mouth", "left_eye", "custom", "custom"]


def test_describe_for_people_says_sentences_and_a_table(run: Run, photo: Path) -> None:
    code, out, _ = run("describe", photo, "-r", "mouth", "--expert")
    assert code == 0
    assert out.startswith("1. ") and "AU12" in out


def test_a_face_is_chosen_by_its_number(run: Run, group: Path) -> None:
    faces = json.loads(run("detect", group, "--json")[1])["faces"]
    chosen = json.loads(run("describe", group, "--face", 3, "--json")[1])["face"]
    assert chosen["id"] == faces[2]["id"]
    code, _, err = run("describe", group, "--face", len(faces) + 1)
    assert code == 2 and f"{len(faces)} faces" in err


def test_what_was_found_can_be_saved_as_a_picture(run: Run, photo: Path, tmp_path: Path) -> None:
    out = tmp_path / "drawn.jpg"
    code, _, err = run("describe", photo, "-r", "mouth", "--save", out)
    assert code == 0 and str(out) in err
    with PIL.Image.open(out) as drawn:
        assert drawn.format == "JPEG"
        assert drawn.width == drawn.height >= 512


def test_the_picture_itself_is_never_overwritten(run: Run, photo: Path) -> None:
    before = photo.read_bytes()
    code, _, err = run("detect", photo, "--save", photo)
    assert code == 2 and "another name" in err
    assert photo.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "lesson"),
    [
        (["--box", "1,2,3"], "x1,y1,x2,y2"),
        (["--box", "9,9,1,1"], "x1 < x2"),
        (["--box", "0,0,1e308,1e308"], "within 1,000,000,000 pixels"),
        (["--point", "1,2,x"], "x,y,radius"),
        (["--region", "left eyebrwo"], "left_brow"),
        (["--describer", "psychic"], "embedded"),
        (["--face", "0"], "--face"),
        (["--nonsense"], "--nonsense"),
    ],
)
def test_wrong_use_exits_with_two_and_says_what_is_right(
    run: Run, photo: Path, arguments: list[str], lesson: str
) -> None:
    code, out, err = run("describe", photo, *arguments)
    assert (code, out) == (2, ""), err
    assert lesson in err


@pytest.mark.parametrize("name", ["gone.jpg", "text.jpg", "empty.png", "."])
def test_a_bad_picture_exits_with_one_and_one_sentence(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "text.jpg").write_text("hello", encoding="utf-8")
    (tmp_path / "empty.png").touch()
    code, out, err = run("detect", tmp_path / name)
    assert (code, out) == (1, "")
    assert err.startswith("focalface: ") and err.count("\n") == 1


def test_weights_that_are_not_there_are_a_failure_with_the_next_step(run: Run, photo: Path) -> None:
    code, out, err = run("detect", photo, "--detector", "/nowhere/model.onnx")
    assert (code, out) == (1, "")
    assert "/nowhere/model.onnx" in err and "embedded" in err


def test_models_are_listed_with_licence_and_verified(run: Run) -> None:
    listed = json.loads(run("models", "list", "--json")[1])
    assert any(model["packaged"] for model in listed)
    assert "non-commercial" in run("models", "list")[1]
    code, out, err = run("models", "verify")
    assert (code, err) == (0, "") and "whole" in out
    code, _, err = run("models", "fetch", "buffalo_l")
    assert code == 2 and "--accept-licence" in err


def test_doctor_says_what_runs_where_and_that_all_is_well(run: Run) -> None:
    code, out, _ = run("doctor", "--json")
    findings = {finding["name"]: finding for finding in json.loads(out)}
    assert code == 0
    assert "cpu" in findings["describer"]["text"]
    assert "AU12" in findings["action units"]["text"]


def test_doctor_knows_every_extra_that_users_can_install() -> None:
    text = (Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8")
    extras = tomllib.loads(text)["project"]["optional-dependencies"]
    assert set(EXTRAS) == set(extras) - {"dev", "browser"}


def test_each_layout_is_told_apart_by_its_words(run: Run) -> None:
    code, out, _ = run("data", "layouts")
    about = [line[10:] for line in out.splitlines()]
    assert code == 0 and len(set(about)) == len(about) >= 10 and "`" not in out


def test_doctor_fails_where_something_is_to_be_mended(run: Run) -> None:
    code, _, err = run("doctor", "--detector", "/nowhere/model.onnx")
    assert code == 1 and "detector" in err


def test_install_prints_without_writing_and_writes_without_losing(run: Run, tmp_path: Path) -> None:
    config = tmp_path / "mcp.json"
    config.write_text('{"mcpServers": {"other": {"command": "x"}}}', encoding="utf-8")
    code, out, _ = run("install", "cursor", "--config", config, "--print", "--folder", tmp_path)
    assert code == 0 and str(tmp_path) in out and "other" not in out
    assert "focalface" not in config.read_text(encoding="utf-8")
    assert run("install", "cursor", "--config", config)[0] == 0
    assert set(json.loads(config.read_text(encoding="utf-8"))["mcpServers"]) == {
        "other",
        "focalface",
    }
    assert run("install", "netscape")[0] == 2


def test_serving_to_others_needs_a_token_and_folders(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _, err = run("serve", "--http", "--host", "0.0.0.0")
    assert code == 2 and "FOCALFACE_TOKEN" in err and "--folder" in err
    monkeypatch.setenv("FOCALFACE_TOKEN", "a-secret-of-this-test")
    code, _, err = run("serve", "--http", "--host", "0.0.0.0")
    assert code == 2 and "--folder" in err


def test_serve_names_a_folder_that_is_not_there(run: Run, tmp_path: Path) -> None:
    code, _, err = run("serve", "--folder", tmp_path / "gone")
    assert code == 2 and "gone" in err


def test_a_batch_into_a_pipe_says_so_beside_it(run: Run, photo: Path) -> None:
    code, out, err = run("batch", photo, "--out", "-")
    assert code == 0 and json.loads(out)["faces"]
    assert err.strip().endswith("0 failed; results on standard output.")


def test_help_and_server_need_no_heavy_imports() -> None:
    script = (
        "import sys; from focalface.agent.cli.app import build; build(); "
        "from focalface.tools.server.protocol import create_server; create_server(); "
        "heavy = ('torch', 'transformers', 'langchain', 'langchain_core', 'insightface', "
        "'onnxruntime', 'scipy', 'skimage', 'prompt_toolkit', 'numpy', 'cv2', 'PIL'); "
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


def test_no_emotion_is_an_option_and_the_environment_decides_without_it(
    run: Run, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def emotion(*options: str) -> object:
        code, out, _ = run("describe", photo, "--region", "face", "--json", *options)
        assert code == 0
        return json.loads(out)["descriptions"][0]["emotion"]

    assert emotion() and emotion("--no-emotion") is None
    monkeypatch.setenv("FOCALFACE_EMOTION", "0")
    assert emotion() is None
