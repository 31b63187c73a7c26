"""The list of what a release is made of (SBOM), in the form of CycloneDX 1.6.

Its facts are names, versions and hashes, which the locked requirements hold already: a package that writes such lists
from an installed environment would bring a dozen more packages to be listed, for these few lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

_PACKAGE = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+?)(?:\s*;\s*(.*?))?\s*\\?$", re.IGNORECASE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def locked(requirements: str) -> Iterator[tuple[str, str, str, list[str]]]:
    """Read locked requirements: for each package its name, version, environment marker and SHA-256 hashes.

    Raises:
        ValueError: a line is neither a package nor a hash nor a comment.
    """
    package: tuple[str, str, str, list[str]] | None = None
    for line in requirements.splitlines():
        if match := _PACKAGE.match(line):
            if package:
                yield package
            package = (match[1], match[2], match[3] or "", [])
        elif package and _HASH.search(line):
            package[3].extend(_HASH.findall(line))
        elif line.strip() and not line.lstrip().startswith("#"):
            raise ValueError(f"not a locked requirement: {line}")
    if package:
        yield package


def sbom(name: str, version: str, licence: str, requirements: str, epoch: int) -> dict[str, Any]:
    """Return the list as data; the same arguments give the same list.

    Args:
        name: of what is released.
        version: of it.
        licence: its SPDX id.
        requirements: the locked requirements.
        epoch: seconds since 1970 at which the release was made.
    """
    root = f"pkg:pypi/{name}@{version}"
    components = []
    for package, number, marker, hashes in locked(requirements):
        purl = f"pkg:pypi/{package}@{number}"
        component: dict[str, Any] = {
            "type": "library",
            "bom-ref": purl,
            "name": package,
            "version": number,
            "purl": purl,
        }
        component["properties"] = [{"name": "pip:hash", "value": f"sha256:{one}"} for one in hashes]
        if marker:
            component["properties"].insert(0, {"name": "pip:marker", "value": marker})
        components.append(component)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, root + requirements)}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": name,
                "version": version,
                "purl": root,
                "licenses": [{"license": {"id": licence}}],
            },
        },
        "components": components,
        "dependencies": [{"ref": root, "dependsOn": [component["bom-ref"] for component in components]}],
    }
