"""The command line: what is checked, how it is reported, and the exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import texgrad
from texgrad import __version__, cli, render
from texgrad.checking import worth_reading
from texgrad.codes import RULES

GOOD = "Text.\n\n$a = verified$\n"
BAD = "Text.\n\n$a = wrong$\n"


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(cli.main, arguments, input=stdin)


def checked(result: Result) -> list[str]:
    """The names of the files in a JSON report's claims."""
    return [claim["path"] for claim in json.loads(result.stdout)["claims"]]


pytestmark = pytest.mark.usefixtures("fake_core")


# exit codes


@pytest.mark.parametrize(
    ("note", "fail_on", "code"),
    [
        (GOOD, "error", 0),
        (BAD, "error", 1),
        (BAD, "never", 0),
        ("$a = layout$", "error", 0),
        ("$a = layout$", "warning", 1),
        ("$a = undecided$", "warning", 0),
        ("$a = undecided$", "undecided", 1),
        ("$a = verified$ <!-- texgrad: ignore -->", "warning", 1),
        ("$a = wrong$ <!-- texgrad: ignore -->", "undecided", 0),
    ],
)
def test_the_exit_code_says_whether_there_are_findings(write, note: str, fail_on: str, code: int):
    write("a.md", note)
    assert run("check", "a.md", "--fail-on", fail_on).exit_code == code


def test_what_cannot_be_checked_is_said_in_one_line_and_the_rest_is_checked(write):
    write("a.md", BAD)
    write("empty.md", "  \n")
    Path("latin.md").write_bytes("Übung".encode("latin-1"))
    result = run("check", "empty.md", "missing.md", "latin.md", "a.md")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "texgrad: empty.md: is empty",
        "texgrad: missing.md: no such file",
        "texgrad: latin.md: is not UTF-8 text (byte 0)",
    ]
    assert "a.md:3:4: TG101 this is wrong" in result.stdout
    assert "3 files could not be checked" in result.stdout


def test_a_bug_in_the_core_is_shown_with_the_file_and_exit_code_2(write):
    write("a.md", "$a = crash$")
    write("b.md", BAD)
    result = run("check", "a.md", "b.md")
    assert result.exit_code == 2
    assert "texgrad: a.md: internal error: ZeroDivisionError: of the test (fake_checker.py:" in result.stderr
    assert "b.md:3:4: TG101" in result.stdout


def test_a_bug_elsewhere_is_not_taken_for_findings(write, monkeypatch: pytest.MonkeyPatch):
    write("a.md", GOOD)
    monkeypatch.setattr(cli, "_gather", lambda *_: 1 / 0)
    result = run("check", "a.md")
    assert result.exit_code == 2
    assert "ZeroDivisionError" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--select", "TG1O1"], "unknown code 'TG1O1'; did you mean 'TG101'?"),
        (["--severity", "TG301"], "expected CODE=LEVEL"),
        (["--severity", "TG301=loud"], "unknown severity 'loud'"),
        (["--macros", "missing.tex"], "no such file"),
        (["--config", "missing.toml"], "missing.toml: cannot be read"),
        (["--layout", "diagonal"], "'diagonal' is not one of"),
        (["--format", "xml"], "'xml' is not one of"),
        (["--output", "nowhere/report.txt"], "cannot be written"),
    ],
)
def test_a_bad_option_is_exit_code_2(write, arguments: list[str], message: str):
    write("a.md", BAD)
    result = run("check", "a.md", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


# what is checked


def test_directories_are_walked_in_order_and_each_file_checked_once(write):
    for name in (
        "b.md", "a.tex", "c.txt", "sub/d.qmd", ".hidden/e.md", "node_modules/f.md", "env/pyvenv.cfg", "env/g.md",
    ):  # fmt: skip
        write(name, BAD)
    assert checked(run("check", ".", "b.md", "--format", "json")) == ["a.tex", "b.md", "sub/d.qmd"]


def test_without_paths_the_current_directory_is_checked(write):
    write("a.md", BAD)
    assert checked(run("check", "--format", "json")) == ["a.md"]


def test_excludes_apply_to_files_named_on_the_command_line(write):
    write("texgrad.toml", 'exclude = ["drafts"]\n')
    write("drafts/a.md", BAD)
    write("b.md", BAD)
    assert checked(run("check", "drafts/a.md", "b.md", "--format", "json")) == ["b.md"]
    assert run("check", "drafts/a.md").exit_code == 0


def test_include_and_exclude_on_the_command_line(write):
    for name in ("a.md", "b.md", "c.md"):
        write(name, BAD)
    assert checked(run("check", ".", "--exclude", "b.md", "--format", "json")) == ["a.md", "c.md"]
    assert checked(run("check", ".", "--include", "b.*", "--format", "json")) == ["b.md"]


def test_standard_input(write):
    write("texgrad.toml", 'per-file-ignores = { "drafts/*" = ["TG1"] }\n')
    result = run("check", "-", stdin=BAD)
    assert result.exit_code == 1
    assert "<stdin>:3:4: TG101" in result.stdout
    assert run("check", "-", "--stdin-filename", "drafts/a.md", stdin=BAD).exit_code == 0
    tex = run("check", "-", "--stdin-filename", "a.tex", stdin="% $x = wrong$\n\\(a = wrong\\)\n")
    assert "a.tex:2:5: TG101" in tex.stdout and ":1:" not in tex.stdout


@pytest.mark.parametrize(("stdin", "message"), [("", "is empty"), (b"\xff", "is not UTF-8 text (byte 0)")])
def test_standard_input_that_cannot_be_checked(stdin: str | bytes, message: str):
    result = run("check", "-", stdin=stdin)
    assert result.exit_code == 2
    assert f"texgrad: <stdin>: {message}" in result.stderr


def test_a_byte_order_mark_is_no_part_of_the_note(write):
    Path("a.md").write_bytes(b"\xef\xbb\xbf$a = wrong$\n")
    assert "a.md:1:4:" in run("check", "a.md").stdout


def test_a_file_that_another_one_inputs_is_reported_once(write):
    write("main.tex", "\\begin{document}\n\\input{parts/one}\n\\(a = layout\\)\n\\end{document}\n")
    write("parts/one.tex", "\\(b = wrong\\) \\(c = verified\\)\n")
    assert checked(run("check", ".", "--format", "json")) == ["parts/one.tex", "parts/one.tex", "main.tex"]
    assert checked(run("check", "parts", "--format", "json")) == ["parts/one.tex", "parts/one.tex"]
    assert checked(run("check", ".", "--exclude", "parts", "--format", "json")) == ["main.tex"]


def test_what_cannot_be_read_of_a_note_is_a_warning(write):
    write("main.tex", "\\input{missing}\n\\(a = verified\\)\n")
    result = run("check", "main.tex", "--fail-on", "warning")
    assert result.exit_code == 1
    assert "main.tex:1:1: TG602 cannot find the file missing" in result.stdout
    assert run("check", "main.tex", "--fail-on", "warning", "--ignore", "TG602").exit_code == 0


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("No math, but $5 and $HOME.", False),
        ("a = b, for $5", False),
        ("$x$ and $y$", False),
        ("$x = y$", True),
        ("$x \\eq y$", True),
        ("\\(x\\)", True),
        ("```math\nx = y\n```", True),
        ("\\input{a}", True),
        ("<!-- texgrad: ignore -->", True),
        ("$$ a = b", True),
        ("```{math}\na = b\n```", True),
    ],
)
def test_a_cheap_look_tells_what_is_worth_reading(text: str, worth: bool):
    assert worth_reading(text) is worth


# how it is reported


def test_select_ignore_and_severity(write):
    write("a.md", "$a = wrong$ $b = layout$ $c = undecided$\n")
    claims = json.loads(run("check", "a.md", "--format", "json", "--select", "TG3").stdout)["claims"]
    assert [claim["severity"] for claim in claims] == ["ignore", "warning", "ignore"]
    claims = json.loads(run("check", "a.md", "--format", "json", "--ignore", "TG101,TG5").stdout)["claims"]
    assert [claim["severity"] for claim in claims] == ["ignore", "warning", "ignore"]
    raised = run("check", "a.md", "--format", "json", "--severity", "TG3=error", "--ignore", "TG1")
    assert raised.exit_code == 1
    assert json.loads(raised.stdout)["claims"][1]["severity"] == "error"


def test_layout_and_declarations_reach_the_core(write):
    write("a.md", BAD)
    out = run("check", "a.md", "--show-types", "--layout", "mixed", "--declare", "x in R^n; A in R^{n x n}").stdout
    assert "layout asked: mixed" in out
    assert "x in R^n; A in R^{n x n}" in out


@pytest.mark.parametrize("name", render.formats())
def test_every_format_can_be_written_to_a_file(write, name: str):
    write("a.md", BAD)
    result = run("check", "a.md", "--format", name, "--output", "report")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert Path("report").read_text(encoding="utf-8").strip() == run("check", "a.md", "--format", name).stdout.strip()


def test_colour_follows_the_environment(write, monkeypatch: pytest.MonkeyPatch):
    write("a.md", BAD)
    assert "\033[" not in run("check", "a.md").stdout
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\033[31m" in run("check", "a.md").stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\033[" not in run("check", "a.md").stdout


def test_the_bar_appears_on_a_terminal_once_the_work_takes_long(monkeypatch: pytest.MonkeyPatch):
    work = [(Path(f"{number}.md"), None) for number in range(3)]
    assert list(cli._progress(work, quiet=False)) == work
    bars = []
    real = click.progressbar
    monkeypatch.setattr(cli.click, "progressbar", lambda **options: bars.append(options) or real(**options))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert list(cli._progress(work, quiet=False)) == work
    assert bars == []
    monkeypatch.setattr(cli, "_PATIENCE", 0.0)
    assert list(cli._progress(work, quiet=True)) == work
    assert bars == []
    assert list(cli._progress(work, quiet=False)) == work
    assert [bar["length"] for bar in bars] == [3]


# the other commands


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_explain_shows_a_rule_with_its_examples(rule):
    out = run("explain", rule.code.lower()).stdout
    assert out.startswith(f"{rule.code} {rule.name}")
    assert rule.summary in out
    for line in (rule.wrong_example + rule.right_example).splitlines():
        assert line in out


def test_explain_lists_the_rules():
    assert [line.split()[0] for line in run("explain").stdout.splitlines()] == [rule.code for rule in RULES]


def test_explain_an_unknown_code():
    result = run("explain", "TG1O1")
    assert result.exit_code == 2
    assert "did you mean 'TG101'?" in result.stderr


def test_config_says_where_each_value_came_from(write):
    file = write("texgrad.toml", 'layout = "mixed"\nexclude = ["old"]\n')
    lines = run("config", "old/a.md", "--ignore", "TG3").stdout.splitlines()
    assert any(line.startswith('layout = "mixed" ') and line.endswith(f"# {file}") for line in lines)
    assert any(line.startswith('ignore = ["TG3"] ') and line.endswith("# command line") for line in lines)
    assert any(line.startswith("select = [] ") and line.endswith("# default") for line in lines)
    assert lines[-1] == "# old/a.md is not checked: include and exclude leave it out"


def test_config_with_an_error(write):
    write("texgrad.toml", "selct = []\n")
    result = run("config")
    assert result.exit_code == 2
    assert "did you mean 'select'?" in result.stderr


def test_ops_lists_every_operation():
    from texgrad.ops import TABLE

    lines = run("ops").stdout.splitlines()
    assert [line.split()[0] for line in lines if not line.startswith(" ")] == sorted(TABLE)
    assert sum(line.startswith(" ") for line in lines) == sum(bool(op.examples) for op in TABLE.values())


def test_version_and_help_as_a_module():
    done = subprocess.run([sys.executable, "-m", "texgrad", "--version"], capture_output=True, text=True)
    assert done.stdout.strip() == f"texgrad {__version__}"


# from Python


def test_the_public_names():
    assert texgrad.check_text("$a = wrong$").findings[0].code == "TG101"
    assert texgrad.check_text("$a = undecided$").findings[0].message == "not checked: unknown symbol q"
    for name in texgrad.__all__:
        assert getattr(texgrad, name) is not None
    with pytest.raises(AttributeError, match="nothing"):
        _ = texgrad.nothing


def test_a_checked_file_finds_its_configuration(write):
    write("texgrad.toml", 'ignore = ["TG101"]\n')
    note = write("notes/a.md", BAD)
    assert texgrad.check_file(note).findings[0].severity == "ignore"
    assert texgrad.check_file(note, texgrad.configuration.Configuration()).findings[0].severity == "error"
    assert texgrad.check_file(note.parent).problem == "is a directory"


def test_verdicts_are_kept_where_the_configuration_says(write):
    write("texgrad.toml", "cache = true\n")
    note = write("notes/a.md", BAD)
    first = texgrad.check_file(note)
    folder = note.parents[1] / ".texgrad_cache"
    (kept,) = [path for path in folder.iterdir() if path.name != ".gitignore"]
    assert texgrad.check_file(note) == first
    kept.write_text(kept.read_text().replace('"a"', '"from the cache"'))
    assert texgrad.check_file(note).findings[0].lhs == "from the cache"
    note.write_text(BAD + "\n")
    assert texgrad.check_file(note).findings[0].lhs == "a"
    kept.write_text("{torn")
    assert texgrad.check_file(note).findings[0].lhs == "a"


# what is imported


def imported(code: str, *names: str) -> list[str]:
    program = f"import sys\n{code}\nprint(*[name for name in {names!r} if name in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert "Traceback" not in done.stderr
    return done.stderr.split()


def test_the_command_line_imports_neither_numpy_nor_the_readers():
    assert imported("import texgrad.cli", "numpy", "sympy", "markdown_it", "pylatexenc") == []


def test_a_note_without_math_needs_no_numpy(write):
    note = write("a.md", "No math here, not even for $5.\n")
    code = f"from texgrad import check_file\ncheck_file({str(note)!r})"
    assert imported(code, "numpy", "sympy") == []


def test_checking_a_short_note_imports_no_sympy(write):
    note = write("a.md", "Let $x \\in \\mathbb{R}^n$.\n\n$$\\nabla_x x^T x = 2x$$\n")
    code = f"from texgrad import check_file\nassert check_file({str(note)!r}).findings"
    assert imported(code, "numpy", "sympy") == ["numpy"]


def test_a_link_to_the_directory_around_it_is_not_walked_again(tmp_path: Path):
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "a.md").write_text("no math\n", encoding="utf-8")
    (inner / "loop").symlink_to("..", target_is_directory=True)
    assert "in 1 file:" in run("check", str(tmp_path)).output
