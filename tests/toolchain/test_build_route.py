"""The Go build when it cannot succeed: what is said, and that nothing half-made is left."""

import os
import signal
import time
from pathlib import Path

import pytest
from bare_machine import Machine

GO = """
case "$1" in
  env) echo go1.26.0;;
  list) {list};;
  build) {build};;
esac
"""


def with_go(machine: Machine, *, listing: str = "true", building: str = "true") -> None:
    machine.program("go", GO.format(list=listing, build=building))
    machine.environ |= {"MANAGED_AGENTS_TOOLCHAIN": "build", "PATH": f"{machine.bin}:/usr/bin:/bin"}


def left(machine: Machine) -> list[str]:
    return [path.suffix for path in machine.engines.iterdir()]


def test_without_pulumi_network_and_go_one_sentence_says_what_to_install(machine: Machine) -> None:
    done = machine.run()

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1] == (
        "pulumi is not on PATH, its download site does not answer and Go is not installed: install the Pulumi CLI "
        "(https://www.pulumi.com/docs/install/) or Go 1.26 and run `make toolchain` again."
    )
    assert "Traceback" not in done.stderr
    assert not machine.engines.exists()


def test_a_go_that_refuses_the_module_is_no_go(machine: Machine) -> None:
    machine.program("go", "echo 'go: go.mod requires go >= 1.26' >&2; exit 1")

    done = machine.run(MANAGED_AGENTS_TOOLCHAIN="build")

    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == "go: go.mod requires go >= 1.26"
    assert done.stderr.splitlines()[1].startswith("the Go that is installed cannot be used: install ")


def test_modules_that_cannot_be_fetched_end_with_the_last_words_of_go(machine: Machine) -> None:
    with_go(machine, listing="echo 'go: downloading example.com/a v1.0.0'; echo 'go: no route to host'; exit 1")

    done = machine.run()

    assert (done.returncode, done.stdout) == (1, "")
    assert "go: no route to host" in done.stderr
    assert "building it failed (`go list` ended with status 1, its last words are above)" in done.stderr
    assert left(machine) == [".lock"]


def test_a_compiler_error_is_shown_without_the_packages_that_went_well(machine: Machine) -> None:
    with_go(
        machine,
        listing="echo true; echo true",
        building="echo example.com/fine; echo 'x.go:1: no space left on device'; exit 2",
    )

    done = machine.run()

    assert (done.returncode, done.stdout) == (1, "")
    assert "x.go:1: no space left on device" in done.stderr
    assert "example.com/fine" not in done.stderr
    assert "`go build` ended with status 2" in done.stderr
    assert "Traceback" not in done.stderr
    assert left(machine) == [".lock"]


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_build_leaves_no_folder_and_no_compiler(
    machine: Machine, number: signal.Signals, status: int
) -> None:
    with_go(machine, listing='echo $$ > "$HOME/pid"; exec sleep 60')
    with machine.start() as process:
        compiler = _number_in(machine.home / "pid")
        process.send_signal(number)
        _, err = process.communicate(timeout=10)

    assert process.returncode == status
    assert "Traceback" not in err
    assert left(machine) == [".lock"]
    assert _ended(compiler)


def test_a_cache_that_cannot_be_written_is_said_in_one_sentence(machine: Machine) -> None:
    with_go(machine)
    (machine.home / "cache").write_text("a file where a folder should be")

    done = machine.run()

    assert done.returncode == 1
    assert done.stderr.startswith("the engine cannot be kept in the cache: ")
    assert len(done.stderr.splitlines()) == 1


def _ended(process: int) -> bool:
    """Whether the process is gone, or only waits for its parent to notice; the kernel may take a moment."""
    for _ in range(200):
        try:
            os.kill(process, 0)
            if Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.05)
    return False


def _number_in(path: Path) -> int:
    for _ in range(200):
        if path.exists() and path.read_text().strip():
            return int(path.read_text())
        time.sleep(0.05)
    raise AssertionError(f"{path} was never written")
