"""A note's path in, the settings in force for it out: from pyproject.toml or texgrad.toml, found upwards."""

from __future__ import annotations

import fnmatch
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

from texgrad.codes import UnknownCode, check_prefix, did_you_mean
from texgrad.report import Severity

LAYOUTS = ("numerator", "denominator", "mixed")
SEVERITIES: tuple[Severity, ...] = get_args(Severity)


class ConfigurationError(Exception):
    """A configuration that cannot be used; the message names the file, the key and the nearest known one."""


@dataclass(frozen=True)
class Configuration:
    """The settings in force for a note.

    `root` is the directory that glob patterns are relative to; `origins` names where each value that is no default
    came from. `layout` None means: the one that explains most of the note's claims.
    """

    layout: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    macros: tuple[Path, ...] = ()
    declarations: tuple[str, ...] = ()
    cache: bool = False
    root: Path = field(default_factory=Path.cwd)
    origins: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """One line per setting: its name, its value as TOML, and where that came from."""
        lines = []
        for key in KEYS:
            name = key.replace("-", "_")
            lines.append((f"{key} = {_toml(key, getattr(self, name))}", self.origins.get(name, "default")))
        width = max(len(text) for text, _ in lines)
        return "\n".join(f"{text:<{width}}  # {origin}" for text, origin in lines)


def _toml(key: str, value: object) -> str:
    if key == "layout":
        return f'"{value or "auto"}"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "{" + ", ".join(f'"{name}" = {_toml("", entry)}' for name, entry in value.items()) + "}"
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml("", entry) for entry in value) + "]"
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _strings(value: object, root: Path) -> tuple[str, ...]:
    entries = [value] if isinstance(value, str) else value
    if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
        raise ConfigurationError("expected a list of strings")
    return tuple(entries)


def _layout(value: object, root: Path) -> str | None:
    if value not in (*LAYOUTS, "auto"):
        raise ConfigurationError(f"unknown layout {value!r}; {did_you_mean(str(value), [*LAYOUTS, 'auto'])}")
    return None if value == "auto" else str(value)


def _codes(value: object, root: Path) -> tuple[str, ...]:
    try:
        return tuple(check_prefix(code) for code in _strings(value, root))
    except UnknownCode as error:
        raise ConfigurationError(str(error)) from None


def _severities(value: object, root: Path) -> Mapping[str, Severity]:
    if not isinstance(value, dict):
        raise ConfigurationError('expected a table of codes and levels, such as { TG301 = "error" }')
    for level in value.values():
        if level not in SEVERITIES:
            raise ConfigurationError(f"unknown severity {level!r}; {did_you_mean(str(level), SEVERITIES)}")
    return dict(zip(_codes(list(value), root), value.values(), strict=True))


def _per_file(value: object, root: Path) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise ConfigurationError('expected a table of patterns and codes, such as { "drafts/*" = ["TG3"] }')
    return {pattern: _codes(codes, root) for pattern, codes in value.items()}


def _files(value: object, root: Path) -> tuple[Path, ...]:
    paths = tuple(root / Path(name).expanduser() for name in _strings(value, root))
    for path in paths:
        if not path.is_file():
            raise ConfigurationError(f"no such file: {path}")
    return paths


def _boolean(value: object, root: Path) -> bool:
    if not isinstance(value, bool):
        raise ConfigurationError("expected true or false")
    return value


# Each key: how its value is read. The documentation of the keys is in the README, in this order.
KEYS: dict[str, Callable[[Any, Path], Any]] = {
    "layout": _layout,
    "select": _codes,
    "ignore": _codes,
    "severity": _severities,
    "per-file-ignores": _per_file,
    "include": _strings,
    "exclude": _strings,
    "macros": _files,
    "declarations": _strings,
    "cache": _boolean,
}


def parse(table: Mapping[str, object], root: Path, origin: str) -> Configuration:
    """A table of settings as a Configuration; ConfigurationError for what is not understood."""
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in KEYS:
            raise ConfigurationError(f"{origin}: unknown key {key!r}; {did_you_mean(key, list(KEYS))}")
        try:
            values[key.replace("-", "_")] = KEYS[key](value, root)
        except ConfigurationError as error:
            raise ConfigurationError(f"{origin}: {key}: {error}") from None
    return Configuration(**values, root=root, origins=dict.fromkeys(values, origin))


@lru_cache(maxsize=256)
def _table(file: Path, modified: int) -> Mapping[str, object] | None:
    """The texgrad table of a TOML file, or None where a pyproject.toml has none; `modified` keeps the cache true."""
    # Imported for the projects that have a configuration.
    import tomllib

    try:
        with file.open("rb") as stream:
            content = tomllib.load(stream)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{file}: cannot be read: {error}") from None
    if file.name != "pyproject.toml":
        return content
    tool = content.get("tool", {})
    table = tool.get("texgrad") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise ConfigurationError(f"{file}: tool.texgrad is not a table")
    return table


def _read(file: Path) -> Mapping[str, object] | None:
    try:
        return _table(file, file.stat().st_mtime_ns)
    except OSError as error:
        raise ConfigurationError(f"{file}: cannot be read: {error.strerror}") from None


def load(file: Path) -> Configuration:
    """The settings of a file named by the user; their patterns and paths are relative to the current directory."""
    return parse(_read(file) or {}, Path.cwd(), str(file))


def find(path: Path) -> Configuration:
    """The settings for a note: from the nearest texgrad.toml, or pyproject.toml with a [tool.texgrad], above it."""
    start = path.absolute()
    for folder in (start, *start.parents) if start.is_dir() else start.parents:
        for name in ("texgrad.toml", "pyproject.toml"):
            file = folder / name
            if file.is_file() and (table := _read(file)) is not None:
                return parse(table, folder, str(file))
    return Configuration(root=Path.cwd())


# On the command line these add to what a file says; the others take its place.
_ADDED = {"ignore", "severity", "exclude", "macros", "declarations"}


def override(base: Configuration, table: Mapping[str, object], origin: str = "command line") -> Configuration:
    """The settings of `base` with those of a command line (as a table of the same keys) over them."""
    given = parse(table, Path.cwd(), origin)
    values: dict[str, Any] = {}
    origins = dict(base.origins)
    for name in given.origins:
        old, new = getattr(base, name), getattr(given, name)
        if name not in _ADDED or not old:
            values[name], origins[name] = new, origin
        else:
            values[name] = {**old, **new} if isinstance(new, Mapping) else (*old, *new)
            origins[name] = f"{origins.get(name, 'default')} and {origin}"
    return replace(base, **values, origins=origins)


def _forms(path: Path, root: Path) -> Iterator[str]:
    """The path relative to the root and each directory above it, as patterns are written."""
    absolute = path.absolute()
    relative = absolute.relative_to(root.absolute()) if absolute.is_relative_to(root.absolute()) else absolute
    yield relative.as_posix()
    for parent in relative.parents:
        if parent.name:
            yield parent.as_posix()


def matches(path: Path, patterns: tuple[str, ...] | Iterator[str], root: Path) -> bool:
    """Whether a pattern names the path or a directory above it.

    A pattern without a slash is compared with each name on the way (`drafts`, `*.draft.md`), one with a slash with the
    path from the root (`docs/old`, `docs/*.md`); `**/` stands for any directories, none included.
    """
    forms = list(_forms(path, root))
    for pattern in patterns:
        glob = pattern.strip("/").removeprefix("./")
        if "/" not in glob and any(fnmatch.fnmatchcase(form.rpartition("/")[2], glob) for form in forms):
            return True
        choices = {glob, glob.replace("**/", ""), glob.removesuffix("/**")}
        if any(fnmatch.fnmatchcase(form, choice) for form in forms for choice in choices):
            return True
    return False


def wanted(path: Path, settings: Configuration) -> bool:
    """Whether the note is to be checked: named by `include` (where there is one) and not by `exclude`."""
    included = not settings.include or matches(path, settings.include, settings.root)
    return included and not matches(path, settings.exclude, settings.root)


def ignored_codes(path: Path, settings: Configuration) -> tuple[str, ...]:
    """The codes that the settings silence in this note, `per-file-ignores` among them."""
    extra = (codes for pattern, codes in settings.per_file_ignores.items() if matches(path, (pattern,), settings.root))
    return (*settings.ignore, *(code for codes in extra for code in codes))


assert {entry.name for entry in fields(Configuration)} - {"root", "origins"} == {key.replace("-", "_") for key in KEYS}
