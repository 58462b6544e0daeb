"""What a release is made of, as CycloneDX: packages of Python and of the front end, with hashes."""

import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

FILE: Final = "sbom.cdx.json"
NPM_LOCK: Final = "reflex.lock/bun.lock"
_SCHEMA = SchemaVersion.V1_6
_OF_PYTHON: Final = (
    *("-m", "cyclonedx_py", "requirements", "--pyproject", "pyproject.toml"),
    *("--no-validate", "--spec-version", _SCHEMA.to_version(), "lock/run.txt"),
)


class SbomError(Exception):
    """The list could not be made, or would not be valid; the message says why."""


def write(root: Path, version: str, folder: Path) -> None:
    """Write the list of this version into the folder.

    Raises:
        SbomError: a lock cannot be read, or what came out is no valid CycloneDX.
    """
    bom = Bom.from_json(_of_python(root))  # pyright: ignore[reportAttributeAccessIssue]  made by its serializer
    bom.metadata.component.version = version
    bom.components.update(_of_npm(root / NPM_LOCK))
    bom.register_dependency(bom.metadata.component, bom.components)
    text = make_outputter(bom, OutputFormat.JSON, _SCHEMA).output_as_string(indent=1)
    if fault := JsonStrictValidator(_SCHEMA).validate_str(text):
        raise SbomError(str(fault))
    (folder / FILE).write_text(text, encoding="utf-8")


def _of_python(root: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, *_OF_PYTHON], cwd=root, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SbomError(done.stderr.strip())
    return json.loads(done.stdout)


def _of_npm(file: Path) -> Iterator[Component]:
    # Bun writes JSON with commas behind the last item, which YAML allows
    packages = yaml.safe_load(file.read_text(encoding="utf-8"))["packages"].values()
    for spec, *_, integrity in sorted(packages, key=lambda package: package[0]):
        name, _, version = spec.rpartition("@")
        namespace, _, short = name.rpartition("/")
        purl = PackageURL("npm", namespace or None, short, version)
        algorithm, _, digest = integrity.partition("-")
        yield Component(
            group=namespace or None,
            name=short,
            version=version,
            purl=purl,
            bom_ref=str(purl),
            hashes=[
                HashType(
                    alg=HashAlgorithm(f"SHA-{algorithm.removeprefix('sha')}"),
                    content=base64.b64decode(digest).hex(),
                )
            ],
        )
