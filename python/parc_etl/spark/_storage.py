"""The output folder, on any file system that Spark knows: written beside it, then exchanged."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from .._parc_etl import ParcEtlError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


class Storage:
    """A folder of tables that is written as a whole."""

    def __init__(self, spark: SparkSession, folder: str) -> None:
        self.folder = folder.rstrip("/")
        parent, _, name = self.folder.rpartition("/")
        self._staging = f"{parent}/.{name}.{uuid.uuid4().hex[:8]}"
        self._path = spark._jvm.org.apache.hadoop.fs.Path
        self._files = self._path(self.folder).getFileSystem(spark._jsc.hadoopConfiguration())

    def check_free(self, overwrite: bool) -> None:
        """Refuses a folder that is there.

        Raises:
            ParcEtlError: the folder is there and is not to be replaced, or holds what no run on Spark has written.
        """
        if not self._files.exists(self._path(self.folder)):
            return
        if not overwrite:
            raise ParcEtlError(f"{self.folder} is there already; choose another folder, or replace it with overwrite=True")
        names = [status.getPath().getName() for status in self._files.listStatus(self._path(self.folder))]
        foreign = sorted(name for name in names if not name.endswith(".parquet") and not name.startswith((".", "_")))
        if foreign:
            raise ParcEtlError(
                f"{self.folder}/{foreign[0]} is in the way: no run on Spark wrote it, and it is not deleted; move it away "
                "or choose another output folder"
            )

    def between(self, step: str) -> str:
        """Where what a step gives is written for those to come."""
        return f"{self._staging}.steps/{step}"

    def exists(self, folder: str) -> bool:
        """Whether there is such a folder."""
        return self._files.exists(self._path(folder))

    def staged(self, table: str) -> str:
        """Where a table is written before all are there."""
        return f"{self._staging}/{table}.parquet"

    def publish(self) -> None:
        """Puts what was written in the place of what was there."""
        target, staging = self._path(self.folder), self._path(self._staging)
        before = self._path(f"{self._staging}.before")
        self._files.mkdirs(target.getParent())
        if self._files.exists(target):
            self._files.rename(target, before)
        if not self._files.rename(staging, target):
            self._files.rename(before, target)
            raise ParcEtlError(f"cannot rename {self._staging} to {self.folder}")
        self._files.delete(before, True)

    def clear(self) -> None:
        """Removes what was written but not published."""
        for folder in (self._staging, f"{self._staging}.steps"):
            self._files.delete(self._path(folder), True)
