"""Every cell of the table of formats (docs/reference/formats.md), as `cases/table.toml` claims it."""

import functools
import http.server
import json
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from newsclean.cli.main import app
from newsclean.duplicates import DuplicateIndex
from newsclean.formats.compression import SUFFIXES as COMPRESSIONS
from newsclean.formats.kinds import SUFFIXES, UNCOMPRESSED
from newsclean.formats.writers import OUTPUT_FORMATS
from tests.formats.table import DIRECTORIES, FILES, PACK, TABLE, TEXT

INPUTS: dict[str, dict[str, Any]] = {each["name"]: each for each in TABLE["input"]}
EXCLUDED = {tuple(each["cell"]) for each in TABLE["excluded"]}
COMMANDS: dict[str, list[str]] = {name: line.split()[1:] for name, line in TABLE["commands"].items()}
TOGETHER = [place for place in TABLE["places"] if place != "stdin"]


def inputs(compression: str, place: str) -> list[str]:
    """The names of the inputs that can be compressed like this and lie there."""
    return [
        name
        for name, row in INPUTS.items()
        if not (compression and not row.get("compressed", True))
        and not (row.get("directory") and place in ("file", "stdin", "http"))
    ]


def file_names(name: str, compression: str) -> dict[str, bytes]:
    """Files of an input below a directory of its own."""
    if name in DIRECTORIES:
        return {f"{name}/{file}": data for file, data in DIRECTORIES[name].items()}
    return {f"{name}/x{INPUTS[name]['suffixes'][0]}{compression}": PACK[compression](FILES[name])}


OUTPUTS = [
    (name, place, command)
    for name in OUTPUT_FORMATS
    for place in TABLE["output"]["places"]
    for command in TABLE["output"]["commands"]
]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A web server: the directory that it serves, and its address."""
    pytest.importorskip("aiohttp")
    served = tmp_path_factory.mktemp("web")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(served)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield served, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index that has the article of all inputs already."""
    path = tmp_path_factory.mktemp("known") / "news.index"
    with DuplicateIndex(path) as index:
        list(index.add([{"id": "known", "text": TEXT}]))
    return path


@pytest.fixture
def laid(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[str, str, str], str]:
    """A function that lays an input at a place, and gives what a user would name."""

    def lay(name: str, compression: str, place: str) -> str:
        files = file_names(name, compression)
        first = next(iter(files))
        if place in ("memory", "s3"):
            fsspec = pytest.importorskip("fsspec")
            if place == "s3":
                request.getfixturevalue("s3")
            top = {"memory": "memory://table", "s3": "s3://news"}[place] + f"/{tmp_path.name}"
            for file, data in files.items():
                fsspec.filesystem(place).pipe_file(f"{top}/{file}".removeprefix("memory:/"), data)
            return f"{top}/{name}" if name in DIRECTORIES else f"{top}/{first}"
        served, address = request.getfixturevalue("web") if place == "http" else (tmp_path / "in", "")
        for file, data in files.items():
            (served / file).parent.mkdir(parents=True, exist_ok=True)
            (served / file).write_bytes(data)
        return {
            "file": str(served / first),
            "folder": str(served / name),
            "glob": str(served / f"{name}*" / "**" / "*.*"),
            "http": f"{address}/{first}",
        }[place]

    return lay


WRITING = ("run", "clean", "repair", "dedup", "against")


def invoke(command: list[str], data: bytes | None = None) -> Result:
    """A command in this process: starting others for one article would take most of the time."""
    if command[0] in WRITING:
        command = [*command, "-j1"]
    return CliRunner().invoke(app, command, input=data, catch_exceptions=False)


def summary(path: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(path, "summary.json").read_text(encoding="utf-8"))
    return found


def test_the_table_names_all_that_is_read() -> None:
    assert sorted([*FILES, *DIRECTORIES]) == sorted(INPUTS)
    assert {(suffix, row["format"]) for row in INPUTS.values() for suffix in row["suffixes"]} == set(SUFFIXES.items())
    assert tuple(TABLE["compressions"].values()) == ("", *COMPRESSIONS)
    for row in INPUTS.values():
        assert row.get("compressed", True) or row["format"] in UNCOMPRESSED or row.get("directory")


def checked(command: str, given: list[str], known: Path, names: list[str], stdin: bytes | None = None) -> None:
    """Run a command on inputs of one article each, and see that it has read each of them."""
    words = [each for word in COMMANDS[command] for each in (given if word == "INPUT" else [word])]
    Path("new.jsonl").write_text(json.dumps({"id": "new", "text": TEXT}) + "\n", encoding="utf-8")
    if command in ("index", "query"):
        shutil.copy(known, "FILE")
    if command == "against":
        words = [each for word in words for each in (["--against", word] if word in given else [word])]
        words.remove("--against")
    result = invoke(words, stdin)
    assert result.exit_code == 0, (command, result.output)
    if command == "against":
        assert summary("DIR")["kept"] == 0
    elif "DIR" in words:
        found = summary("DIR")
        assert (found["read"], found["rejected"]) == (len(names), 0)
    elif command == "templates":
        assert "repeated line" in result.output  # one that cannot be read would end it with 1
    elif command in ("index", "query"):
        pairs = [row for row in map(json.loads, result.stdout.splitlines()) if "left" in row]  # facts and events beside
        assert len({pair[side] for pair in pairs for side in ("left", "right")} - {"known"}) == len(names)


@pytest.mark.parametrize("compression", TABLE["compressions"])
@pytest.mark.parametrize("place", TOGETHER)
@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "explain"])
def test_all_inputs_together(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    known: Path,
    laid: Callable[[str, str, str], str],
    compression: str,
    place: str,
    command: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    suffix = TABLE["compressions"][compression]
    names = inputs(suffix, place)
    checked(command, [laid(name, suffix, place) for name in names], known, names)


@pytest.mark.parametrize("compression", TABLE["compressions"])
@pytest.mark.parametrize("place", TABLE["places"])
@pytest.mark.parametrize("name", INPUTS)
def test_one_input(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    known: Path,
    laid: Callable[[str, str, str], str],
    compression: str,
    place: str,
    name: str,
) -> None:
    """`explain`, which takes one input; on standard input, which is one, every command."""
    monkeypatch.chdir(tmp_path)
    suffix = TABLE["compressions"][compression]
    if name not in inputs(suffix, place):
        pytest.skip("the table does not claim it")
    given, stdin = [], None
    if place == "stdin":
        [stdin] = file_names(name, suffix).values()
        given = ["-", "--input-format", INPUTS[name]["format"]]
        for command in COMMANDS:
            if (place, command) not in EXCLUDED:
                shutil.rmtree("DIR", ignore_errors=True)
                checked(command, given, known, [name], stdin)
    else:
        given = [laid(name, suffix, place)]
    assert "storm" in json.loads(invoke(["explain", *given, "--json"], stdin).stdout)["text"]


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("compression", PACK)
def test_suffix(tmp_path: Path, suffix: str, compression: str) -> None:
    name = next(name for name, row in INPUTS.items() if suffix in row["suffixes"] and name in FILES)
    if compression and SUFFIXES[suffix] in UNCOMPRESSED:
        pytest.skip("compressed inside")
    for case in (str.lower, str.upper):
        (tmp_path / f"{case('x')}{case(suffix + compression)}").write_bytes(PACK[compression](FILES[name]))
    options = ["-o", str(tmp_path / "out"), "--on-repeated-id", "rename"]  # a page has its address as id
    assert invoke(["repair", str(tmp_path), *options]).exit_code == 0
    assert summary(str(tmp_path / "out"))["read"] == 2


@pytest.mark.parametrize(("name", "place", "command"), OUTPUTS)
def test_output(tmp_path: Path, request: pytest.FixtureRequest, name: str, place: str, command: str) -> None:
    (tmp_path / "x.jsonl").write_bytes(FILES["jsonl"])
    out = str(tmp_path / "out")
    if place == "memory":
        pytest.importorskip("fsspec")
        out = f"memory://results/{tmp_path.name}"
    elif place == "s3":
        request.getfixturevalue("s3")
        out = f"s3://news/{tmp_path.name}"
    assert invoke([command, str(tmp_path / "x.jsonl"), "--out", out, "--format", name]).exit_code == 0
    assert invoke(["repair", out, "--out", str(tmp_path / "again")]).exit_code == 0
    assert summary(str(tmp_path / "again"))["read"] == 1
