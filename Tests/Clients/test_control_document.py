"""The control API's OpenAPI document is what the emulator does: statuses, members, types, errors."""

import json
import re

import pytest
from emulator import SANDBOX, SANDBOX_JOB, Emulator

TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
}
PLACES = {
    "jobId": SANDBOX_JOB,
    "servicePrincipalId": SANDBOX,
    "name": "before",
    "id": "throttled",
    "objectType": "Worker",
}
# What has to be there before an operation can be done.
FIRST = {
    ("GET", "/_emulator/snapshots/{name}"): [("PUT", "/_emulator/snapshots/before", None)],
    ("DELETE", "/_emulator/snapshots/{name}"): [("PUT", "/_emulator/snapshots/before", None)],
    ("POST", "/_emulator/snapshots/{name}/restore"): [("PUT", "/_emulator/snapshots/before", None)],
    ("GET", "/_emulator/snapshots"): [("PUT", "/_emulator/snapshots/before", None)],
    ("GET", "/_emulator/faults/{id}"): [("POST", "/_emulator/faults", {"id": "throttled", "preset": "slow", "count": 2})],
    ("DELETE", "/_emulator/faults/{id}"): [("POST", "/_emulator/faults", {"id": "throttled", "preset": "slow"})],
    ("GET", "/_emulator/faults"): [("POST", "/_emulator/faults", {"id": "throttled", "preset": "slow", "count": 2})],
    ("POST", "/_emulator/requests/verify"): [("GET", "/v1.0/users", None)],
}
WORKER = [("POST", "/_emulator/directories/Workday/Worker", {"id": "21001", "attributes": {"WID": "x", "FirstName": "A"}})]
FIRST |= {(method, "/_emulator/directories/{name}/{objectType}/{id}"): WORKER for method in ("GET", "PATCH", "DELETE")}
# Bodies that do here what the example does in its own place.
BODIES = {("POST", "/_emulator/requests/verify"): {"assertions": [{"method": "GET", "path": "/v1.0/users"}]}}


@pytest.fixture(scope="module")
def emulator():
    running = Emulator("--clock", "manual", "--start-time", "2026-01-01T00:00:00Z", "--tls")
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="module")
def document(emulator):
    return emulator.get("/_emulator/openapi-control.json").json


def operations(document):
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def filled(path):
    if "/directories/{name}" in path:
        path = path.replace("{name}", "Workday").replace("{id}", "21001")
    for name, value in PLACES.items():
        path = path.replace("{" + name + "}", value)
    assert "{" not in path
    return path


def check(value, schema, place):
    """The value is of the schema's type, and no member is there that the schema does not tell of."""
    if not schema or value is None:
        return
    assert isinstance(value, TYPES[schema["type"]]), f"{place}: {value!r} is no {schema['type']}"
    assert schema["type"] == "boolean" or not isinstance(value, bool), place
    if schema["type"] == "array":
        for element in value:
            check(element, schema.get("items"), place + "[]")
    if schema["type"] == "object" and "additionalProperties" not in schema:
        known = schema.get("properties", {})
        assert set(value) <= set(known), f"{place} has {set(value) - set(known)}, which is not documented"
        for name, member in value.items():
            check(member, known[name], f"{place}.{name}")


def test_every_operation_does_what_the_document_says(emulator, document):
    done = 0
    for number, (method, path, operation) in enumerate(operations(document)):
        if path == "/_emulator/events":
            continue
        # A tenant for each, made by naming it.
        prefix = f"/tenants/{number:08x}-0000-4000-8000-000000000000"
        for step in FIRST.get((method, path), []):
            assert emulator.send(step[0], prefix + step[1], step[2]).status < 300
        content = BODIES.get((method, path))
        if content is None and "requestBody" in operation:
            content = operation["requestBody"]["content"]["application/json"]["example"]
            if path == "/_emulator/clock":
                content = {"advance": content["advance"]}
        if path.endswith("/{objectType}") and method == "POST":
            content = {"attributes": {"WID": "new", "FirstName": "Ada"}}
        answer = emulator.send(method, prefix + filled(path), content)
        documented = {status for status in operation["responses"] if status != "default"}
        assert str(answer.status) in documented, f"{method} {path}: {answer.status} {answer.body[:300]}"
        described = operation["responses"][str(answer.status)].get("content")
        if described:
            media, shape = next(iter(described.items()))
            assert answer.headers["content-type"].split(";")[0] == media
            if media == "application/json":
                check(answer.json, shape.get("schema"), f"{method} {path}")
                for name, kind in shape.get("schema", {}).get("properties", {}).items():
                    if name in shape["schema"].get("required", []):
                        assert name in answer.json, f"{method} {path} lacks {name} ({kind})"
        else:
            assert answer.body == b""
        done += 1
    assert done > 30


def test_examples_fit_their_schemas(document):
    for method, path, operation in operations(document):
        contents = [operation.get("requestBody", {}).get("content", {})]
        contents += [response.get("content", {}) for response in operation["responses"].values()]
        for content in contents:
            for shape in content.values():
                if "example" in shape:
                    check(shape["example"], shape["schema"], f"{method} {path}")


def test_identifiers_are_unique_and_parameters_told(document):
    found = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(found) == len(set(found))
    for _, path, operation in operations(document):
        told = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
        assert told == set(re.findall(r"{(\w+)}", path))


def test_the_index_lists_the_same_operations(emulator, document):
    listed = {(one["method"], one["path"]) for one in emulator.get("/_emulator").json["operations"]}
    assert listed == {(method, path) for method, path, _ in operations(document)}


@pytest.mark.parametrize(
    "method, path, content, status, code",
    [
        ("GET", "/nothing", None, 404, "NotFound"),
        ("PUT", "/clock", {}, 405, "MethodNotAllowed"),
        ("POST", "/clock", b"{", 400, "InvalidJSON"),
        ("POST", "/clock", [], 400, "InvalidJSON"),
        ("POST", "/clock", {"forward": 1}, 400, "UnknownMember"),
        ("POST", "/clock", {"advance": "P999999999Y"}, 400, "InvalidMember"),
        ("POST", "/clock", {"advance": "-PT1H"}, 400, None),
        ("POST", "/clock", {"now": "9999-12-31T23:59:59Z"}, 400, "TooManyCycles"),
        ("POST", "/clock", {"rate": 0}, 400, "InvalidMember"),
        ("POST", "/reset", {"hard": True}, 400, "UnknownMember"),
        ("POST", "/seed", {"people": []}, 400, "UnreadableSeed"),
        ("POST", "/seed", [], 400, "UnreadableSeed"),
        ("GET", "/export?secrets=perhaps", None, 400, "InvalidMember"),
        ("GET", "/export?private=true", None, 400, "UnknownMember"),
        ("PUT", "/snapshots/.hidden", None, 400, "InvalidMember"),
        ("PUT", "/snapshots/" + "x" * 65, None, 400, "InvalidMember"),
        ("GET", "/snapshots/none", None, 404, "NotFound"),
        ("POST", "/snapshots/none/restore", None, 404, "NotFound"),
        ("DELETE", "/snapshots/none", None, 404, "NotFound"),
        ("POST", "/jobs/none/run", None, 404, "NotFound"),
        ("POST", "/faults", {}, 400, "InvalidMember"),
        ("POST", "/faults", {"preset": "none"}, 400, "InvalidMember"),
        ("POST", "/faults", {"effect": {"status": 99}}, 400, "InvalidMember"),
        ("POST", "/faults", {"effect": {"status": 500}, "probability": 2}, 400, "InvalidMember"),
        ("POST", "/faults", {"effect": {"status": 500}, "count": 0}, 400, "InvalidMember"),
        ("POST", "/faults", {"effect": {"delay": "P1D"}}, 400, "InvalidMember"),
        ("DELETE", "/faults/none", None, 404, "NotFound"),
        ("GET", "/requests?status=soon", None, 400, "InvalidMember"),
        ("GET", "/requests?limit=0", None, 400, "InvalidMember"),
        ("GET", "/requests?limit=99999999999999999999", None, 400, "InvalidMember"),
        ("POST", "/requests/verify", {"assertions": []}, 400, "InvalidMember"),
        ("POST", "/requests/verify", {"assertions": [{"exactly": -1}]}, 400, "InvalidMember"),
        ("GET", "/events?kinds=weather", None, 400, "InvalidMember"),
        ("GET", "/directories/None/Worker", None, 404, "NotFound"),
        ("GET", "/directories/Workday/Worker/none", None, 404, "NotFound"),
        ("POST", "/directories/Workday/Worker", {"attributes": {"WID": 7}}, 400, "AnchorMissing"),
        ("POST", "/directories/Workday/Worker", {"attributes": {}}, 400, "InvalidMember"),
        ("POST", "/directories/Workday/Worker", {"attributes": 7}, 400, None),
        ("PATCH", "/directories/Workday/Worker/none", {"attributes": {"a": 1}}, 404, "NotFound"),
        ("GET", "/targets/none", None, None, None),
        ("PUT", f"/targets/{SANDBOX}/behaviours", {"behaviours": ["kind"]}, 400, None),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_shape(emulator, method, path, content, status, code):
    headers = {"Content-Type": "application/json"} if isinstance(content, bytes) else None
    answer = emulator.send(method, "/_emulator" + path, content, headers)
    assert answer.status == status if status else 400 <= answer.status < 500, answer.body
    assert list(answer.json) == ["error"] and set(answer.json["error"]) == {"code", "message"}
    assert code is None or answer.json["error"]["code"] == code, answer.body
    assert len(json.dumps(answer.json)) < 2000
