"""Files that the bot uploaded: their bytes, ids and what Telegram would say about them."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class StoredFile:
    """One file at the stand-in. `kind` is the field of a message that it belongs in."""

    file_id: str
    unique_id: str
    kind: str
    name: str
    mime_type: str
    data: bytes
    path: str
    width: int = 0
    height: int = 0


class Files:
    """Files by id. The same bytes of the same kind and name are kept once, under the same id."""

    def __init__(self) -> None:
        self._files: dict[str, StoredFile] = {}
        self._paths: dict[str, str] = {}

    def add(
        self, kind: str, name: str, mime_type: str, data: bytes, size: tuple[int, int] = (0, 0)
    ) -> StoredFile:
        """Stores the bytes; `size` is width and height in pixels."""
        digest = hashlib.sha256(b"\0".join((kind.encode(), name.encode(), data))).digest()
        file_id = "BQAC" + base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if file_id not in self._files:
            extension = name.rpartition(".")[2] if "." in name else "bin"
            path = f"{kind}s/file_{len(self._files)}.{extension}"
            unique = base64.urlsafe_b64encode(digest[:9]).decode()
            self._keep(StoredFile(file_id, unique, kind, name, mime_type, data, path, *size))
        return self._files[file_id]

    def get(self, file_id: str) -> StoredFile | None:
        """The file with this id."""
        return self._files.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """The file with this download path."""
        return self._files.get(self._paths.get(path, ""))

    def _keep(self, file: StoredFile) -> None:
        self._files[file.file_id] = file
        self._paths[file.path] = file.file_id

    def to_dict(self) -> list[Json]:
        """All files, as JSON with the bytes in base64."""
        return [
            {**vars(file), "data": base64.b64encode(file.data).decode("ascii")}
            for file in self._files.values()
        ]

    @classmethod
    def from_dict(cls, data: list[Json]) -> Files:
        """The reverse of to_dict."""
        files = cls()
        for item in data:
            files._keep(StoredFile(**{**item, "data": base64.b64decode(item["data"])}))
        return files
