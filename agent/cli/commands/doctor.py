"""``focalface doctor``: what runs where and why."""

import json

import typer

from focalface.agent.cli import options
from focalface.agent.cli.options import AsJson, BaseUrl, Describer, Detector, Device


def register(app: typer.Typer) -> None:
    """Add ``doctor``."""
    app.command()(doctor)


def doctor(
    describer: Describer = None,
    detector: Detector = None,
    base_url: BaseUrl = None,
    device: Device = None,
    as_json: AsJson = False,
) -> None:
    """Show versions, weights, devices and optional parts; exit 1 if something is broken."""
    from focalface.agent.cli.doctor import examine

    settings = options.make_settings(
        describer=describer, detector=detector, base_url=base_url, device=device
    )
    findings = examine(settings)
    if as_json:
        typer.echo(json.dumps([f.model_dump() for f in findings], ensure_ascii=False, indent=2))
    else:
        from focalface.agent.basics.answer import Table
        from focalface.agent.terminal.render import View, make_console

        rows = tuple(("ok" if f.ok else "mend", f.name, f.text) for f in findings)
        View(make_console()).table(Table(title="Doctor", columns=("", "What", "How"), rows=rows))
    if broken := [f.name for f in findings if not f.ok]:
        typer.echo(f"focalface: to be mended: {', '.join(broken)}.", err=True)
        raise typer.Exit(1)
