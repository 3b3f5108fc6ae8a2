"""What can be known of the container image without an engine: every name in its files is real,
and the libraries that it installs are those that the binary needs."""

import functools
import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest
import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
DOCKER = REPOSITORY / "docker"
# Libraries that the program may load by name while it runs: no header of the binary tells.
LOADED_BY_NAME = [b"libcurl.so.4"]


class Stage:
    """One FROM and the instructions that follow it."""

    def __init__(self, image, name):
        self.image = image
        self.name = name
        self.instructions = []

    def all(self, keyword):
        return [arguments for word, arguments in self.instructions if word == keyword]

    def one(self, keyword):
        found = self.all(keyword)
        assert len(found) == 1, f"{keyword} appears {len(found)} times"
        return found[0]

    def packages(self):
        """What its RUN instructions install by apt-get."""
        names = []
        for command in self.all("RUN"):
            for part in command.split("&&"):
                words = shlex.split(part)
                if words[:2] == ["apt-get", "install"]:
                    names += [word for word in words[2:] if not word.startswith("-")]
        return names

    def environment(self):
        return dict(word.split("=", 1) for line in self.all("ENV") for word in shlex.split(line))


@functools.cache
def stages():
    text = (DOCKER / "Dockerfile").read_text()
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    found = []
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        word, _, arguments = line.partition(" ")
        arguments = " ".join(arguments.split())
        if word == "FROM":
            image, _, name = arguments.partition(" AS ")
            found.append(Stage(image, name or str(len(found))))
        else:
            found[-1].instructions.append((word, arguments))
    return found


def build_stage():
    return stages()[0]


def run_stage():
    return stages()[-1]


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@functools.cache
def binary():
    """What is shipped: built with the Swift runtime linked in."""
    named = os.environ.get("ENTRASYNC_BINARY")
    path = Path(named) if named else REPOSITORY / ".build/release/entrasync"
    assert path.is_file(), f"{path} is missing: run `make release` first"
    return path.resolve()


@functools.cache
def help_text():
    return output(str(binary()), "serve", "--help")


def in_context(path):
    """Whether the build context holds the path; the last pattern that matches decides."""
    held = True
    for line in (DOCKER / "Dockerfile.dockerignore").read_text().splitlines():
        pattern = line.strip()
        if not pattern or pattern.startswith("#"):
            continue
        keep, pattern = pattern.startswith("!"), pattern.lstrip("!")
        if pattern == "*" or path == pattern or path.startswith(pattern + "/"):
            held = keep
    return held


def test_two_stages_of_the_images_that_are_meant():
    assert [stage.image for stage in stages()] == ["swift:6.3.1-bookworm", "debian:bookworm-slim"]


def test_every_copied_path_exists_and_is_in_the_context():
    for source in [word for line in build_stage().all("COPY") for word in line.split()[:-1]]:
        assert (REPOSITORY / source).exists(), source
        assert in_context(source), source


def test_every_folder_that_the_manifest_names_is_copied():
    manifest = (REPOSITORY / "Package.swift").read_text()
    named = {path.split("/")[0] for path in re.findall(r'\bpath: "([^"]+)"', manifest)}
    named |= {"Sources", "Tests"}
    copied = {word for line in build_stage().all("COPY") for word in line.split()[:-1]}
    assert named <= copied


def test_nothing_else_is_in_the_context():
    copied = {word for line in build_stage().all("COPY") for word in line.split()[:-1]}
    entries = {path.name for path in REPOSITORY.iterdir()}
    assert {name for name in entries if in_context(name)} == copied & entries


def test_the_run_stage_copies_only_the_binary_that_the_build_stage_made():
    option, source, target = run_stage().one("COPY").split()
    assert option == f"--from={build_stage().name}"
    assert any(command.endswith(" " + source) for command in build_stage().all("RUN"))
    assert target == "/usr/local/bin/entrasync"


def test_the_image_is_built_with_the_flags_of_the_makefile():
    makefile = (REPOSITORY / "Makefile").read_text()
    flags = re.search(r"^RELEASE\s*:=\s*(.*)$", makefile, re.MULTILINE)[1]
    assert any(f"swift build {flags} " in command for command in build_stage().all("RUN"))


def test_the_build_stage_installs_what_the_build_needs_here():
    listed = output(str(REPOSITORY / ".ci/packages"), "--list", "build").split()
    assert sorted(build_stage().packages()) == sorted(listed)


def test_the_build_needs_every_package_that_the_manifest_names():
    manifest = (REPOSITORY / "Package.swift").read_text()
    named = {
        name
        for names in re.findall(r"\.apt\(\[(.*?)\]\)", manifest, re.DOTALL)
        for name in re.findall(r'"([^"]+)"', names)
    }
    assert named and named <= set(build_stage().packages())


@pytest.mark.parametrize("task", ["build", "test", "bench"])
def test_every_package_that_the_tasks_install_exists(task):
    assert_known(output(str(REPOSITORY / ".ci/packages"), "--list", task).split())


def test_every_package_of_the_image_exists():
    for stage in stages():
        assert stage.packages() == sorted(set(stage.packages())), "sorted, each once"
        assert_known(stage.packages())


def assert_known(packages):
    """Debian has them all; a machine that never read Debian's lists reads them now."""
    if unknown(packages) and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
    assert unknown(packages) == []


def unknown(packages):
    command = ["apt-cache", "show", "--no-all-versions", *packages]
    shown = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return [name for name in packages if f"Package: {name}\n" not in shown]


def test_the_run_stage_installs_exactly_what_the_binary_needs():
    needed = set(re.findall(r"\(NEEDED\).*\[(.+?)\]", output("readelf", "-d", str(binary()))))
    linked = output("ldd", str(binary()))
    paths = dict(re.findall(r"(\S+) => (\S+)", linked))
    paths |= {
        Path(path).name: path for path in re.findall(r"^\s+(/\S+) \(0x", linked, re.MULTILINE)
    }
    packages = {package_of(paths[library]) for library in needed}
    content = binary().read_bytes()
    packages |= {package_of(f"*/{name.decode()}") for name in LOADED_BY_NAME if name in content}
    assert set(run_stage().packages()) == packages


def package_of(library):
    """The Debian package that a library's file belongs to, wherever /lib points."""
    for path in (library, library.removeprefix("/usr"), str(Path(library).resolve())):
        found = subprocess.run(["dpkg", "-S", path], capture_output=True, text=True, check=False)
        if found.returncode == 0:
            return found.stdout.split(":")[0]
    raise AssertionError(f"{library} belongs to no package")


def test_the_binary_is_stripped_and_carries_the_swift_runtime():
    assert (
        "no symbols"
        in subprocess.run(["nm", str(binary())], capture_output=True, text=True, check=False).stderr
    )
    assert "libswift" not in output("readelf", "-d", str(binary()))


def test_every_variable_is_an_option_of_serve():
    environment = run_stage().environment()
    assert environment == {"ENTRASYNC_HOST": "0.0.0.0", "ENTRASYNC_DATA": "/data"}
    for name in environment:
        option = "--" + name.removeprefix("ENTRASYNC_").lower().replace("_", "-")
        assert re.search(rf"{option}\b", help_text()), option


def test_the_port_and_the_volume_are_those_of_the_options():
    assert run_stage().one("VOLUME") == run_stage().environment()["ENTRASYNC_DATA"]
    assert re.search(rf"\b{run_stage().one('EXPOSE')}\b", help_text())


def test_it_does_not_run_as_root():
    user = run_stage().one("USER")
    assert user not in ("root", "0")
    commands = " ".join(run_stage().all("RUN"))
    assert re.search(rf"useradd .*--uid \d+ .*{user}\b", commands)
    assert f"--owner {user}" in commands and commands.endswith(run_stage().one("VOLUME"))


def test_the_commands_are_in_exec_form_and_real():
    assert run_stage().one("ENTRYPOINT") == '["entrasync"]'
    assert run_stage().one("CMD") == '["serve"]'
    assert run_stage().one("HEALTHCHECK").endswith('CMD ["entrasync", "health"]')
    assert "health" in output(str(binary()), "health", "--help")


def test_the_compose_file_names_what_exists():
    compose = yaml.safe_load((DOCKER / "compose.yml").read_text())
    assert set(compose) <= {"services", "volumes"}
    service = compose["services"]["entrasync"]
    context = (DOCKER / service["build"]["context"]).resolve()
    assert context == REPOSITORY
    assert (context / service["build"]["dockerfile"]).is_file()
    for mount in service["volumes"]:
        volume, _, target = mount.partition(":")
        assert volume in compose["volumes"]
        assert target == run_stage().one("VOLUME")
    for mapping in service["ports"]:
        host, _, port = mapping.rpartition(":")
        assert host.startswith("127.0.0.1:"), "nobody outside this machine is let in by default"
        assert port == run_stage().one("EXPOSE")
