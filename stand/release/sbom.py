"""What a release is made of, as CycloneDX: packages of Python and of the front end, with hashes."""

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import yaml
from cyclonedx.schema import SchemaVersion
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
    told = _of_python(root)
    told["metadata"]["component"]["version"] = version
    told["components"] = told.get("components", []) + _of_npm(root / NPM_LOCK)
    parts = [part["bom-ref"] for part in told["components"]]
    told["dependencies"] = [{"ref": told["metadata"]["component"]["bom-ref"], "dependsOn": parts}]
    text = json.dumps(told, ensure_ascii=False, indent=1)
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


def _of_npm(file: Path) -> list[dict[str, Any]]:
    # Bun writes JSON with commas behind the last item, which YAML allows
    packages = yaml.safe_load(file.read_text(encoding="utf-8"))["packages"].values()
    # a package that several others hold in a place of their own stands there several times
    integrities = {spec: integrity for spec, *_, integrity in packages}
    return [_npm_part(spec, integrity) for spec, integrity in sorted(integrities.items())]


def _npm_part(spec: str, integrity: str) -> dict[str, Any]:
    """One package: its name and version as `@group/name@1.0`, its hash as browsers write it."""
    name, _, version = spec.rpartition("@")
    group, _, short = name.rpartition("/")
    purl = PackageURL("npm", group or None, short, version).to_string()
    algorithm, _, digest = integrity.partition("-")
    return {
        "type": "library",
        "bom-ref": purl,
        **({"group": group} if group else {}),
        "name": short,
        "version": version,
        "purl": purl,
        "hashes": [
            {
                "alg": f"SHA-{algorithm.removeprefix('sha')}",
                "content": base64.b64decode(digest).hex(),
            }
        ],
    }
