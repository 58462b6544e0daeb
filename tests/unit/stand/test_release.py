"""`make release` over a small project: what stands against a release, and what one consists of."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from stand.release import gate
from stand.release.__main__ import main
from tests.unit.stand import small_project as small


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("small")
    small.make(root)
    return root


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Path:
    """A project that may be released."""
    return Path(shutil.copytree(made, tmp_path / "project"))


@pytest.fixture(scope="module")
def service() -> Iterator[small.Advisories]:
    """The service of advisories that is asked."""
    with small.advisories() as service, pytest.MonkeyPatch.context() as environment:
        environment.setenv("PIP_AUDIT_VULNERABILITY_SERVICE", "osv")
        environment.setenv("PIP_AUDIT_OSV_URL", service.url)
        yield service


@pytest.fixture
def advisories(service: small.Advisories) -> Iterator[small.Advisories]:
    """The same for a test that tells it of something; it forgets afterwards."""
    yield service
    service.known.clear()


@pytest.fixture(scope="module")
def released(
    made: Path, service: small.Advisories, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """What a release wrote."""
    root = Path(shutil.copytree(made, tmp_path_factory.mktemp("released") / "project"))
    assert main(["--version", "1.0.0"], root) == 0
    return root / "var/release/1.0.0"


def test_a_release_is_complete_and_nothing_else_is_left(released: Path):
    assert [folder.name for folder in released.parent.iterdir()] == ["1.0.0"]
    assert {file.name for file in released.iterdir()} == {
        *("SHA256SUMS", "changes.md", "esia_sim-1.0.0-py3-none-any.whl"),
        *("protocol.json", "sbom.cdx.json"),
    }


def test_a_release_tells_what_changed_in_it(released: Path):
    assert (released / "changes.md").read_text("utf-8") == (
        "# 1.0.0\n\n### Added\n- Patients book a time.\n"
    )


def test_the_simulator_comes_as_a_wheel(released: Path):
    with ZipFile(released / "esia_sim-1.0.0-py3-none-any.whl") as wheel:
        assert "esia_sim/__init__.py" in wheel.namelist()


def test_checksums_are_those_of_every_other_file(released: Path):
    told = [line.split("  ") for line in (released / "SHA256SUMS").read_text("utf-8").splitlines()]

    assert len(told) == len([*released.iterdir()]) - 1
    for digest, name in told:
        assert hashlib.sha256((released / name).read_bytes()).hexdigest() == digest


def test_the_list_of_parts_holds_packages_of_python_and_of_the_front_end_by_their_hashes(
    made: Path, released: Path
):
    told = json.loads((released / "sbom.cdx.json").read_text("utf-8"))

    parts = {part["purl"].partition("?")[0]: part for part in told["components"]}
    assert told["bomFormat"] == "CycloneDX"
    assert len(told["components"]) == len(parts)
    assert told["metadata"]["component"]["version"] == "1.0.0"
    assert set(parts) == {
        "pkg:pypi/twig@1.0",
        "pkg:npm/isbot@5.2.2",
        "pkg:npm/%40emotion/react@11.14.0",
    }
    [digest] = parts["pkg:npm/isbot@5.2.2"]["hashes"]
    assert digest == {"alg": "SHA-512", "content": hashlib.sha512(small.CONTENT).hexdigest()}
    locked = (made / "lock/run.txt").read_text("utf-8").strip().rpartition("sha256:")[2]
    assert locked in json.dumps(parts["pkg:pypi/twig@1.0"])


def knows_a_hole(advisories: small.Advisories) -> None:
    package = {"name": small.PACKAGE, "ecosystem": "PyPI"}
    mended = {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.1"}]}
    advisories.known[small.PACKAGE] = [
        {"id": "PYSEC-2026-29", "affected": [{"package": package, "ranges": [mended]}]}
    ]


def test_everything_against_a_release_is_said_at_once_and_nothing_is_written(
    project: Path, advisories: small.Advisories, capsys: pytest.CaptureFixture[str]
):
    small.write(project / "notes.txt", "new")
    small.write_protocol(project, rows=[{"id": "B1", "verdict": "proved"}])
    small.write(project / "lock/test.txt", "")
    knows_a_hole(advisories)

    code = main(["--version", "2.0.0"], project)

    said = capsys.readouterr().err
    assert code == 1
    assert not (project / "var/release").exists()
    assert [line for line in said.splitlines() if line.startswith("  - ")] == [
        "  - files are not as committed: lock/test.txt, notes.txt",
        "  - pyproject.toml says version 1.0.0",
        "  - esia_sim/pyproject.toml says version 1.0.0",
        "  - CHANGELOG.md says nothing of version 2.0.0",
        "  - row B2 is untested in the protocol",
        "  - lock/test.txt is not what `make lock` would write",
        "  - twig 1.0 has advisories: PYSEC-2026-29 (mended in 1.1)",
    ]


def test_a_release_that_cannot_be_written_says_why_and_leaves_nothing(
    project: Path, advisories: small.Advisories, capsys: pytest.CaptureFixture[str]
):
    broken = small.SIMULATOR.replace('"*.py"', "1")
    small.write(project / "esia_sim/pyproject.toml", broken)
    small.commit(project)

    code = main(["--version", "1.0.0"], project)

    assert code == 1
    assert "must be a string" in capsys.readouterr().err
    assert [*(project / "var/release").iterdir()] == []


def test_a_renamed_file_counts_once(project: Path):
    small.git(project, "mv", "CHANGELOG.md", "NEWS.md")

    assert gate.of_tree(project) == ["files are not as committed: NEWS.md"]


def test_many_files_that_are_not_committed_are_counted(project: Path):
    for number in range(7):
        small.write(project / f"{number}.txt", "new")

    [reason] = gate.of_tree(project)

    assert reason.endswith("0.txt, 1.txt, 2.txt, 3.txt, 4.txt and 2 more")


def test_a_folder_without_a_commit_is_refused(tmp_path: Path):
    small.git(tmp_path, "init", "-q")

    [reason] = gate.of_tree(tmp_path)

    assert reason.startswith("there is no commit to release")


def test_changes_that_no_version_names_yet_stand_in_the_way(project: Path):
    text = small.CHANGELOG.replace("## Unreleased\n", "## Unreleased\n\n- One more thing.\n")
    small.write(project / "CHANGELOG.md", text)

    assert gate.of_changes(project, "1.0.0") == [
        "CHANGELOG.md still keeps changes under «Unreleased»"
    ]


def test_a_version_with_nothing_below_its_heading_says_nothing(project: Path):
    small.write(project / "CHANGELOG.md", "# Changelog\n\n## 1.0.0\n\n## 0.9.0\n- Older.\n")

    assert gate.of_changes(project, "1.0.0") == ["CHANGELOG.md says nothing of version 1.0.0"]


def test_without_a_protocol_there_is_no_release(project: Path):
    (project / "var/report/protocol.json").unlink()

    assert gate.of_protocol(project) == [
        "there is no var/report/protocol.json: run `make test`",
    ]


@pytest.mark.parametrize("commit", ["", "0" * 40])
def test_a_protocol_of_other_files_proves_nothing(project: Path, commit: str):
    small.write_protocol(project, commit=commit)

    assert gate.of_protocol(project) == ["the protocol is not of this commit: run `make test`"]


@pytest.mark.parametrize("verdict", ["failed", "untested"])
def test_every_row_must_be_proved(project: Path, verdict: str):
    rows = [{"id": "B1", "verdict": "proved"}, {"id": "B2", "verdict": verdict}]
    small.write_protocol(project, rows=rows)

    assert gate.of_protocol(project) == [f"row B2 is {verdict} in the protocol"]


def test_a_part_of_the_suite_and_faults_of_no_row_stand_in_the_way_too(project: Path):
    small.write_protocol(project, chosen="-k booking", failed=["ruff check", "test_x"])

    assert gate.of_protocol(project) == [
        "the protocol is of a part of the suite: -k booking",
        "the suite has faults: ruff check, test_x",
    ]


def test_a_newer_package_leaves_a_lock_fresh_that_still_fits(project: Path):
    small.make_package(project / "wheels", "1.1")

    assert gate.of_lock(project) == []


def test_a_lock_that_cannot_be_made_is_not_called_fresh(project: Path):
    shutil.rmtree(project / "wheels")

    reasons = gate.of_lock(project)

    assert [reason.partition(":")[0] for reason in reasons] == [
        "whether the lock is fresh could not be found out"
    ]


def test_a_package_with_a_known_hole_is_named_with_what_mends_it(
    project: Path, advisories: small.Advisories
):
    knows_a_hole(advisories)

    assert gate.of_advisories(project) == ["twig 1.0 has advisories: PYSEC-2026-29 (mended in 1.1)"]


def test_a_service_that_does_not_answer_is_no_clean_bill(
    project: Path, advisories: small.Advisories, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PIP_AUDIT_OSV_URL", "http://127.0.0.1:9/v1/query")

    [reason] = gate.of_advisories(project)

    assert reason.startswith("advisories could not be read: ")
