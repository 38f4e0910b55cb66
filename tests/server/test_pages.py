from __future__ import annotations

import re

from running_server import RunningServer, Serve

from clipdesk import __version__
from clipdesk.server.settings import key_digest


def test_info_has_name_version_and_uuid(server: RunningServer) -> None:
    first, second = server.get("/info").json, server.get("/info").json

    assert first == second
    assert first.keys() == {"name", "version", "uuid"}
    assert (first["name"], first["version"]) == ("ClipDesk", __version__)


def test_openapi_describes_every_route(server: RunningServer) -> None:
    document = server.get("/openapi.json").json

    assert document["paths"].keys() == {
        "/clip/embed_image",
        "/clip/embed_text",
        "/clip/compare",
        "/v1/embeddings",
        "/v1/models",
        "/info",
        "/healthz",
        "/readiness",
        "/metrics",
    }
    assert document["components"]["schemas"]["CompareRequest"]["required"] == ["subject", "prompt"]


def test_operation_ids_are_readable(server: RunningServer) -> None:
    paths = server.get("/openapi.json").json["paths"]

    ids = [operation["operationId"] for operations in paths.values() for operation in operations.values()]
    assert ids[:4] == ["embed_image", "embed_text", "compare", "create_embedding"]
    assert sorted(ids[4:]) == ["healthz", "info", "list_models", "metrics", "readiness"]


def test_openapi_says_how_a_key_is_sent(server: RunningServer, serve: Serve) -> None:
    free, keyed = (one.get("/openapi.json").json for one in (server, serve(key_digests=(key_digest("my-key"),))))

    schemes = keyed["components"]["securitySchemes"]
    assert (schemes["bearer"]["scheme"], schemes["query"]["name"]) == ("bearer", "api_key")
    assert keyed["paths"]["/clip/compare"]["post"]["security"] == [{"bearer": []}, {"query": []}]
    assert free["paths"]["/clip/compare"]["post"]["security"] == [{}, {"bearer": []}, {"query": []}]
    assert "security" not in keyed["paths"]["/healthz"]["get"]


def test_the_documentation_page_loads_nothing_else(server: RunningServer) -> None:
    page = server.get("/docs")

    text = page.body.decode()
    assert page.headers["content-type"].startswith("text/html")
    for name in ("/clip/embed_image", "/clip/embed_text", "/clip/compare", "/metrics", "subject_type", "ViT-B-16"):
        assert name in text
    assert f"curl {server.url}/clip/compare" in text
    assert f"curl {server.url}/v1/embeddings" in text
    assert not re.findall(r"<script|<link|src=|@import|url\(", text)


def test_metrics_count_requests_and_batches(serve: Serve) -> None:
    server = serve()
    server.post("/clip/embed_text", {"text": ["dog", "cat"]})
    server.post("/clip/embed_text", {})
    for path in ("/a", "/b", "/c"):
        server.get(path)

    text = server.get("/metrics").body.decode()

    assert 'clipdesk_requests_total{endpoint="/clip/embed_text",status="200"} 1.0' in text
    assert 'clipdesk_requests_total{endpoint="/clip/embed_text",status="422"} 1.0' in text
    assert 'clipdesk_requests_total{endpoint="other",status="404"} 3.0' in text
    assert 'clipdesk_encoded_total{kind="text"} 2.0' in text
    assert 'clipdesk_batch_size_bucket{kind="text",le="2.0"} 1.0' in text
    assert "clipdesk_requests_in_flight 0.0" in text
    assert "clipdesk_models_loaded 1.0" in text
