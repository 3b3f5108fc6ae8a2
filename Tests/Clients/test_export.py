"""An export makes the same tenant again, in another process, in the middle of its work."""

import base64
import json

import pytest
from emulator import SANDBOX, SANDBOX_JOB, Emulator, synchronization

START = ("--clock", "manual", "--start-time", "2026-01-01T00:00:00Z", "--ids", "export")
SCIM = "a385dff5-08ad-40df-bb25-c35f5868fbe3"
TENANT = "00000000-0000-0000-0000-00000000c0de"


def send(emulator, method, path, content=None, status=None, headers=None):
    answer = emulator.send(method, path, content, headers)
    assert status is None or answer.status == status, f"{method} {path}: {answer.status} {answer.body[:600]}"
    return answer


def collection(emulator, path):
    """All pages' items of a collection."""
    items = []
    while path:
        page = emulator.get(path, headers={"ConsistencyLevel": "eventual"}).json
        items += page["value"]
        path = page.get("@odata.nextLink", "").removeprefix(emulator.url)
    return items


def job_of(emulator, principal):
    return emulator.get(synchronization(principal, "jobs")).json["value"][0]["id"]


def live_through(emulator):
    """Some of everything that a tenant can hold."""
    send(emulator, "POST", "/_emulator/clock", {"advance": "PT1H"}, 200)
    found = collection(emulator, "/v1.0/users?$select=id,onPremisesSyncEnabled")
    users = [user for user in found if not user["onPremisesSyncEnabled"]]
    groups = collection(emulator, "/v1.0/groups?$select=id,displayName")
    # The recycle bin; a service principal in it takes its jobs along.
    for user in users[3:6]:
        send(emulator, "DELETE", f"/v1.0/users/{user['id']}", status=204)
    unified = send(
        emulator,
        "POST",
        "/v1.0/groups",
        {
            "displayName": "Deleted",
            "mailEnabled": True,
            "mailNickname": "deleted",
            "securityEnabled": False,
            "groupTypes": ["Unified"],
        },
        201,
    ).json["id"]
    send(emulator, "DELETE", f"/v1.0/groups/{unified}", status=204)
    made = send(emulator, "POST", "/v1.0/applications", {"displayName": "Made"}, 201).json
    principal = send(
        emulator, "POST", "/v1.0/servicePrincipals", {"appId": made["appId"]}, 201
    ).json
    secret = send(
        emulator, "POST", f"/v1.0/applications/{made['id']}/addPassword", {}, 200
    ).json["secretText"]
    extension = {"name": "badge", "dataType": "String", "targetObjects": ["User"]}
    path = f"/v1.0/applications/{made['id']}/extensionProperties"
    name = send(emulator, "POST", path, extension, 201).json["name"]
    send(emulator, "PATCH", f"/v1.0/users/{users[0]['id']}", {name: "7"}, 204)
    reference = {"@odata.id": f"https://graph.microsoft.com/v1.0/directoryObjects/{users[0]['id']}"}
    send(emulator, "POST", f"/v1.0/applications/{made['id']}/owners/$ref", reference, 204)
    send(emulator, "DELETE", "/v1.0/servicePrincipals/9da01153-cde8-4caa-96e1-0e6370090080", status=204)
    # A schema, a template, a pause, a quarantine, an upload that waits, a target that misbehaves.
    schema = emulator.get(synchronization(SCIM, "jobs", job_of(emulator, SCIM), "schema")).json
    send(emulator, "PUT", synchronization(SCIM, "jobs", job_of(emulator, SCIM), "schema"), schema, 204)
    application = collection(emulator, "/v1.0/applications?$filter=displayName eq 'salesforce 3'".replace(" ", "%20"))
    templates = f"/v1.0/applications/{application[0]['id']}/synchronization/templates"
    template = emulator.get(templates).json["value"][0]
    send(emulator, "PUT", f"{templates}/{template['id']}/schema", template["schema"], 204)
    send(emulator, "POST", synchronization(SANDBOX, "jobs", SANDBOX_JOB, "pause"), status=204)
    workday = "4d7679a5-f0be-4792-a7aa-72b290c707d6"
    send(emulator, "POST", f"/_emulator/jobs/{job_of(emulator, workday)}/quarantine", {"reason": "QuarantinedOnDemand"})
    send(emulator, "PUT", f"/_emulator/targets/{SANDBOX}/behaviours", {"behaviours": ["429-storm"]})
    api = "74a88cff-a4fd-4300-8bfd-6eae03d6e7b4"
    upload = {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
        "Operations": [{"method": "POST", "bulkId": "1", "path": "/Users", "data": {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "externalId": "7"}}],
    }
    fields = {"Content-Type": "application/scim+json"}
    send(emulator, "POST", synchronization(api, "jobs", job_of(emulator, api), "bulkUpload"), upload, 202, fields)
    workers = emulator.get("/_emulator/directories/Workday/Worker?top=1").json["value"]
    send(
        emulator,
        "POST",
        "/_emulator/directories/Workday/Worker",
        {"id": "by-hand", "attributes": {"FirstName": "Ada", **{k: v for k, v in list(workers[0]["attributes"].items())[2:4]}}},
        201,
    )
    # What fails is tried again later, and what changed meanwhile waits for the next cycle.
    for target, status, count in [("06bd3b11-3e61-4883-a136-d49e4a44d0cd", 500, 40), (SCIM, 400, 2)]:
        match = {"target": f"*/scim/{target}/Users*", "method": "POST" if status == 400 else "PATCH"}
        rule = {"id": target, "match": match, "effect": {"status": status}, "count": count}
        send(emulator, "POST", "/_emulator/faults", rule, 201)
    for user in users[10:14]:
        send(emulator, "PATCH", f"/v1.0/users/{user['id']}", {"jobTitle": "Changed"}, 204)
    send(emulator, "POST", "/_emulator/clock", {"advance": "PT41M"}, 200)
    for user in users[20:23]:
        send(emulator, "PATCH", f"/v1.0/users/{user['id']}", {"department": "Later"}, 204)
    send(emulator, "DELETE", f"/v1.0/groups/{groups[0]['id']}/members/{users[1]['id']}/$ref")
    return made["appId"], secret, name


# The tables that the life above leaves rows in.
TABLES = {
    "users", "groups", "service_principals", "links", "extension_properties", "password_credentials",
    "client_secrets", "directory_roles", "synchronized_values", "template_customizations",
    "scim_directories", "connections", "exported_references", "escrows", "provisioning_logs",
    "bulk_uploads", "agenda", "changes",
}


def answers(emulator, extension):
    """What the tenant says of itself, address by address."""
    found = {}
    paths = [
        "/v1.0/users?$top=999",
        f"/v1.0/users?$select=id,{extension},manager&$top=999",
        "/v1.0/groups?$top=999",
        "/v1.0/applications?$top=999",
        "/v1.0/servicePrincipals?$top=999",
        "/v1.0/auditLogs/provisioning?$top=999",
        "/v1.0/directory/deletedItems/microsoft.graph.user",
        "/v1.0/directory/deletedItems/microsoft.graph.group",
        "/v1.0/directory/deletedItems/microsoft.graph.servicePrincipal",
        "/v1.0/directory/deletedItems/microsoft.graph.application",
        "/_emulator/clock",
        "/_emulator/directories",
        "/_emulator/directories/Workday/Worker",
        "/_emulator/faults",
    ]
    for group in collection(emulator, "/v1.0/groups"):
        paths += [f"/v1.0/groups/{group['id']}/{part}" for part in ("members", "owners")]
    for user in collection(emulator, "/v1.0/users"):
        paths.append(f"/v1.0/users/{user['id']}/appRoleAssignments")
    for application in collection(emulator, "/v1.0/applications"):
        for part in ("owners", "extensionProperties", "synchronization/templates"):
            paths.append(f"/v1.0/applications/{application['id']}/{part}")
    for principal in collection(emulator, "/v1.0/servicePrincipals"):
        root = f"/v1.0/servicePrincipals/{principal['id']}"
        paths += [f"{root}/{part}" for part in ("appRoleAssignedTo", "owners", "synchronization/secrets")]
        paths += [f"/_emulator/targets/{principal['id']}"]
        paths += [f"/scim/{principal['id']}/{kind}?count=200" for kind in ("Users", "Groups")]
        jobs = emulator.send("GET", f"{root}/synchronization/jobs")
        found[f"{root}/synchronization/jobs"] = jobs.body.replace(emulator.url.encode(), b"")
        for job in jobs.json.get("value", []):
            for part in ("", "/schema", "/objectConnections", "/bulkUpload"):
                paths.append(f"{root}/synchronization/jobs/{job['id']}{part}".replace("v1.0", "beta" if "Conn" in part else "v1.0"))
    token = "Bearer demo-scim-token"
    for path in paths:
        fields = {"Authorization": token} if path.startswith("/scim") else None
        answer = emulator.send("GET", path, headers=fields)
        text = answer.body.decode().replace(emulator.url, "")
        if answer.status >= 400:
            text = text.split('"innerError"')[0]
        found[path] = (answer.status, text)
    info = emulator.get("/_emulator/info").json["tenant"]
    found["info"] = json.dumps(info)
    return found


def moved(emulator):
    answer = send(emulator, "POST", "/_emulator/clock", {"advance": "PT3H"}, 200)
    return [(run["jobId"], run["execution"]) for run in answer.json["ran"]]


def assert_same(first, second):
    assert list(first) == list(second)
    for path, answer in first.items():
        assert answer == second[path], path


@pytest.mark.parametrize("how", ["posted", "at the start"])
def test_an_export_makes_the_same_tenant_again(tmp_path, how):
    first = Emulator(*START)
    second = None
    try:
        app, secret, extension = live_through(first)
        document = first.get("/_emulator/export?secrets=true").body
        assert TABLES <= set(json.loads(document)["records"])
        seed = tmp_path / "seed.json"
        seed.write_bytes(document)
        if how == "posted":
            second = Emulator(*START, "--seed", "none")
            send(second, "POST", "/_emulator/seed", document, 200, {"Content-Type": "application/json"})
        else:
            # The document says what time it was.
            options = [option for option in START if "2026" not in option and "start" not in option]
            second = Emulator(*options, "--seed", str(seed))
        assert second.get("/_emulator/export?secrets=true").body.replace(
            second.url.encode(), first.url.encode()
        ) == document
        assert_same(answers(first, extension), answers(second, extension))
        # Both go on alike: cycles, retries, identifiers.
        move_base(first, second)
        assert moved(first) == moved(second)
        assert_same(answers(first, extension), answers(second, extension))
        user = {
            "accountEnabled": True,
            "displayName": "New",
            "mailNickname": "new",
            "userPrincipalName": "new@contoso.com",
            "passwordProfile": {"password": "Passw0rd!x"},
        }
        made = [send(one, "POST", "/v1.0/users", user, 201).body for one in (first, second)]
        assert made[0] == made[1]
        form = f"grant_type=client_credentials&client_id={app}&client_secret={quoted(secret)}&scope=https://graph.microsoft.com/.default"
        fields = {"Content-Type": "application/x-www-form-urlencoded"}
        for one in (first, second):
            send(one, "POST", f"/{TENANT}/oauth2/v2.0/token", form.encode(), 200, fields)
        # And a reset of the one that began with the document leads there again.
        if how == "at the start":
            assert send(second, "POST", "/_emulator/reset", status=200).status == 200
            assert second.get("/_emulator/export?secrets=true").body == document
    finally:
        codes = [one.stop() for one in (first, second) if one]
    assert codes == [0, 0]


def quoted(secret):
    return secret.replace("~", "%7E")


def move_base(first, second):
    """Secrets name the address of the process that they were exported from; the second has its own."""
    for principal in collection(second, "/v1.0/servicePrincipals"):
        path = synchronization(principal["id"], "secrets")
        pairs = second.send("GET", path).json.get("value", [])
        for pair in pairs:
            if pair["value"].startswith(first.url):
                moved_pair = {"key": pair["key"], "value": pair["value"].replace(first.url, second.url)}
                send(second, "PUT", path, {"value": [moved_pair]}, 204)


def test_a_masked_export_holds_no_secret_and_still_loads():
    first, second = Emulator(*START), Emulator(*START, "--seed", "none")
    try:
        _, secret, _ = live_through(first)
        shown = first.get("/_emulator/export?secrets=true").body.decode()
        masked = first.get("/_emulator/export").body.decode()
        for text in (secret, "demo-scim-token", "demo-automation-secret", "demo-password"):
            assert text in shown
            assert text not in masked
            assert base64.b64encode(text.encode()).decode() not in masked
        send(second, "POST", "/_emulator/seed", json.loads(masked), 200)
        assert second.get("/_emulator/info").json["tenant"]["counts"] == first.get(
            "/_emulator/info"
        ).json["tenant"]["counts"]
        form = b"grant_type=client_credentials&client_id=b1d4c7a0-5f2e-4c36-9d81-6a07e3f25c10&client_secret=***&scope=https://graph.microsoft.com/.default"
        fields = {"Content-Type": "application/x-www-form-urlencoded"}
        send(second, "POST", f"/{TENANT}/oauth2/v2.0/token", form, 401, fields)
    finally:
        codes = [first.stop(), second.stop()]
    assert codes == [0, 0]


BAD_RECORDS = [
    ([], "'records' has no version"),
    ({"version": 99}, "'records' was exported by a newer version"),
    ({"version": 5, "sqlite_master": []}, "'records.sqlite_master' is not known"),
    ({"version": 5, "escrows": {}}, "'records.escrows' is no list"),
    ({"version": 5, "escrows": [7]}, "'records.escrows[0]' is no object"),
    ({"version": 5, "escrows": [{"nope": 1}]}, "'records.escrows[0].nope' is not known"),
    ({"version": 5, "escrows": [{"job_id": "x"}]}, "'records.escrows[0]' is taken"),
    ({"version": 5, "agenda": [{"due": 1, "kind": "party", "subject": "x"}]}, "agenda[0].kind"),
    ({"version": 5, "agenda": [{"due": "soon", "kind": "cycle", "subject": "x"}]}, "agenda[0]' is taken"),
    ({"version": 5, "users": [{"id": "x", "body": {}}]}, "'records.users[0].body'"),
    ({"version": 5, "provisioning_logs": [{"body": "{"}]}, "provisioning_logs[0].body"),
    ({"version": 5, "job_memories": [{"job_id": "x", "body": [1]}]}, "job_memories[0].body"),
    ({"version": 5, "links": [{"source_id": True}]}, "links[0].source_id"),
    ({"version": 5, "client_secrets": [{"app_id": 1.5, "secret": "x"}]}, "client_secrets[0].app_id"),
]


def test_records_that_cannot_be_are_refused_and_change_nothing():
    emulator = Emulator(*START)
    try:
        before = emulator.get("/_emulator/export").body
        for records, message in BAD_RECORDS:
            answer = send(emulator, "POST", "/_emulator/seed", {"records": records}, 400)
            assert message in answer.json["error"]["message"], answer.json
        for tenant, message in [({"now": "later"}, "tenant.now"), ({"identifiers": -1}, "tenant.identifiers")]:
            answer = send(emulator, "POST", "/_emulator/seed", {"tenant": tenant}, 400)
            assert message in answer.json["error"]["message"]
        assert emulator.get("/_emulator/export").body == before
    finally:
        code = emulator.stop()
    assert code == 0


def test_a_tenant_that_is_larger_than_a_request_moves(tmp_path):
    """Other bodies end at 4 MB; a seed may be as long as an export."""
    first, second = Emulator(*START), Emulator(*START, "--seed", "none")
    try:
        users = [
            {"userPrincipalName": f"u{number}@contoso.com", "displayName": "x" * 1000}
            for number in range(6000)
        ]
        send(first, "POST", "/_emulator/seed", {"users": users}, 200)
        document = first.get("/_emulator/export?secrets=true").body
        assert len(document) > 6 << 20
        fields = {"Content-Type": "application/json"}
        send(second, "POST", "/_emulator/seed", document, 200, fields)
        assert second.get("/_emulator/export?secrets=true").body == document
        assert send(second, "POST", "/v1.0/users", document, None, fields).status == 413
    finally:
        codes = [first.stop(), second.stop()]
    assert codes == [0, 0]
