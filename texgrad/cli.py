"""The command line in, reports and exit codes out: 0 no findings, 1 findings, 2 texgrad could not do its work."""

from __future__ import annotations

import gc
import os
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import click

from texgrad import __version__, codes, configuration, render
from texgrad.configuration import LAYOUTS, SEVERITIES, Configuration, ConfigurationError
from texgrad.report import FileReport, Finding, Notice, Report

# The lowest severity that makes the exit code 1.
FAIL_ON = {"error": "error", "warning": "warning", "undecided": "info", "never": None}

_SKIPPED = {"node_modules", "__pycache__", "site-packages"}
_PATIENCE = 1.0


def _refuse(message: str) -> NoReturn:
    error = click.ClickException(message)
    error.exit_code = 2
    raise error


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="texgrad", message="%(prog)s %(version)s")
def main() -> None:
    """Check the matrix calculus in Markdown and LaTeX notes: find the wrong gradients."""
    for library in ("OPENBLAS", "MKL", "OMP"):
        # Arrays are small: the threads of a linear algebra library would only get into each other's way.
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    for stream in (sys.stdout, sys.stderr):
        # A note may hold characters that the terminal's encoding does not.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _complete_codes(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    return [rule.code for rule in codes.RULES if rule.code.startswith(incomplete.upper())]


def _split(values: tuple[str, ...]) -> list[str]:
    return [word.strip() for value in values for word in value.split(",") if word.strip()]


def _levels(values: tuple[str, ...]) -> dict[str, str]:
    table = {}
    for entry in _split(values):
        code, sign, level = entry.partition("=")
        if not sign:
            _refuse(f"--severity {entry}: expected CODE=LEVEL, such as TG301=error")
        table[code.strip()] = level.strip()
    return table


def _settings(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that take the place of, or add to, what a configuration file says."""
    many = {"multiple": True}
    for option in (
        click.option("--layout", type=click.Choice([*LAYOUTS, "auto"]), help="The layout that the notes use."),
        click.option("--select", metavar="CODES", **many, shell_complete=_complete_codes,
                     help="Report these codes alone (TG101, or TG1 for all that begin so)."),
        click.option("--ignore", metavar="CODES", **many, shell_complete=_complete_codes, help="Silence these codes."),
        click.option("--severity", metavar="CODE=LEVEL", **many, help=f"Give a code a level: {', '.join(SEVERITIES)}."),
        click.option("--include", metavar="GLOB", **many, help="Check the files that this names, no others."),
        click.option("--exclude", metavar="GLOB", **many, help="Do not check what this names."),
        click.option("--macros", metavar="FILE", **many, type=click.Path(), help="Read macro definitions from a file."),
        click.option("--declare", metavar="TEXT", **many, help='What holds in every note: "x in R^n; A symmetric".'),
        click.option("--config", "config_file", metavar="FILE", type=click.Path(path_type=Path),
                     help="Read the settings from this file alone."),
    ):  # fmt: skip
        function = option(function)
    return function


def _finder(options: dict[str, Any]) -> Callable[[Path], Configuration]:
    """The configuration of each file, with the settings of the command line over it."""
    config_file: Path | None = options["config_file"]
    table: dict[str, object] = {
        "layout": options["layout"],
        "select": _split(options["select"]),
        "ignore": _split(options["ignore"]),
        "severity": _levels(options["severity"]),
        "include": list(options["include"]),
        "exclude": list(options["exclude"]),
        "macros": list(options["macros"]),
        "declarations": list(options["declare"]),
    }
    given = {key: value for key, value in table.items() if value}
    fixed = configuration.load(config_file) if config_file is not None else None

    def find(path: Path) -> Configuration:
        return configuration.override(fixed if fixed is not None else configuration.find(path), given)

    return find


def _walk(folder: Path, suffixes: frozenset[str], outer: tuple[Path, ...] = ()) -> Iterator[Path]:
    """The notes under a directory in the order of their names; hidden directories and environments are passed over.

    So is a link to a directory that the walk is inside of.
    """
    real = folder.resolve()
    if real in outer:
        return
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError:
        # Handed on as it is: reading it says what is wrong with it.
        yield folder
        return
    for entry in entries:
        if entry.is_dir():
            environment = (entry / "pyvenv.cfg").exists()
            if not entry.name.startswith(".") and entry.name not in _SKIPPED and not environment:
                yield from _walk(entry, suffixes, (*outer, real))
        elif entry.suffix.lower() in suffixes:
            yield entry


def _gather(paths: tuple[Path, ...], find: Callable[[Path], Configuration]) -> list[tuple[Path, Configuration]]:
    """Every note to check, once, with its configuration."""
    from texgrad.readers import SUFFIXES

    suffixes = frozenset(SUFFIXES)
    gathered: dict[Path, Configuration] = {}
    for path in paths:
        for file in _walk(path, suffixes) if path.is_dir() else [path]:
            settings = find(file)
            if configuration.wanted(file, settings):
                gathered.setdefault(file, settings)
    return list(gathered.items())


def _progress(work: list[tuple[Path, Configuration]], quiet: bool) -> Iterator[tuple[Path, Configuration]]:
    """The work, item by item; on a terminal a bar appears when it takes more than a second."""
    start, done = time.monotonic(), 0
    while done < len(work) and (quiet or not sys.stderr.isatty() or time.monotonic() - start < _PATIENCE):
        yield work[done]
        done += 1
    if done < len(work):
        with click.progressbar(length=len(work), label="checking", file=sys.stderr) as bar:
            bar.update(done)
            for item in work[done:]:
                yield item
                bar.update(1)


def _from_stdin(name: str, find: Callable[[Path], Configuration]) -> FileReport | None:
    from texgrad.checking import check_text

    settings = find(Path(name) if name != "<stdin>" else Path.cwd() / "stdin.md")
    if not configuration.wanted(Path(name), settings):
        return None
    try:
        text = sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return FileReport(name, problem=f"is not UTF-8 text (byte {error.start})")
    return check_text(text, name, settings) if text.strip() else FileReport(name, problem="is empty")


def _run(paths: tuple[Path, ...], options: dict[str, Any]) -> Report:
    from texgrad.checking import check_file

    gc.set_threshold(100_000, 50)  # checking makes many small objects, and hardly any that only the collector frees
    find = _finder(options)
    files: list[FileReport] = []
    if Path("-") in paths:
        report = _from_stdin(options["stdin_filename"], find)
        files += [report] if report is not None else []
    work = _gather(tuple(path for path in paths if path != Path("-")), find)
    files += [check_file(path, settings) for path, settings in _progress(work, options["quiet"])]
    return Report(tuple(_once(files)))


def _once(files: list[FileReport]) -> Iterator[FileReport]:
    """The reports without what is in them twice: a file checked by itself and as a part of one that inputs it.

    As a part it stands among the declarations and macros that belong to it, so that this is the report to keep.
    """
    parts = {os.path.abspath(finding.path) for file in files for finding in file.findings if finding.path != file.path}
    seen: set[tuple[str, int, int, str | None]] = set()
    for file in files:
        alone = os.path.abspath(file.path) in parts
        findings = tuple(entry for entry in file.findings if not alone and _place(entry) not in seen)
        notices = tuple(entry for entry in file.notices if not alone and _place(entry) not in seen)
        seen.update(map(_place, (*findings, *notices)))
        yield replace(file, findings=findings, notices=notices)


def _place(entry: Finding | Notice) -> tuple[str, int, int, str | None]:
    return os.path.abspath(entry.path), entry.line, entry.column, entry.code


def _exit_code(report: Report, fail_on: str) -> int:
    broken = any(finding.code == "TG901" and finding.severity != "ignore" for finding in report.findings)
    if broken or any(file.problem for file in report.files):
        return 2
    lowest = FAIL_ON[fail_on]
    if lowest is None:
        return 0
    notices = [notice for file in report.files for notice in file.notices]
    severities = [entry.severity for entry in (*report.findings, *notices)]
    return int(any(severity and render.RANKS[severity] >= render.RANKS[lowest] for severity in severities))


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--format",
    "form",
    type=click.Choice(render.formats()),
    default="text",
    show_default=True,
    help="How the report is written.",
)
@click.option(
    "--output", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Write the report there."
)
@click.option(
    "--fail-on",
    type=click.Choice(list(FAIL_ON)),
    default="error",
    show_default=True,
    help="The least finding that makes the exit code 1.",
)
@click.option("--statistics", is_flag=True, help="Count verdicts, codes and reasons for not checking.")
@click.option("-q", "--quiet", is_flag=True, help="Show errors and warnings, nothing else.")
@click.option("--show-types", is_flag=True, help="Show all claims, with the shapes and assumptions used.")
@click.option("--stdin-filename", metavar="NAME", default="<stdin>", help="The name of what stands in for `-`.")
@_settings
def check(paths: tuple[Path, ...], form: str, output: Path | None, fail_on: str, **options: Any) -> NoReturn:
    """Check notes; directories are walked, `-` is standard input.

    Exit code: 0 no findings, 1 findings, 2 texgrad could not do its work.
    """
    try:
        report = _run(paths or (Path("."),), options)
    except ConfigurationError as error:
        _refuse(str(error))
    except Exception:
        # A bug outside the checking of one note; Python's own exit code would be that of findings.
        traceback.print_exc()
        _refuse("internal error; please report it with the lines above")
    for file in report.files:
        if file.problem:
            click.echo(f"texgrad: {file.path}: {file.problem}", err=True)
    look = render.Options(quiet=options["quiet"], statistics=options["statistics"], show_types=options["show_types"])
    if output is None:
        text = render.render(form, report, replace(look, colour=_colourful(), width=_terminal_width()))
        if text:
            click.echo(text, color=True)
    else:
        try:
            output.write_text(render.render(form, report, look) + "\n", encoding="utf-8")
        except OSError as error:
            _refuse(f"{output}: cannot be written: {error.strerror}")
    sys.exit(_exit_code(report, fail_on))


def _colourful() -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def _terminal_width() -> int:
    if not sys.stdout.isatty():
        return render.Options.width
    return os.get_terminal_size(sys.stdout.fileno()).columns


@main.command()
@click.argument("code", shell_complete=_complete_codes, required=False)
def explain(code: str | None) -> None:
    """Explain a rule, with a wrong and a right example; without a code, list the rules."""
    if code is None:
        for rule in codes.RULES:
            click.echo(f"{rule.code}  {rule.severity:<8} {rule.name}: {rule.summary}")
        return
    try:
        prefix = codes.check_prefix(code)
    except codes.UnknownCode as error:
        _refuse(str(error))
    click.echo("\n\n".join(_explanation(rule) for rule in codes.RULES if rule.code.startswith(prefix)))


def _explanation(rule: codes.Rule) -> str:
    parts = [f"{rule.code} {rule.name} ({rule.severity})", rule.summary, rule.explanation]
    for label, example in (("Wrong:", rule.wrong_example), ("Right:", rule.right_example)):
        if example:
            parts += [label, "\n".join(f"    {line}".rstrip() for line in example.strip().splitlines())]
    return "\n\n".join(parts)


@main.command()
def ops() -> None:
    """List the operations that texgrad knows, with their spellings and an example each."""
    from texgrad.ops import TABLE

    width = max(len(name) for name in TABLE)
    for op in sorted(TABLE.values(), key=lambda op: op.name):
        spellings = f"  ({', '.join(op.spellings)})" if op.spellings else ""
        click.echo(f"{op.name:<{width}}  {op.summary}{spellings}")
        for example in op.examples[:1]:
            given = f"   [{example.declare}]" if example.declare else ""
            click.echo(f"{'':<{width}}    {example.latex}{given}")


@main.command("config")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@_settings
def show_config(file: Path | None, **options: Any) -> None:
    """Show the settings in force for FILE (or the current directory), and where each value came from."""
    path = file if file is not None else Path.cwd()
    try:
        settings = _finder(options)(path)
    except ConfigurationError as error:
        _refuse(str(error))
    click.echo(str(settings))
    if file is not None and not configuration.wanted(file, settings):
        click.echo(f"# {file} is not checked: include and exclude leave it out")
