"""The reference pages, from the declarations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..declaration.marks import Digest, WriteOnly
from ..declaration.sentences import change_sentence, effect, limits, occasions_of, whole_sentence
from ..declaration.shape import Object, Property, written
from ..declaration.tokens import PACKAGE
from ..platforms.settings import SETTINGS
from .look_ups import functions_page
from .properties import nested, public, table, type_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..functions.function import Function
    from ..lifecycle.kind import Kind


_NOTE = "<!-- Written from the declarations by `make generate`. -->\n"


def reference_pages(kinds: Mapping[str, Kind], functions: Mapping[str, Function]) -> dict[str, str]:
    """The pages by file name: one for each kind, one for functions, one for the configuration, and the list of them."""
    pages = {f"{kind.name}.md": _page(kind) for kind in kinds.values()}
    links = "\n".join(
        f"- [{kind.name}]({kind.name}.md): {kind.doc.split('. ')[0].rstrip('.')}." for kind in kinds.values()
    )
    others = (
        "- [Functions](functions.md): Look-ups that manage nothing.\n- [Configuration](configuration.md)\n"
        "- [Operations](operations.md): What of the platforms is used, and what deliberately is not.\n"
    )
    index = f"{_NOTE}\n# Reference\n\n{links}\n{others}"
    pages |= {"functions.md": f"{_NOTE}\n{functions_page(functions)}", "configuration.md": _configuration()}
    return {**pages, "README.md": index}


def changes_table(kinds: Mapping[str, Kind]) -> str:
    """What a change of each input does: a row a kind."""
    rows = ["| resource | changed in place | needs a new object |", "| --- | --- | --- |"]
    for kind in kinds.values():
        properties = [(f"`{prop.wire}`", occasions_of(prop)) for prop in written(kind.shape)]
        updated = [name for name, occasions in properties if "" not in occasions]
        replaced = [_when(name, occasions) for name, occasions in properties if occasions]
        rows.append(f"| {kind.name} | {', '.join(updated)} | {', '.join(replaced) or 'nothing'} |")
    return "\n".join(rows) + "\n"


def _when(name: str, occasions: list[str]) -> str:
    return f"{name} ({'; '.join(occasions)})".replace("(when ", "(") if all(occasions) else name


def _page(kind: Kind) -> str:
    inputs, outputs = kind.shape, kind.output_shape
    parts = [_NOTE, f"# {kind.name}\n", f"{whole_sentence(kind.doc, kind.not_in)}\n", "## Inputs\n", _inputs(inputs)]
    below = nested(inputs)
    if below:
        parts.append("## Objects in the inputs\n")
        parts += [f"### {title}\n\n{shape.model.__doc__}\n\n{_inputs(shape)}" for title, shape in below.items()]
    parts += ["## Outputs\n", "Every input is an output too. Besides:\n", _outputs(kind, outputs)]
    parts += [f"### {title}\n\n{shape.model.__doc__}\n\n{_plain(shape)}" for title, shape in nested(outputs).items()]
    return "\n".join(parts)


def _inputs(shape: Object) -> str:
    rows = ["| property | type | | on change | |", "| --- | --- | --- | --- | --- |"]
    for prop in written(shape):
        need = "required" if prop.required else ""
        rows.append(f"| `{prop.name}` | {type_of(prop.shape)} | {need} | {effect(prop)} | {_about(prop)} |")
    return "\n".join(rows) + "\n"


def _plain(shape: Object) -> str:
    return table(public(shape))


def _outputs(kind: Kind, shape: Object) -> str:
    derived = [
        f"| `{item.name}` | [{item.model.__name__}](#{item.model.__name__.lower()}) | {item.doc} |"
        for item in kind.derived
    ]
    made = [prop for prop in kind.shape.properties.values() if prop.mark(Digest)]
    derived += [f"| `{prop.name}` | {type_of(prop.shape)} | {_about(prop)} |" for prop in made]
    return _plain(shape) + "".join(f"{row}\n" for row in derived)


def _about(prop: Property) -> str:
    secret = "Secret." if prop.mark(WriteOnly) and "Secret" not in change_sentence(prop) else ""
    sentences = [prop.doc, change_sentence(prop), limits(prop.shape), secret]
    return " ".join(part for part in sentences if part).replace("|", "\\|")


def _configuration() -> str:
    lines = [
        _NOTE,
        "# Configuration\n",
        f"Set with `pulumi config set {PACKAGE}:NAME VALUE` (`--secret` for keys).\n",
        "| setting | default | environment variable | |",
        "| --- | --- | --- | --- |",
    ]
    for setting in SETTINGS:
        names = ", ".join(f"`{name}`" for name in setting.variables)
        default = "" if setting.default is None else f"`{setting.default}`"
        lines.append(f"| `{PACKAGE}:{setting.name}` | {default} | {names} | {setting.doc} |")
    return "\n".join(lines) + "\n"
