"""The recipes of examples/ run as they stand."""

import re
import shutil
import subprocess
import sys

import pytest
import yaml

from emulator import REPOSITORY, Emulator, binary, clean_environment

EXAMPLES = REPOSITORY / "examples"
GUIDE = REPOSITORY / "docs" / "embedding.md"


def environment():
    return {**clean_environment(), "ENTRASYNC_BINARY": binary(), "PYTHONDONTWRITEBYTECODE": "1"}


def test_the_pytest_recipe():
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "."]
    done = subprocess.run(
        command, cwd=EXAMPLES / "pytest", env=environment(), capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 passed" in done.stdout


def test_the_shell_recipe():
    script = EXAMPLES / "shell" / "provisioning.sh"
    done = subprocess.run(
        ["sh", str(script)], env=environment(), capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert "503" in lines and lines.index("503") < lines.index("200")
    assert lines[-1] == "ok"


@pytest.mark.skipif(shutil.which("go") is None, reason="there is no Go here")
def test_the_go_recipe():
    go = {
        **environment(),
        "GOCACHE": str(REPOSITORY / ".build" / "go-cache"),
        "GOFLAGS": "-mod=mod",
        "GOTOOLCHAIN": "local",
        # A C compiler that is asked what it can do as root may take /dev/null away.
        "CGO_ENABLED": "0",
        "GOPROXY": "off",
    }
    for command in (["go", "vet", "./..."], ["go", "test", "-count=1", "-v", "./..."]):
        done = subprocess.run(
            command, cwd=EXAMPLES / "go", env=go, capture_output=True, text=True, timeout=600
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert "--- PASS: TestJobsRunOnSchedule" in done.stdout


def options():
    """The environment's names of the options of `serve`."""
    shown = subprocess.run(
        [binary(), "serve", "--help"], env=clean_environment(), capture_output=True, text=True, check=True
    ).stdout
    return {"ENTRASYNC_" + name.upper().replace("-", "_") for name in re.findall(r"^  --([a-z-]+)", shown, re.M)}


def test_the_workflow_asks_for_what_there_is():
    """Each name in it is real, and its steps do what they say against a live emulator."""
    workflow = yaml.safe_load((EXAMPLES / "github-actions" / "provisioning.yml").read_text())
    job = workflow["jobs"]["test"]
    service = job["services"]["entrasync"]
    assert set(service["env"]) <= options()
    assert service["ports"] == ["8585:8585"]
    health = re.search(r'--health-cmd "entrasync (\w+)"', service["options"])[1]
    running = Emulator(
        *(
            part
            for name, value in service["env"].items()
            for part in ("--" + name.removeprefix("ENTRASYNC_").lower().replace("_", "-"), value)
        )
    )
    try:
        environment = {**clean_environment(), "ENTRASYNC_URL": running.url}
        assert subprocess.run([binary(), health], env=environment, capture_output=True).returncode == 0
        commands = [step["run"] for step in job["steps"] if "run" in step]
        assert commands[-1] == "python -m pytest"
        for command in commands[:-1]:
            done = subprocess.run(command, shell=True, env=environment, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
    finally:
        assert running.stop() == 0


def test_the_compose_service_asks_for_what_there_is():
    service = yaml.safe_load((EXAMPLES / "compose.yaml").read_text())["services"]["entrasync"]
    assert set(service["environment"]) <= options()
    assert (EXAMPLES / service["build"]["context"] / service["build"]["dockerfile"]).is_file()
    assert service["healthcheck"]["test"] == ["CMD", "entrasync", "health"]


def test_the_guide_names_what_there_is():
    """Files, calls, members and commands of the guide exist."""
    text = GUIDE.read_text()
    for name in re.findall(r"`(examples/[^`]+)`", text):
        assert (REPOSITORY / name).is_file(), name
    shown = subprocess.run(
        [binary(), "--help"], env=clean_environment(), capture_output=True, text=True, check=True
    ).stdout
    for command in re.findall(r"`entrasync (\w+)", text):
        assert command == "ready" or re.search(rf"^  {command}\s", shown, re.M), command
    running = Emulator()
    try:
        known = {(one["method"], one["path"]) for one in running.get("/_emulator").json["operations"]}
        for method, path in re.findall(r"`(GET|PUT|POST|DELETE) (/_emulator[^` {]*(?:\{name\})?)", text):
            assert (method, path.rstrip("/")) in known, (method, path)
        members = re.search(r"^- `effect`:(.*?)^- ", text, re.M | re.S)[1]
        for member in re.findall(r"`(\w+)`", members):
            answer = running.send("POST", "/_emulator/faults", {"effect": {member: {}}})
            assert "known are" not in answer.json["error"]["message"], member
    finally:
        assert running.stop() == 0
