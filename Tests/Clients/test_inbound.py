"""An HR integrator's view: bulk uploads by HTTP and by Graph's SDK, their errors, logs and durability."""

import asyncio
import json
import time
import urllib.parse

import pytest
from emulator import Emulator, assert_error, synchronization
from kiota_abstractions.authentication import AnonymousAuthenticationProvider
from kiota_abstractions.method import Method
from kiota_abstractions.request_information import RequestInformation
from msgraph import GraphRequestAdapter, GraphServiceClient
from msgraph.generated.audit_logs.provisioning.provisioning_request_builder import (
    ProvisioningRequestBuilder,
)
from msgraph.generated.models.o_data_errors.o_data_error import ODataError

PRINCIPAL = "74a88cff-a4fd-4300-8bfd-6eae03d6e7b4"
JOB = "API2AAD.0000000000000000000000000000c0de.11d1ed80-76f5-4757-8d2b-a3a42179382d"
JOB_PATH = synchronization(PRINCIPAL, "jobs", JOB)
UPLOAD = JOB_PATH + "/bulkUpload"
SCIM = {"Content-Type": "application/scim+json"}
USER = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
TENANT = "00000000-0000-0000-0000-00000000c0de"
# The demo's clients: one that may upload and nothing else, one that may read.
UPLOADER = ("e92b6f05-d1c8-4037-8e5a-3b7f94a0c6d2", "demo-upload-secret")
READER = ("4e8a90d3-b6c1-4f27-a5de-0c92f71b3846", "demo-reader-secret")


@pytest.fixture
def standing():
    """An emulator whose clock only moves when told, with the upload job started."""
    running = Emulator("--clock", "manual")
    assert running.send("POST", JOB_PATH + "/start").status == 204
    yield running
    assert running.stop() == 0, running.errors()


def record(number, **more):
    """One SCIM user of a system of record."""
    return {
        "schemas": [USER, ENTERPRISE],
        "externalId": number,
        "userName": f"user{number}@example.com",
        "displayName": f"User {number}",
        "active": True,
    } | more


def bulk(*records):
    """A bulk request with an operation for each record."""
    return {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
        "Operations": [
            {"method": "POST", "bulkId": str(place), "path": "/Users", "data": data}
            for place, data in enumerate(records)
        ],
        "failOnErrors": None,
    }


def upload(emulator, body, headers=SCIM, **more):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return emulator.send("POST", UPLOAD, content, headers=headers, **more)


def advance(emulator, duration="PT1S"):
    answer = emulator.send("POST", "/_emulator/clock", {"advance": duration})
    assert answer.status == 200, answer.body
    return answer.json["ran"]


def find(emulator, number, select="id,displayName,accountEnabled,userPrincipalName"):
    query = urllib.parse.quote(f"employeeId eq '{number}'")
    answer = emulator.get(f"/v1.0/users?$filter={query}&$select={select}")
    return answer.json["value"]


def test_the_location_of_an_upload_finds_its_log(standing):
    manager = {ENTERPRISE: {"department": "Tours", "manager": {"value": "2"}}}
    answer = upload(standing, bulk(record("1", **manager), record("2")))
    assert answer.status == 202
    assert answer.body == b"" and answer.headers["content-length"] == "0"
    assert answer.headers["request-id"] == answer.headers["client-request-id"]
    location = answer.headers["location"]
    expected = f"/v1.0/auditLogs/provisioning/?$filter=jobid%20eq%20'{JOB}'"
    assert location == standing.url + expected
    assert standing.get(expected).json["value"] == []
    (run,) = [ran for ran in advance(standing) if ran["jobId"] == JOB]
    assert run["execution"]["state"] == "Succeeded"
    rows = standing.get(location.removeprefix(standing.url)).json["value"]
    assert {(row["provisioningAction"], row["sourceIdentity"]["id"]) for row in rows} == {
        ("create", "1"),
        ("create", "2"),
        ("update", "1"),
    }
    assert all(row["jobId"] == JOB for row in rows)
    (user,) = find(standing, "1")
    manager = standing.get(f"/v1.0/users/{user['id']}/manager").json
    assert manager["displayName"] == "User 2"


def changed(**members):
    """A bulk request of which an operation has other members; None takes one away."""
    body = bulk(record("1"))
    for name, value in members.items():
        if value is None:
            del body["Operations"][0][name]
        else:
            body["Operations"][0][name] = value
    return body


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (bulk(record("1")), {"Content-Type": "application/json"}),
        (bulk(record("1")), {"Content-Type": "application/scim+xml"}),
        (bulk(record("1")), {}),
        (b"", SCIM),
        (b"{", SCIM),
        (b"[]", SCIM),
        (bulk(), SCIM),
        (bulk(*[record(str(number)) for number in range(51)]), SCIM),
        ({**bulk(record("1")), "schemas": [USER]}, SCIM),
        ({"Operations": bulk(record("1"))["Operations"]}, SCIM),
        ({**bulk(record("1")), "Operations": None}, SCIM),
        *[(changed(method=method), SCIM) for method in ("PUT", "PATCH", "DELETE", "GET", None)],
        *[(changed(path=path), SCIM) for path in ("/Groups", "/Users/1", "Users", None)],
        (changed(bulkId=None), SCIM),
        (changed(data=None), SCIM),
        (changed(data={"externalId": "1"}), SCIM),
        (changed(data="text"), SCIM),
    ],
)
def test_what_is_no_bulk_request_is_invalid_data_format(standing, body, headers):
    answer = upload(standing, body, headers)
    assert_error(answer, 400)
    assert answer.json["error"]["message"].startswith("Invalid Data Format")
    advance(standing)
    assert find(standing, "1") == []


def test_fifty_records_and_a_large_body_are_taken_and_more_is_refused(standing):
    filler = "x" * 60_000
    assert upload(standing, bulk(*[record(str(n), nickName=filler) for n in range(50)])).status == 202
    too_large = upload(standing, b" " * (5 << 20))
    assert_error(too_large, 413)
    advance(standing)
    assert len(find(standing, "49")) == 1


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_only_post_uploads(standing, method):
    answer = standing.send(method, UPLOAD, json.dumps(bulk(record("1"))).encode(), headers=SCIM)
    assert answer.status in (400, 404, 405)
    advance(standing)
    assert find(standing, "1") == []


def test_limits_are_faults_that_a_tester_asks_for(standing):
    # Not asked for: nothing is counted.
    assert all(upload(standing, bulk(record("1"))).status == 202 for _ in range(60))
    assert (
        standing.send("POST", "/_emulator/faults", {"preset": "bulk-upload-limits"}).status == 201
    )
    for _ in range(40):
        assert upload(standing, bulk(record("1"))).status == 202
    refused = upload(standing, bulk(record("1")))
    assert_error(refused, 429)
    assert refused.headers["retry-after"] == "5"
    advance(standing, "PT5S")
    assert upload(standing, bulk(record("1"))).status == 202
    # A day's limit, with numbers that a test can reach.
    assert standing.send("DELETE", "/_emulator/faults").status == 204
    rule = {
        "match": {"method": "POST", "path": "*/bulkUpload"},
        "effect": {"status": 429},
        "limits": [{"calls": 3, "window": "P1D"}],
    }
    assert standing.send("POST", "/_emulator/faults", rule).status == 201
    statuses = [upload(standing, bulk(record("1"))).status for _ in range(4)]
    assert statuses == [202, 202, 202, 429]
    advance(standing, "P1D")
    assert upload(standing, bulk(record("1"))).status == 202


def token(emulator, client):
    form = urllib.parse.urlencode(
        {
            "client_id": client[0],
            "client_secret": client[1],
            "grant_type": "client_credentials",
            "scope": "https://graph.microsoft.com/.default",
        }
    )
    answer = emulator.send(
        "POST",
        f"/{TENANT}/oauth2/v2.0/token",
        form.encode(),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert answer.status == 200, answer.body
    return {"Authorization": f"Bearer {answer.json['access_token']}"}


def test_callers_without_a_token_or_the_permission_are_refused():
    emulator = Emulator("--auth", "strict", "--clock", "manual")
    try:
        body = bulk(record("1"))
        assert_error(upload(emulator, body), 401, "InvalidAuthenticationToken")
        wrong = SCIM | {"Authorization": "Bearer nonsense"}
        assert_error(upload(emulator, body, wrong), 401, "InvalidAuthenticationToken")
        assert_error(upload(emulator, body, SCIM | token(emulator, READER)), 403)
        allowed = SCIM | token(emulator, UPLOADER)
        assert upload(emulator, body, allowed).status == 202
        # A token's hour is over.
        advance(emulator, "PT2H")
        assert_error(upload(emulator, body, allowed), 401, "InvalidAuthenticationToken")
    finally:
        assert emulator.stop() == 0, emulator.errors()


UPLOADS, RECORDS = 200, 50


def test_ten_thousand_records_survive_kill_9_in_order(tmp_path):
    """Each answered upload is processed once, in its order, whenever the process dies."""
    options = ("--data", str(tmp_path / "data"), "--seed", "demo")
    emulator = Emulator(*options)
    try:
        assert emulator.send("POST", JOB_PATH + "/start").status == 204
        for number in range(UPLOADS):
            # The last upload of all writes over a record of the first.
            records = [record(str(number * RECORDS + place)) for place in range(RECORDS)]
            if number == UPLOADS - 1:
                records[-1] = record("0", displayName="The last word")
            assert upload(emulator, bulk(*records)).status == 202
            # Once while uploads wait and are worked off, and once shortly before the end.
            if number in (UPLOADS // 3, UPLOADS - 2):
                emulator.kill()
                emulator = Emulator(*options)
        deadline = time.monotonic() + 120
        while find(emulator, "0")[0]["displayName"] != "The last word":
            assert time.monotonic() < deadline, "the last upload is not worked off"
            time.sleep(0.1)
        numbers = set()
        path = "/v1.0/users?$select=employeeId&$top=999"
        while path:
            page = emulator.get(path).json
            numbers |= {user.get("employeeId") for user in page["value"]}
            path = page.get("@odata.nextLink", "").removeprefix(emulator.url)
        expected = {str(number) for number in range(UPLOADS * RECORDS - 1)}
        assert expected <= numbers, f"lost: {sorted(expected - numbers)[:10]}"
        creations = log_of_creations(emulator)
        # In order, and none twice.
        assert creations == [str(number) for number in range(UPLOADS * RECORDS - 1)]
    finally:
        if emulator.is_running():
            emulator.stop()


def log_of_creations(emulator):
    """The source identifiers of all creations, the oldest first."""
    query = urllib.parse.quote(f"jobId eq '{JOB}' and provisioningAction eq 'create'")
    path = f"/v1.0/auditLogs/provisioning?$filter={query}&$top=500"
    found = []
    while path:
        page = emulator.get(path).json
        found += [row["sourceIdentity"]["id"] for row in page["value"]]
        path = page.get("@odata.nextLink", "").removeprefix(emulator.url)
    return found[::-1]


class Session:
    """A Graph client whose base URL is the emulator's; nothing else about it differs."""

    def __init__(self, emulator):
        self.adapter = GraphRequestAdapter(AnonymousAuthenticationProvider())
        self.adapter.base_url = emulator.url + "/v1.0"
        self.client = GraphServiceClient(request_adapter=self.adapter)

    async def post(self, body):
        """The upload as its page has it: the SDK has no builder for the POST."""
        request = RequestInformation(
            Method.POST,
            "{+baseurl}/servicePrincipals/{principal}/synchronization/jobs/{job}/bulkUpload",
            {"baseurl": self.adapter.base_url, "principal": PRINCIPAL, "job": JOB},
        )
        request.headers.try_add("Content-Type", "application/scim+json")
        request.content = json.dumps(body).encode()
        await self.adapter.send_no_response_content_async(request, {"XXX": ODataError})

    @property
    def job(self):
        principal = self.client.service_principals.by_service_principal_id(PRINCIPAL)
        return principal.synchronization.jobs.by_synchronization_job_id(JOB)

    async def log(self, filter):
        kind = ProvisioningRequestBuilder.ProvisioningRequestBuilderGetQueryParameters
        options = ProvisioningRequestBuilder.ProvisioningRequestBuilderGetRequestConfiguration(
            query_parameters=kind(filter=filter)
        )
        answer = await self.client.audit_logs.provisioning.get(request_configuration=options)
        return answer.value


def test_the_sdk_uploads_and_reads_the_log(standing):
    async def steps():
        session = Session(standing)
        await session.post(bulk(record("1"), record("a%b", userName="a%b@example.com")))
        # The media routes of the metadata: what waits can be read, and written over.
        waiting = json.loads(await session.job.bulk_upload.content.get())
        waiting["Operations"][0]["data"]["displayName"] = "By way of $value"
        await session.job.bulk_upload.content.put(json.dumps(waiting).encode())
        assert (await session.job.bulk_upload.get()).id
        advance(standing)
        with pytest.raises(ODataError) as caught:
            await session.job.bulk_upload.get()
        assert caught.value.response_status_code == 404
        created = await session.log(f"jobId eq '{JOB}' and sourceIdentity/id eq '1'")
        failed = await session.log(f"jobId eq '{JOB}' and provisioningStatusInfo/status eq 'failure'")
        with pytest.raises(ODataError) as refused:
            await session.post({"schemas": []})
        return created, failed, refused.value

    created, failed, refused = asyncio.run(steps())
    assert [entry.provisioning_action.value for entry in created] == ["create"]
    assert {change.display_name: change.new_value for change in created[0].modified_properties}[
        "displayName"
    ] == "By way of $value"
    assert [entry.source_identity.id for entry in failed] == ["a%b"]
    information = failed[0].provisioning_status_info.error_information
    assert information.error_code == "AzureActiveDirectoryInvalidUserPrincipalName"
    assert refused.response_status_code == 400
    assert refused.error.message.startswith("Invalid Data Format")
