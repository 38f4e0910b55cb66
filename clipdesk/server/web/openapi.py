"""The OpenAPI document of the app: readable operation ids, and how a key is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fastapi import FastAPI
    from fastapi.routing import APIRoute

_SCHEMES: dict[str, Any] = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "The API key, in the header Authorization."},
    "query": {"type": "apiKey", "in": "query", "name": "api_key", "description": "The API key, in the address."},
}


def operation_id(route: APIRoute) -> str:
    """Return the name of the route's function as its operation id, from which client generators make method names."""
    return route.name


def describe_keys(app: FastAPI, paths: frozenset[str], *, needs_key: bool) -> None:
    """Say in the app's OpenAPI document how to send a key to these paths. Without `needs_key` it is optional."""
    build = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = build()
            document.setdefault("components", {})["securitySchemes"] = _SCHEMES
            accepted: list[dict[str, list[str]]] = [{name: []} for name in _SCHEMES]
            for path, operations in document["paths"].items():
                if path in paths:
                    for operation in operations.values():
                        operation["security"] = accepted if needs_key else [{}, *accepted]
        return build()

    app.openapi = openapi  # type: ignore[method-assign]
