"""Microsoft's own Python SDK, unmodified, makes each of its 56 calls below both roots, and more."""

import asyncio
import importlib
import json

import pytest
from emulator import SANDBOX, SANDBOX_JOB, TEMPLATE
from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph.generated.audit_logs.provisioning.provisioning_request_builder import (
    ProvisioningRequestBuilder,
)
from msgraph.generated.models.bulk_upload import BulkUpload
from msgraph.generated.models.directory_definition import DirectoryDefinition
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.synchronization import Synchronization
from msgraph.generated.models.synchronization_job import SynchronizationJob
from msgraph.generated.models.synchronization_job_application_parameters import (
    SynchronizationJobApplicationParameters,
)
from msgraph.generated.models.synchronization_job_restart_criteria import (
    SynchronizationJobRestartCriteria,
)
from msgraph.generated.models.synchronization_job_subject import SynchronizationJobSubject
from msgraph.generated.models.synchronization_secret import SynchronizationSecret
from msgraph.generated.models.synchronization_secret_key_string_value_pair import (
    SynchronizationSecretKeyStringValuePair as Pair,
)
from msgraph.generated.models.synchronization_status_code import SynchronizationStatusCode
from msgraph.generated.models.synchronization_template import SynchronizationTemplate
from msgraph.generated.users.delta.delta_request_builder import DeltaRequestBuilder
from msgraph.generated.users.users_request_builder import UsersRequestBuilder
from msgraph_core.requests.batch_request_builder import BatchRequestBuilder
from msgraph_core.requests.batch_request_content import BatchRequestContent
from msgraph_core.requests.batch_request_item import BatchRequestItem
from test_msgraph_sdk import ERRORS, Session
from token_service import token_service

API_APP = "74a88cff-a4fd-4300-8bfd-6eae03d6e7b4"
API_JOB = "API2AAD.0000000000000000000000000000c0de.11d1ed80-76f5-4757-8d2b-a3a42179382d"
SCIM_APP = "a385dff5-08ad-40df-bb25-c35f5868fbe3"
SCIM_JOB = "scim.0000000000000000000000000000c0de.4f69b626-58da-4ad8-84a6-bc7c99919948"
USER = "92ba3afa-4614-41d6-994a-6e49dca63b7f"
UPLOAD = {
    "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
    "Operations": [
        {
            "method": "POST",
            "bulkId": "701984",
            "path": "/Users",
            "data": {
                "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
                "externalId": "701984",
                "userName": "bjensen@contoso.com",
                "active": True,
            },
        }
    ],
}


def body(root, place, name):
    """The class of an action's body; each root has classes of its own."""
    path = f"msgraph.generated.{root}.item.synchronization.{place}"
    module = path + "." + "".join("_" + c.lower() if c.isupper() else c for c in name)[1:]
    return getattr(importlib.import_module(module), name)


async def refused(call, status):
    with pytest.raises(ODataError) as caught:
        await call
    assert caught.value.response_status_code == status, caught.value
    assert caught.value.error.code
    return True


class Calls:
    """The calls below one root, by the number of their row; each returns once it went as it should."""

    def __init__(self, session, root, ids):
        self.root = root
        self.done = set()
        client = session.client
        pick = (
            client.service_principals.by_service_principal_id
            if root == "service_principals"
            else client.applications.by_application_id
        )
        self.sandbox = pick(ids[SANDBOX]).synchronization
        self.upload = pick(ids[API_APP]).synchronization.jobs.by_synchronization_job_id(API_JOB)
        self.scim = pick(ids[SCIM_APP]).synchronization
        self.scim_job = self.scim.jobs.by_synchronization_job_id(SCIM_JOB)

    async def call(self, number, awaitable):
        result = await awaitable
        self.done.add(number)
        return result

    def pairs(self, **values):
        return [Pair(key=SynchronizationSecret(key), value=one) for key, one in values.items()]

    async def owner_and_secrets(self):
        s = self.sandbox
        found = await self.call(1, s.get())
        assert found.secrets
        await self.call(2, s.put(Synchronization(secrets=found.secrets)))
        token = body(self.root, "acquire_access_token", "AcquireAccessTokenPostRequestBody")
        with token_service() as address:
            credentials = self.pairs(
                Oauth2TokenExchangeUri=address, Oauth2ClientId="client", Oauth2ClientSecret="secret"
            )
            given = token(credentials=credentials)
            await self.call(4, self.sandbox.acquire_access_token.post(given))
        put = body(self.root, "secrets", "SecretsPutRequestBody")
        await self.call(5, s.secrets.put(put(value=self.pairs(SyncAll="true"))))
        assert await self.call(6, s.secrets.count.get()) > len(found.secrets)

    async def jobs(self):
        s = self.sandbox
        listed = await self.call(7, s.jobs.get())
        assert [job.id for job in listed.value] == [SANDBOX_JOB]
        assert await self.call(9, s.jobs.count.get()) == 1
        validate = body(
            self.root, "jobs.validate_credentials", "ValidateCredentialsPostRequestBody"
        )
        await self.call(
            10,
            s.jobs.validate_credentials.post(
                validate(
                    template_id="Azure2Azure",
                    use_saved_credentials=False,
                    credentials=self.pairs(CompanyId="x", AuthenticationType="SyncPolicy"),
                )
            ),
        )
        job = s.jobs.by_synchronization_job_id(SANDBOX_JOB)
        assert (await self.call(11, job.get())).template_id == TEMPLATE
        await self.call(12, refused(job.patch(SynchronizationJob()), 404))
        await self.call(14, job.start.post())
        await self.call(15, job.pause.post())
        restart = body(self.root, "jobs.item.restart", "RestartPostRequestBody")
        criteria = SynchronizationJobRestartCriteria()
        await self.call(16, job.restart.post(restart(criteria=criteria)))
        validate = body(
            self.root, "jobs.item.validate_credentials", "ValidateCredentialsPostRequestBody"
        )
        await self.call(
            17, self.scim_job.validate_credentials.post(validate(use_saved_credentials=True))
        )
        provision = body(
            self.root, "jobs.item.provision_on_demand", "ProvisionOnDemandPostRequestBody"
        )
        rule = (await self.scim_job.schema.get()).synchronization_rules[0].id
        subject = SynchronizationJobSubject(object_id=USER, object_type_name="User")
        parameters = SynchronizationJobApplicationParameters(rule_id=rule, subjects=[subject])
        answer = await self.call(
            18, self.scim_job.provision_on_demand.post(provision(parameters=[parameters]))
        )
        assert json.loads(answer.key)["result"] and json.loads(answer.value)["provisioningSteps"]

    async def schema(self, schema, first, place, discoverable):
        whole = await self.call(first, schema.get())
        await self.call(first + 1, refused(schema.patch(whole), 404))
        listed = await self.call(first + 3, schema.directories.get())
        assert [one.id for one in listed.value] == [one.id for one in whole.directories]
        added = await self.call(
            first + 4, schema.directories.post(DirectoryDefinition(id="d1", name="Badges"))
        )
        assert added.name == "Badges"
        count = await self.call(first + 5, schema.directories.count.get())
        assert count == len(listed.value) + 1
        one = schema.directories.by_directory_definition_id("d1")
        assert (await self.call(first + 6, one.get())).name == "Badges"
        await self.call(first + 7, one.patch(DirectoryDefinition(name="Tokens")))
        assert (await one.get()).name == "Tokens"
        await self.call(first + 8, one.delete())
        target = next(
            one.id for one in (await discoverable.directories.get()).value
            if one.name == "customappsso"
        )
        found = await self.call(
            first + 9,
            discoverable.directories.by_directory_definition_id(target).discover.post(),
        )
        assert found.objects and found.discovery_date_time
        operators = await self.call(first + 10, schema.filter_operators.get())
        functions = await self.call(first + 11, schema.functions.get())
        assert operators.value and functions.value
        name = "ParseExpressionPostRequestBody"
        parse = body(self.root, f"{place}.schema.parse_expression", name)
        parsed = await self.call(
            first + 12, schema.parse_expression.post(parse(expression="ToUpper([mail], )"))
        )
        assert parsed.parsing_succeeded
        await self.call(first + 2, schema.delete())

    async def uploads(self):
        upload = self.upload.bulk_upload
        content = json.dumps(UPLOAD).encode()
        await self.call(36, upload.content.put(content))
        assert (await self.call(32, upload.get())).id
        assert json.loads(await self.call(35, upload.content.get())) == UPLOAD
        await self.call(33, upload.patch(BulkUpload()))
        await self.call(37, upload.content.delete())
        await upload.content.put(content)
        await self.call(34, upload.delete())
        await refused(upload.get(), 404)

    async def templates(self):
        s = self.sandbox
        listed = await self.call(38, s.templates.get())
        assert [one.id for one in listed.value] == [TEMPLATE]
        new = SynchronizationTemplate(id="Slack", factory_tag="CustomSCIM", description="x")
        assert (await self.call(39, s.templates.post(new))).id == "Slack"
        assert await self.call(40, s.templates.count.get()) == 2
        one = s.templates.by_synchronization_template_id("Slack")
        assert (await self.call(41, one.get())).description == "x"
        await self.call(42, one.patch(SynchronizationTemplate(factory_tag="CustomSCIM")))
        assert (await one.get()).description is None
        await self.call(43, one.delete())
        await refused(one.get(), 404)

    async def ends(self):
        await self.call(13, self.sandbox.jobs.by_synchronization_job_id(SANDBOX_JOB).delete())
        assert (await self.sandbox.jobs.get()).value == []
        made = await self.call(
            8, self.sandbox.jobs.post(SynchronizationJob(template_id=TEMPLATE))
        )
        assert made.id
        await self.call(3, self.sandbox.delete())
        assert await self.sandbox.jobs.count.get() == 0

    async def all(self):
        await self.owner_and_secrets()
        await self.jobs()
        job = self.sandbox.jobs.by_synchronization_job_id(SANDBOX_JOB)
        await self.schema(job.schema, 19, "jobs.item", self.scim_job.schema)
        await self.uploads()
        await self.templates()
        template = self.sandbox.templates.by_synchronization_template_id(TEMPLATE)
        scim = self.scim.templates.by_synchronization_template_id("scim")
        await self.schema(template.schema, 44, "templates.item", scim.schema)
        await self.ends()


@pytest.mark.parametrize("root", ["service_principals", "applications"])
def test_every_call_of_the_sdk_is_answered(emulator, root):
    async def steps():
        session = Session(emulator)
        ids = {}
        for principal in (SANDBOX, API_APP, SCIM_APP):
            ids[principal] = principal
            if root == "applications":
                found = await session.client.service_principals.by_service_principal_id(
                    principal
                ).get()
                application = await session.client.applications_with_app_id(found.app_id).get()
                ids[principal] = application.id
        calls = Calls(session, root, ids)
        await calls.all()
        return calls.done

    assert asyncio.run(steps()) == set(range(1, 57))


def with_parameters(kind, **options):
    configuration = RequestConfiguration(query_parameters=kind(**options))
    configuration.headers.add("ConsistencyLevel", "eventual")
    return configuration


def test_lists_are_queried_counted_and_followed(emulator):
    async def steps():
        users = Session(emulator).client.users
        parameters = UsersRequestBuilder.UsersRequestBuilderGetQueryParameters
        found = await users.get(
            request_configuration=with_parameters(
                parameters,
                count=True,
                top=5,
                search='"displayName:a"',
                orderby=["displayName"],
                select=["id", "displayName"],
            )
        )
        assert found.odata_count >= 5 and len(found.value) == 5
        assert found.value == sorted(found.value, key=lambda one: one.display_name.lower())
        delta = DeltaRequestBuilder.DeltaRequestBuilderGetQueryParameters
        first = await users.delta.get(
            request_configuration=with_parameters(delta, select=["displayName"])
        )
        link = first.odata_delta_link
        assert first.value and link
        await users.by_user_id(USER).patch(type(first.value[0])(display_name="Ingrid H."))
        changed = await users.delta.with_url(link).get()
        assert [(one.id, one.display_name) for one in changed.value] == [(USER, "Ingrid H.")]

    asyncio.run(steps())


def test_logs_of_a_cycle_are_read(emulator):
    emulator.send("POST", f"/_emulator/jobs/{SANDBOX_JOB}/run")

    async def steps():
        logs = Session(emulator).client.audit_logs.provisioning
        kind = ProvisioningRequestBuilder.ProvisioningRequestBuilderGetQueryParameters
        found = await logs.get(
            request_configuration=with_parameters(
                kind, filter=f"jobId eq '{SANDBOX_JOB}'", top=3, orderby=["activityDateTime desc"]
            )
        )
        assert len(found.value) == 3 and found.odata_next_link
        row = found.value[0]
        assert row.service_principal.id == SANDBOX and row.provisioning_steps
        assert row.initiated_by.display_name and row.provisioning_status_info.status

    asyncio.run(steps())


def test_a_batch_of_the_sdk_is_carried_out(emulator):
    async def steps():
        session = Session(emulator)
        client = session.client
        users = client.users.by_user_id(USER)
        jobs = client.service_principals.by_service_principal_id(SANDBOX).synchronization.jobs
        job = jobs.by_synchronization_job_id(SANDBOX_JOB)
        nobody = client.users.by_user_id("nobody@contoso.com")
        items = {
            name: BatchRequestItem(request, id=name, depends_on=["nobody"] * (name == "after"))
            for name, request in {
                "user": client.users.by_user_id(USER).to_get_request_information(),
                "jobs": jobs.to_get_request_information(),
                "pause": job.pause.to_post_request_information(),
                "nobody": nobody.to_get_request_information(),
                "after": job.start.to_post_request_information(),
            }.items()
        }
        batch = BatchRequestContent(items)
        answer = await BatchRequestBuilder(session.adapter, error_map=ERRORS).post(batch)
        statuses = answer.get_response_status_codes()
        assert {name: int(status) for name, status in statuses.items()} == {
            "user": 200,
            "jobs": 200,
            "pause": 204,
            "nobody": 404,
            "after": 424,
        }
        # The SDK itself can't read the bodies that it is given; conformance case 26 does.
        assert answer.get_response_by_id("user").content_type.startswith("application/json")
        assert (await job.get()).status.code == SynchronizationStatusCode.Paused

    asyncio.run(steps())
