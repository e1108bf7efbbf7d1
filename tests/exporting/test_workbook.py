"""The workbook, read back by another library; and the data package."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

import psfacts
from conftest import Cli
from psfacts.model import FactBase
from psfacts.store.store import Store

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def workbook(path: Path, store: Store) -> openpyxl.Workbook:
    psfacts.export(path, store=store)
    return openpyxl.load_workbook(path)


def cells(sheet: openpyxl.worksheet.worksheet.Worksheet, key: str) -> dict[str, openpyxl.cell.Cell]:
    """Return the cells of the row whose id is ``key`` by the heads of their columns."""
    head = [cell.value for cell in sheet[1]]
    (row,) = (row for row in sheet.iter_rows(min_row=2) if row[0].value == key)
    return dict(zip(head, row, strict=True))


def test_every_list_has_a_sheet_with_a_frozen_head_and_filters(store: Store, tmp_path: Path) -> None:
    made = workbook(tmp_path / "facts.xlsx", store)
    assert made.sheetnames == ["Facts", "Indicators", "Countries", "Errata", "Sources"]
    for sheet in made:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
    assert made["Facts"].max_row == len(store.facts) + 1


def test_numbers_are_numbers_dates_are_dates_and_codes_are_text(store: Store, tmp_path: Path) -> None:
    made = workbook(tmp_path / "facts.xlsx", store)
    grain = cells(made["Facts"], "grain-corvia-2030")
    fact = store.fact("grain-corvia-2030")
    assert grain["number"].value == fact.value  # type: ignore[union-attr]  # an observation
    assert grain["category"].value is None
    assert fact.when is not None
    assert grain["earliest"].value == datetime.combine(fact.when.earliest, datetime.min.time())
    country = cells(made["Countries"], "corvia")
    iso = store.entity("corvia").iso
    assert iso is not None
    assert (country["numeric"].value, country["numeric"].data_type) == (iso.numeric, "s")


def test_nothing_is_a_formula(fiction_base: FactBase, tmp_path: Path) -> None:
    facts = [
        fact.model_copy(update={"statement": words + fact.statement})
        for fact, words in zip(
            fiction_base.facts, ["=1+1 ", "+", "-", "@SUM(A1) ", "http://example.org/ "], strict=False
        )
    ]
    hostile = Store.of(fiction_base.model_copy(update={"facts": (*facts, *fiction_base.facts[5:])}))
    made = workbook(tmp_path / "facts.xlsx", hostile)
    kinds = {cell.data_type for sheet in made for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert cells(made["Facts"], facts[0].id)["statement"].value == facts[0].statement


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this machine")
def test_a_spreadsheet_program_opens_it(store: Store, tmp_path: Path) -> None:
    psfacts.export(tmp_path / "facts.xlsx", store=store)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    convert = [
        "--headless",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "facts.xlsx"),
    ]
    subprocess.run([str(OFFICE), profile, *convert], check=True, capture_output=True)
    with (tmp_path / "facts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["id"] for row in rows} == {fact.id for fact in store.facts}


def test_a_folder_becomes_a_data_package(cli: Cli, store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "package"
    assert cli("export", f"{folder}/").stdout == f"wrote {folder}/\n"
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert described["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    for resource in described["resources"]:
        with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == [field["name"] for field in resource["schema"]["fields"]]
    with (folder / "facts.csv").open(encoding="utf-8", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == [fact.id for fact in store.facts]
    assert "already exists" in cli("export", f"{folder}/", code=5).stderr
    (folder / "mine.txt").write_text("kept", encoding="utf-8")
    cli("export", f"{folder}/", "--force")
    assert (folder / "mine.txt").read_text(encoding="utf-8") == "kept"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["package"]


def test_frictionless_finds_it_valid(store: Store, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="frictionless comes with the extra 'clients'")
    psfacts.export(f"{tmp_path}/package/", store=store)
    report = frictionless.validate(str(tmp_path / "package" / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
