"""The pages of a MkDocs (or ProperDocs) build in, a warning for each finding out: `page.md:line: code message`.

ProperDocs lets `mkdocs.*` be imported as its own `properdocs.*`, so that one plugin serves both.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files

from texgrad import configuration
from texgrad.cache import Folder, Store
from texgrad.checking import check_text, worth_reading
from texgrad.configuration import LAYOUTS, Configuration, ConfigurationError
from texgrad.report import FileReport, Finding, Notice

log = get_plugin_logger("texgrad")

_LEVELS = ("warn", "info", "ignore", "error")
_LOG = {"warn": log.warning, "info": log.info, "error": log.error}

# The level of a finding whose verdict `levels` does not name: that of the severity which the configuration gives it.
_OF_SEVERITY = {"error": "warn", "warning": "warn", "info": "info", "ignore": "ignore"}


class Levels(Config):
    """How loudly each verdict is said; without a value, as the severity of its code has it."""

    wrong = c.Optional(c.Choice(_LEVELS))
    shape = c.Optional(c.Choice(_LEVELS))
    layout = c.Optional(c.Choice(_LEVELS))
    assumption = c.Optional(c.Choice(_LEVELS))
    # Counted in the closing line all the same; one line for each would drown a build's own messages.
    undecided = c.Choice(_LEVELS, default="ignore")


class TexgradConfig(Config):
    """The options of the plugin in mkdocs.yml; paths are relative to that file, globs to the docs directory."""

    enabled = c.Type(bool, default=True)
    levels = c.SubConfig(Levels)
    include = c.ListOfItems(c.Type(str), default=[])
    exclude = c.ListOfItems(c.Type(str), default=[])
    layout = c.Optional(c.Choice((*LAYOUTS, "auto")))
    macros = c.ListOfItems(c.File(exists=True), default=[])
    cache = c.Type(bool, default=True)


class TexgradPlugin(BasePlugin[TexgradConfig]):
    """Checks every page once all are read, so that every finding is shown before anything makes the build fail."""

    def __init__(self) -> None:
        super().__init__()
        self._verdicts: Store = {}

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Present so that this object, and with it the verdicts of unchanged pages, outlives a build of `serve`."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        # A changed macro file is a reason to build again.
        config.watch.extend(self.config.macros)
        if self.config.cache and config.config_file_path:
            self._verdicts = Folder(Path(config.config_file_path).parent)
        return config

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        if not self.config.enabled:
            return env
        docs = Path(config.docs_dir)
        reports: list[FileReport] = []
        loudest: Counter[str] = Counter()
        for file in files.documentation_pages():
            report = self._check(file, docs)
            if report is not None:
                reports.append(report)
                loudest.update(self._say(report, docs))
        _cover(reports)
        if loudest["error"]:
            raise PluginError(f"texgrad: {loudest['error']} findings at level error")
        return env

    def _settings(self, path: Path) -> Configuration:
        table = {"layout": self.config.layout, "macros": list(self.config.macros)}
        given = {key: value for key, value in table.items() if value}
        try:
            return configuration.override(configuration.find(path), given, "mkdocs.yml")
        except ConfigurationError as error:
            raise PluginError(f"texgrad: {error}") from None

    def _check(self, file: File, docs: Path) -> FileReport | None:
        """The report of a page from its file as it stands on disk, or from its text where a plugin generated it."""
        path = docs / file.src_uri
        if self.config.include and not configuration.matches(path, tuple(self.config.include), docs):
            return None
        if configuration.matches(path, tuple(self.config.exclude), docs):
            return None
        on_disk = file.generated_by is None and path.is_file()
        text = path.read_text(encoding="utf-8-sig") if on_disk else file.content_string
        if not worth_reading(text):
            return FileReport(str(path))
        settings = self._settings(path)
        if not configuration.wanted(path, settings):
            return None
        return check_text(text, str(path), settings, self._verdicts)

    def _level(self, entry: Finding | Notice) -> str:
        """How loudly to say it; what is verified or silenced is not said."""
        if entry.severity in (None, "ignore"):
            return "ignore"
        asked = self.config.levels[entry.verdict] if isinstance(entry, Finding) else None
        return asked or _OF_SEVERITY[entry.severity]

    def _say(self, report: FileReport, docs: Path) -> list[str]:
        """Log the findings of a page; their levels."""
        if report.problem:
            log.warning(f"{_shown(report.path, docs)}: {report.problem}")
        said = []
        for entry in sorted((*report.findings, *report.notices), key=lambda entry: (entry.line, entry.column)):
            level = self._level(entry)
            if level != "ignore":
                message = " ".join(entry.message.split())
                hint = entry.hint if isinstance(entry, Finding) else None
                message += f"; did you mean {' '.join(hint.split())}" if hint else ""
                _LOG[level](f"{_shown(entry.path, docs)}:{entry.line}: {entry.code} {message}")
                said.append(level)
        return said


def _shown(path: str, docs: Path) -> str:
    absolute = Path(path)
    return absolute.relative_to(docs).as_posix() if absolute.is_relative_to(docs) else path


def _cover(reports: list[FileReport]) -> None:
    """Say how much was checked, and how much could not be."""
    counts = Counter(finding.verdict for report in reports for finding in report.findings)
    pages = sum(bool(report.findings) for report in reports)
    found = sum(counts[verdict] for verdict in ("wrong", "shape", "layout", "assumption"))
    failed = sum(report.problem is not None for report in reports)
    log.info(
        f"{sum(counts.values())} claims on {pages} of {len(reports)} pages: {counts['verified']} verified, "
        f"{found} findings, {counts['undecided']} not checked" + (f"; {failed} pages failed" if failed else "")
    )
