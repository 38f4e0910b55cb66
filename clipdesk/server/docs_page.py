"""The documentation page: one page of plain HTML, made from the OpenAPI document, that loads nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

_STYLE = """
:root { color-scheme: light dark; --line: 1px solid color-mix(in srgb, currentColor 20%, transparent) }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 56rem; margin: 2rem auto; padding: 0 1rem }
h2 { font: 600 1.1rem ui-monospace, monospace; margin-top: 2.5rem }
pre { padding: .8rem 1rem; overflow-x: auto; border: var(--line); border-radius: 6px }
table { border-collapse: collapse; width: 100% }
td { padding: .3rem .8rem .3rem 0; vertical-align: top; border-top: var(--line) }
td:first-child { white-space: nowrap }
code, pre { font-family: ui-monospace, monospace; font-size: .9rem }
"""

_EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "/clip/embed_image": {"image": {"type": "base64", "value": "…"}},
    "/clip/embed_text": {"text": ["a dog", "a cat"]},
    "/clip/compare": {"subject": {"type": "base64", "value": "…"}, "prompt": ["a dog", "a cat"]},
    "/v1/embeddings": {"model": "ViT-B-16", "input": ["a dog", "data:image/png;base64,…"]},
}


def docs_page(openapi: Mapping[str, Any], address: str, versions: Sequence[str], *, needs_key: bool) -> str:
    """Return the page as HTML. `address` is the server's address as the reader sees it, for the examples."""
    info = openapi["info"]
    key = "It needs an API key." if needs_key else "It needs no API key."
    body = [
        f"<h1>{escape(info['title'])} {escape(info['version'])}</h1>",
        f"<p>{escape(info['description'])} {key} For programs: <a href='openapi.json'>openapi.json</a>.</p>",
        f"<p>clip_version_id: {', '.join(f'<code>{escape(version)}</code>' for version in versions)}</p>",
    ]
    for path, methods in openapi["paths"].items():
        for method, operation in methods.items():
            body += _operation(path, method, operation, openapi, address)
    return (
        f"<!doctype html><html lang='en'><meta charset='utf-8'><title>{escape(info['title'])}: the CLIP API</title>"
        f"<meta name='viewport' content='width=device-width'><style>{_STYLE}</style>{''.join(body)}</html>"
    )


def _operation(
    path: str, method: str, operation: Mapping[str, Any], openapi: Mapping[str, Any], address: str
) -> Iterator[str]:
    yield f"<h2>{method.upper()} {escape(path)}</h2><p>{escape(operation.get('description', ''))}</p>"
    if path in _EXAMPLES:
        example = json.dumps(_EXAMPLES[path], ensure_ascii=False)
        yield (
            f"<pre>curl {escape(address)}{escape(path)} \\\n  -H 'Content-Type: application/json' \\\n"
            f"  -d '{escape(example)}'</pre>"
        )
    schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    if "$ref" in schema:
        model = openapi["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        yield _table(
            (name if name in model.get("required", ()) else f"{name} (optional)", field.get("description", ""))
            for name, field in model["properties"].items()
        )
    yield _table((status, answer.get("description", "")) for status, answer in operation["responses"].items())


def _table(rows: Iterator[tuple[str, str]]) -> str:
    cells = (f"<tr><td><code>{escape(name)}</code></td><td>{escape(text)}</td></tr>" for name, text in rows)
    return f"<table>{''.join(cells)}</table>"
