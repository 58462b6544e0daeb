"""What docs/operations.md tells to run or to write exists."""

import re
import subprocess
import sys
from pathlib import Path

import run
from stand.release.__main__ import CHANGES, CHECKSUMS
from stand.release.sbom import FILE as SBOM

DOC = Path("docs/operations.md").read_text("utf-8")


def test_every_link_leads_somewhere():
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", DOC)

    assert links
    assert [link for link in links if not (Path("docs") / link).exists()] == []


def test_the_program_that_restarts_workers_is_there():
    asked = subprocess.run(
        [sys.executable, "-m", "deploy.roll", "--help"], capture_output=True, check=False
    )

    assert "python -m deploy.roll" in DOC
    assert asked.returncode == 0


def test_every_link_inside_leads_to_a_heading():
    headings = {_anchor(each) for each in re.findall(r"^#+ (.+)$", DOC, re.MULTILINE)}

    links = re.findall(r"\]\(#([^)]+)\)", DOC)

    assert links
    assert set(links) <= headings


def test_every_command_of_the_project_that_is_told_to_be_run_exists():
    told = re.findall(r"^make (\w+)", DOC, re.MULTILINE)

    assert told
    assert set(told) <= run.COMMANDS.keys()


def test_every_unit_that_is_enabled_exists_and_can_be_enabled():
    lines = re.findall(r"^systemctl enable --now (.+)$", DOC, re.MULTILINE)

    assert lines
    for name in " ".join(lines).split():
        assert "[Install]" in _unit(name).read_text("utf-8")


def test_every_unit_of_ours_that_a_command_names_exists():
    named = re.findall(r"^systemctl .*?(zdrav29\S*)", DOC, re.MULTILINE)

    assert named
    assert [name for name in named if not _unit(name).is_file()] == []


def _unit(name: str) -> Path:
    return Path("deploy/systemd") / re.sub(r"@\d+", "@", name)


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def test_every_secret_of_the_compose_file_is_told():
    files = re.findall(r"file: secrets/(\S+?)}", Path("deploy/compose.yaml").read_text("utf-8"))

    assert files
    assert all(f"`{name}`" in DOC for name in files)


def test_what_a_release_and_an_archive_consist_of_is_told():
    for name in (CHANGES, CHECKSUMS, SBOM, "protocol.json", "zdrav29-<version>/start"):
        assert name in DOC
