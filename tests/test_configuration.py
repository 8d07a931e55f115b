"""Configuration: where it is found, what it may say, what stands over it, and the globs in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from texgrad.configuration import (
    LAYOUTS,
    Configuration,
    ConfigurationError,
    find,
    ignored_codes,
    load,
    matches,
    override,
    wanted,
)


def test_without_a_file_everything_is_the_default(write):
    note = write("notes/a.md", "")
    settings = find(note)
    assert settings.layout is None and settings.origins == {}
    assert 'layout = "auto"  ' in str(settings) and "# default" in str(settings)


def test_the_nearest_file_upwards_is_used(write):
    write("pyproject.toml", '[tool.texgrad]\nlayout = "numerator"\n')
    write("notes/texgrad.toml", 'layout = "denominator"\n')
    deep = write("notes/week1/a.md", "")
    other = write("other/b.md", "")
    assert find(deep).layout == "denominator"
    assert find(deep).root == deep.parents[1]
    assert find(other).layout == "numerator"
    assert find(other).origins["layout"].endswith("pyproject.toml")


def test_a_pyproject_without_our_table_is_passed_over(write):
    write("pyproject.toml", '[tool.texgrad]\nlayout = "mixed"\n')
    write("sub/pyproject.toml", '[project]\nname = "x"\n')
    assert find(write("sub/a.md", "")).layout == "mixed"


def test_a_value_in_the_place_of_our_table_is_an_error(write):
    write("pyproject.toml", '[tool]\ntexgrad = "denominator"\n')
    with pytest.raises(ConfigurationError, match=r"tool\.texgrad is not a table"):
        find(write("a.md", ""))


def test_a_changed_file_is_read_again(write):
    file = write("texgrad.toml", 'layout = "mixed"\n')
    note = write("a.md", "")
    assert find(note).layout == "mixed"
    file.write_text('layout = "numerator"\n')
    os.utime(file, ns=(1, 1))
    assert find(note).layout == "numerator"


def test_every_key_is_read(write):
    write("macros.tex", r"\newcommand{\R}{\mathbb{R}}")
    file = write(
        "texgrad.toml",
        """
        layout = "denominator"
        select = ["TG1", "TG3"]
        ignore = ["TG104"]
        severity = { TG3 = "error" }
        per-file-ignores = { "drafts/*" = ["TG1"] }
        include = ["*.md"]
        exclude = ["old"]
        macros = ["macros.tex"]
        declarations = ["x in R^n"]
        cache = true
        """,
    )
    settings = load(file)
    assert settings.select == ("TG1", "TG3")
    assert settings.ignore == ("TG104",)
    assert settings.severity == {"TG3": "error"}
    assert settings.per_file_ignores == {"drafts/*": ("TG1",)}
    assert settings.macros == (file.parent / "macros.tex",)
    assert settings.declarations == ("x in R^n",)
    assert settings.cache is True
    assert set(settings.origins) == {
        "layout", "select", "ignore", "severity", "per_file_ignores", "include", "exclude", "macros", "declarations",
        "cache",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("selct = []", "unknown key 'selct'; did you mean 'select'"),
        ('layout = "denom"', "unknown layout 'denom'; did you mean 'denominator'"),
        ('ignore = ["TG1O1"]', "ignore: unknown code 'TG1O1'; did you mean 'TG101'"),
        ('severity = { TG101 = "warn" }', "unknown severity 'warn'; did you mean 'warning'"),
        ('severity = { TG777 = "error" }', "unknown code 'TG777'"),
        ("severity = 3", "expected a table"),
        ("select = 3", "expected a list of strings"),
        ('cache = "yes"', "expected true or false"),
        ('macros = ["missing.tex"]', "no such file: .*missing.tex"),
        ('per-file-ignores = ["a"]', "expected a table"),
        ("layout = ", "cannot be read"),
    ],
)
def test_what_is_not_understood_is_an_error_that_names_the_file(write, text: str, message: str):
    file = write("texgrad.toml", text + "\n")
    with pytest.raises(ConfigurationError, match=message) as caught:
        find(write("a.md", ""))
    assert str(file) in str(caught.value)


def test_a_missing_file_is_an_error():
    with pytest.raises(ConfigurationError, match=r"nowhere.toml: cannot be read"):
        load(Path("nowhere.toml"))


def test_the_command_line_replaces_or_adds(write):
    write("texgrad.toml", 'layout = "mixed"\nignore = ["TG1"]\nselect = ["TG1"]\nseverity = { TG3 = "info" }\n')
    base = find(write("a.md", ""))
    over = override(base, {"layout": "auto", "ignore": ["TG3"], "select": ["TG2"], "severity": {"TG2": "info"}})
    assert over.layout is None and over.origins["layout"] == "command line"
    assert over.select == ("TG2",)
    assert over.ignore == ("TG1", "TG3")
    assert over.severity == {"TG3": "info", "TG2": "info"}
    assert over.origins["ignore"].endswith("texgrad.toml and command line")
    assert over.root == base.root


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("drafts", "drafts/a.md", True),
        ("drafts/", "notes/drafts/a.md", True),
        ("drafts", "notes/drafts.md", False),
        ("*.draft.md", "notes/a.draft.md", True),
        ("docs/old", "docs/old/deep/a.md", True),
        ("docs/old", "more/docs/old/a.md", False),
        ("docs/*.md", "docs/a.md", True),
        ("docs/**", "docs/deep/a.md", True),
        ("**/old/*.md", "old/a.md", True),
        ("**/old/*.md", "x/y/old/a.md", True),
        ("./a.md", "a.md", True),
        ("a.md", "b.md", False),
    ],
)
def test_globs(tmp_path: Path, pattern: str, path: str, expected: bool):
    assert matches(tmp_path / path, (pattern,), tmp_path) is expected


def test_include_and_exclude_together(tmp_path: Path):
    settings = Configuration(include=("docs",), exclude=("docs/old",), root=tmp_path)
    assert wanted(tmp_path / "docs/a.md", settings)
    assert not wanted(tmp_path / "docs/old/a.md", settings)
    assert not wanted(tmp_path / "readme.md", settings)


def test_ignores_for_some_files(tmp_path: Path):
    settings = Configuration(ignore=("TG3",), per_file_ignores={"drafts": ("TG1",)}, root=tmp_path)
    assert ignored_codes(tmp_path / "drafts/a.md", settings) == ("TG3", "TG1")
    assert ignored_codes(tmp_path / "a.md", settings) == ("TG3",)


def test_the_layouts_are_those_of_the_core():
    from texgrad.layouts import NAMED

    assert set(LAYOUTS) == set(NAMED)
