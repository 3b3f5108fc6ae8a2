"""The recipes of examples/ run as they stand."""

import subprocess
import sys
from pathlib import Path

from emulator import binary, clean_environment

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


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
