"""The image, the compose file and the service, as far as they can be proved without Docker and systemd."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.playground.standin import World, serve
from bot.settings import NAMES, read_settings
from tests.support.bot_process import ROOT, TOKEN, BotProcess, Chatter, environment
from tests.support.dockerfile import Stage, stages

NOBODY = 65534
STOP_SECONDS = 10
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SECRET = re.compile(r"password|secret|token", re.IGNORECASE)


@pytest.fixture(scope="module")
def image() -> Stage:
    return stages(ROOT / "Dockerfile")[-1]


@pytest.fixture
def app() -> Iterator[Path]:
    """A folder as the image has it: code and content that nobody can change, and one place to write to."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("bot", "content"):
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        (root / "data").mkdir()
        for path in (root, *root.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        (root / "data").chmod(0o700)
        if os.getuid() == 0:
            os.chown(root / "data", NOBODY, NOBODY)
        yield root
        for path in (root, *(each for each in root.rglob("*") if each.is_dir())):
            path.chmod(0o755)


def interpreter() -> tuple[str, dict[str, str]]:
    """A Python that nobody may run, and what it needs to find our libraries.

    The one of this environment may be in a folder that only its owner can enter; the machine's own then has to do.
    """
    libraries = os.pathsep.join(dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib"))))
    machines_own = f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}"
    for python, needed in ((sys.executable, {}), (machines_own, {"PYTHONPATH": libraries})):
        try:
            subprocess.run([python, "-c", "import sys"], check=True, timeout=30, cwd="/", **as_nobody())
        except (OSError, subprocess.CalledProcessError):
            continue
        return python, needed
    reason = "there is no Python here that a user without rights may run"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def as_nobody() -> dict[str, Any]:
    """How to start a process without rights; whoever has none stays who they are."""
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.getuid() == 0 else {}


async def test_the_image_runs_without_rights_is_healthy_and_stops(image: Stage, app: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = str(probe.getsockname()[1])
    listen = image.environment["HTTP_LISTEN"]
    health = [word.replace(listen, f"127.0.0.1:{port}") for word in image.command("HEALTHCHECK")]
    entry = [*image.command("ENTRYPOINT"), *image.command("CMD")]
    assert health[0] == entry[0] == "python"
    world = World(TOKEN)
    async with serve(world) as telegram:
        settings = environment(
            TELEGRAM_BOT_TOKEN=TOKEN, BOT_API_URL=telegram.url, HTTP_LISTEN=f"127.0.0.1:{port}"
        )
        python, needed = interpreter()
        path = os.pathsep.join((str(app), *needed.values()))
        settings |= {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
        # As the image has it: found from the working folder.
        for name in ("CONTENT_DIR", "DATABASE_URL", "COVERAGE_PROCESS_CONFIG", "COVERAGE_PROCESS_START"):
            settings.pop(name, None)
        assert _exit_code(python, health, app, settings) != 0, "nothing listens yet"
        process = BotProcess(settings, app, tuple(entry[3:]))
        await process.start(executable=python, **as_nobody())
        await Chatter(world, "Ana").says("/start")
        assert _exit_code(python, health, app, settings) == 0
        assert process.process is not None
        process.process.send_signal(signal.SIGTERM)
        assert await process.ended() == 0
    assert "Traceback" not in process.log
    database = app / "data" / "firstlabel.db"
    assert database.stat().st_uid == (NOBODY if os.getuid() == 0 else os.getuid())
    assert database.stat().st_mode & 0o077 == 0


def _exit_code(python: str, command: list[str], folder: Path, settings: dict[str, str]) -> int:
    return subprocess.run(
        [python, *command[1:]],
        cwd=folder,
        env=settings,
        capture_output=True,
        check=False,
        timeout=30,
        **as_nobody(),
    ).returncode


def test_the_image_has_a_user_of_its_own_and_signals_reach_the_bot(image: Stage) -> None:
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", image.last("USER"))
    assert image.last("STOPSIGNAL") == "SIGTERM"
    assert image.command("ENTRYPOINT") == ["python", "-m", "bot"]
    assert image.command("CMD") == ["run"]
    assert image.last("WORKDIR") == "/app"


def test_nothing_secret_is_in_the_image(image: Stage) -> None:
    allowed = [
        line.removeprefix("!")
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    ]
    assert (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()[1] == "*"
    copied = [
        source
        for stage in stages(ROOT / "Dockerfile")
        for line in stage.all("COPY")
        if "--from" not in line
        for source in line.split()[:-1]
    ]
    assert set(copied) == set(allowed)
    assert all((ROOT / source).exists() for source in copied)
    assert not [name for name in image.environment if SECRET.search(name)]


def test_all_files_of_the_program_are_in_its_package() -> None:
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    packed = {
        path
        for package, globs in patterns["package-data"].items()
        for pattern in globs
        for path in (ROOT / package.replace(".", "/")).glob(pattern)
    }
    there = {path for path in (ROOT / "bot").rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    assert {path for path in there if path.suffix != ".py"} <= packed
    folders = {path.parent for path in there if path.suffix == ".py"}
    assert not [folder for folder in folders if not (folder / "__init__.py").exists()]


def services(profile: str) -> dict[str, Any]:
    return {name: each for name, each in COMPOSE["services"].items() if each["profiles"] == [profile]}


def test_compose_has_two_profiles() -> None:
    assert set(services("sqlite")) == {"bot"}
    assert set(services("scale")) == {"replica", "postgres", "caddy"}
    assert services("scale")["replica"]["deploy"]["replicas"] > 1


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_no_secret_is_in_the_compose_file(name: str) -> None:
    for variable, value in COMPOSE["services"][name].get("environment", {}).items():
        if SECRET.search(variable):
            assert re.fullmatch(r"\$\{[A-Z_]+:-\}", value), f"{variable} comes from .env"
    assert not re.search(r"://[^@\s]*:[^@\s]*@", str(COMPOSE["services"][name]))


@pytest.mark.parametrize("name", ["bot", "replica"])
def test_a_bot_in_compose_has_no_rights_and_time_to_stop(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert int(service["stop_grace_period"].removesuffix("s")) > STOP_SECONDS
    assert service["env_file"] == ".env"
    assert "ports" not in service
    assert service["init"] is True, "a signal during the start counts, too"


@pytest.mark.parametrize("name", ["bot", "replica"])
def test_the_settings_in_compose_are_settings(name: str, tmp_path: Path) -> None:
    given = dict(COMPOSE["services"][name]["environment"])
    given.pop("PGPASSWORD", None)
    assert set(given) <= set(NAMES)
    filled = {
        variable: value.replace("${BOT_DOMAIN:-}", "bot.example.org") for variable, value in given.items()
    }
    settings = read_settings(tmp_path / ".env", {**filled, "WEBHOOK_SECRET": "x" * 40})
    assert settings.http_listen == "0.0.0.0:9101", "where the health check looks"
    if name == "replica":
        assert settings.webhook_url == "https://bot.example.org/telegram"


def test_the_readmes_folder_of_content_is_mounted_where_its_setting_looks(image: Stage) -> None:
    part = README.split("- Content of your own", 1)[1].split("\n### ", 1)[0]
    (override,) = re.findall(r"```yaml\n(.*?)```", part, re.DOTALL)
    (folder,) = re.findall(r"`CONTENT_DIR=(\w+)`", part)
    added = yaml.safe_load(override)["services"]
    assert set(added) <= set(COMPOSE["services"])
    for service in added.values():
        assert service == {"volumes": [f"./{folder}:{image.last('WORKDIR')}/{folder}:ro"]}


@pytest.fixture(
    params=[("/data", "/here"), ("/var/lib/firstlabel/data", "/root")], ids=["container", "service"]
)
def restore(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    """The README's command that puts a copy in place of the database, and the folder in which it does so here."""
    folder, copies = request.param
    (script,) = re.findall(rf"'(cd {folder} .*)'", README)
    (tmp_path / "data").mkdir()
    for name in ("firstlabel.db", "firstlabel.db-wal"):
        (tmp_path / "data" / name).write_text("old")
    here = script.replace(folder, f"{tmp_path}/data").replace(copies, str(tmp_path))
    return here.replace("-o 10001 -g 10001 ", ""), tmp_path


def test_a_restore_puts_the_copy_in_place(restore: tuple[str, Path]) -> None:
    script, folder = restore
    (folder / "copy.db").write_text("copy")
    subprocess.run(["sh", "-c", script], check=True, timeout=30)
    assert {each.name: each.read_text() for each in (folder / "data").iterdir()} == {"firstlabel.db": "copy"}


def test_a_restore_without_a_copy_changes_nothing(restore: tuple[str, Path]) -> None:
    script, folder = restore
    assert subprocess.run(["sh", "-c", script], check=False, capture_output=True, timeout=30).returncode != 0
    names = {each.name: each.read_text() for each in (folder / "data").iterdir()}
    assert names == {"firstlabel.db": "old", "firstlabel.db-wal": "old"}


def test_what_is_kept_is_in_volumes(image: Stage) -> None:
    (volume,) = COMPOSE["services"]["bot"]["volumes"]
    name, _, target = volume.partition(":")
    assert target == image.last("VOLUME") == "/app/data"
    assert COMPOSE["services"]["bot"]["environment"]["DATABASE_URL"].startswith(f"sqlite:///{target}/")
    assert set(COMPOSE["volumes"]) >= {name, "postgres", "certificates"}


def test_caddy_passes_the_webhook_on_to_where_the_replicas_listen() -> None:
    caddy = (ROOT / "deploy/Caddyfile").read_text(encoding="utf-8")
    port = COMPOSE["services"]["replica"]["environment"]["WEBHOOK_LISTEN"].rpartition(":")[2]
    assert f"dynamic a replica {port}" in caddy
    assert "handle /telegram/*" in caddy
    assert "./deploy/Caddyfile:/etc/caddy/Caddyfile:ro" in COMPOSE["services"]["caddy"]["volumes"]


SERVICE = ROOT / "deploy/firstlabel.service"


@pytest.mark.parametrize(
    "line",
    [
        "ExecStart=/opt/firstlabel/.venv/bin/python -m bot run",
        "DynamicUser=yes",
        "StateDirectory=firstlabel",
        "ProtectSystem=strict",
        "ProtectHome=yes",
        "NoNewPrivileges=yes",
        "CapabilityBoundingSet=",
        "KillSignal=SIGTERM",
        "EnvironmentFile=/etc/firstlabel.env",
    ],
)
def test_the_service_has_few_rights(line: str) -> None:
    assert line in SERVICE.read_text(encoding="utf-8").splitlines()


def test_the_service_gives_the_bot_time_to_stop() -> None:
    found = re.search(r"^TimeoutStopSec=(\d+)$", SERVICE.read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    assert int(found[1]) > STOP_SECONDS


def test_systemd_understands_the_service(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        return  # Not every machine that runs tests has it; the lines are held to above.
    unit = tmp_path / "firstlabel.service"
    text = SERVICE.read_text(encoding="utf-8").replace("/opt/firstlabel/.venv/bin/python", "/bin/sh")
    unit.write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False, timeout=60
    )
    assert "firstlabel.service" not in done.stderr
