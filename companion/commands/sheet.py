"""`companion sheet check|import|export|link`: cue sheets from the command line."""

import json
import re
import sys
from pathlib import Path
from typing import Any

import click

from companion import clock, database
from companion.commands import bundled, folder, handed
from companion.commands.serve import settings_with
from companion.models.sheet import bring_in_all, sheet_named
from companion.rules.refused import Refused

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


@click.group("sheet")
def command() -> None:
    """Check, bring in, take out and unlock cue sheets."""


@command.command("check")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object for programs.")
def check(files: tuple[Path, ...], as_json: bool) -> None:
    """Name every fault of sheets with its place.

    Ends with 1 when there is an error.
    """
    found = {str(file): findings(file) for file in files}
    errors = sum(f["severity"] == "error" for one in found.values() for f in one)
    if as_json:
        click.echo(json.dumps({"errors": errors, "files": found}, ensure_ascii=False, indent=2))
    else:
        for file, one in found.items():
            tell(file, one)
    sys.exit(1 if errors else 0)


def findings(file: Path) -> list[dict[str, Any]]:
    from companion.rules import checks

    try:
        document = bundled.read(file)
    except (OSError, ValueError) as wrong:
        return [{"code": "unreadable", "severity": "error", "sentence": f"This is not a cue sheet: {wrong}."}]
    return [finding.told(finding.sentence) for finding in checks.check(document)]


def tell(file: str, found: list[dict[str, Any]]) -> None:
    for one in found:
        place = " ".join(str(one[key]) for key in ("scene_id", "cue_id", "field") if one.get(key))
        click.echo(
            f"{file}: {one['severity']}: {place + ': ' if place else ''}{one['sentence']} [{one['code']}]"
        )
    errors = sum(one["severity"] == "error" for one in found)
    click.echo(f"{file}: {errors} errors, {len(found) - errors} warnings")


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--slug", help="Its name in addresses; the file's name unless given.")
def bring(file: Path, slug: str | None) -> None:
    """Bring a sheet in and publish it.

    A sheet of the same name gets its next revision.
    """
    slug = slug or file.stem.lower()
    if not SLUG.fullmatch(slug):
        raise click.ClickException("A slug is made of a–z, 0–9 and hyphens.")
    found = findings(file)
    if any(one["severity"] == "error" for one in found):
        tell(str(file), found)
        raise click.ClickException("Nothing was changed.")
    kept = ask(sheet_import, slug=slug, document=bundled.read(file))
    click.echo(f"{kept['slug']} is revision {kept['revision']} now.")


@handed.verb
def sheet_import(slug: str, document: dict[str, Any]) -> dict[str, Any]:
    def keep(session: Any) -> dict[str, Any]:
        (revision,) = bring_in_all(session, [(slug, document)], clock.now(), "file")
        return {"slug": revision.sheet.slug, "revision": revision.number}

    try:
        return database.write(keep)
    except Refused as refused:
        raise handed.Failed(refused.sentence) from None


@command.command("export")
@click.argument("slug")
@click.option("--revision", type=int, help="Its number; the newest published one unless given.")
@click.option("--format", "form", default="json", help="json, vtt, vtt-plain, srt, csv, tsv or chapters.")
@click.option("--lang", help="For the formats of one language.")
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="File to write; else the screen."
)
def take(slug: str, revision: int | None, form: str, lang: str | None, output: Path | None) -> None:
    """Write a sheet as JSON, WebVTT, SRT, CSV…

    Says first what a format cannot carry.
    """
    from companion.formats import catalogue
    from companion.formats.faults import Unreadable

    document = ask(sheet_export, slug=slug, revision=revision)
    try:
        made = catalogue.export_sheet(document, form, lang)
    except Unreadable as wrong:
        raise click.ClickException(str(wrong)) from None
    for loss in made.losses:
        click.echo(f"lost: {getattr(loss, 'sentence', loss)}", err=True)
    if output:
        output.write_text(made.text, encoding="utf-8")
    else:
        click.echo(made.text, nl=False)


@handed.verb
def sheet_export(slug: str, revision: int | None) -> dict[str, Any]:
    with database.reading() as session:
        sheet = sheet_named(session, slug)
        if sheet is None:
            raise handed.Failed(f"There is no sheet called {slug}.")
        number = revision or sheet.published or sheet.latest
        try:
            return sheet.revision(number).document
        except Refused as refused:
            raise handed.Failed(refused.sentence) from None


@command.command("link")
@click.argument("slug")
def link(slug: str) -> None:
    """Make a new edit link for a lost one.

    Every older link of the sheet stops working.
    """
    settings = settings_with()
    token = ask(sheet_link, slug=slug)
    running = str(folder.read(settings.data_dir).get("address", ""))
    base = settings.public_url or running or f"http://127.0.0.1:{settings.port}"
    click.echo(f"{base}/studio/{slug}#{token}")


@handed.verb
def sheet_link(slug: str) -> str:
    def renew(session: Any) -> str:
        sheet = sheet_named(session, slug)
        if sheet is None:
            raise handed.Failed(f"There is no sheet called {slug}.")
        return str(sheet.renew_keys(clock.now()))

    return database.write(renew)


def ask(fn: Any, **given: Any) -> Any:
    try:
        return handed.do(settings_with(), fn, **given)
    except handed.Failed as failed:
        raise click.ClickException(str(failed)) from None
