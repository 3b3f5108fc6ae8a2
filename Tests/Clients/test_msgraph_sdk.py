"""Microsoft's own Python SDK, unmodified, drives a job from discovery to deletion."""

import asyncio
import json

import pytest
from emulator import SALESFORCE, SALESFORCE_3, SANDBOX, SANDBOX_JOB, TEMPLATE, synchronization
from kiota_abstractions.authentication import AnonymousAuthenticationProvider
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_abstractions.method import Method
from kiota_abstractions.request_information import RequestInformation
from msgraph import GraphRequestAdapter, GraphServiceClient
from msgraph.generated.models.attribute_type import AttributeType
from msgraph.generated.models.expression_input_object import ExpressionInputObject
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.string_key_object_value_pair import StringKeyObjectValuePair
from msgraph.generated.models.synchronization_job import SynchronizationJob
from msgraph.generated.models.synchronization_job_restart_criteria import (
    SynchronizationJobRestartCriteria,
)
from msgraph.generated.models.synchronization_job_restart_scope import (
    SynchronizationJobRestartScope,
)
from msgraph.generated.models.synchronization_schedule_state import SynchronizationScheduleState
from msgraph.generated.models.synchronization_secret import SynchronizationSecret
from msgraph.generated.models.synchronization_secret_key_string_value_pair import (
    SynchronizationSecretKeyStringValuePair,
)
from msgraph.generated.models.synchronization_status_code import SynchronizationStatusCode
from msgraph.generated.service_principals.item.synchronization.jobs.item.restart.restart_post_request_body import (  # noqa: E501
    RestartPostRequestBody,
)
from msgraph.generated.service_principals.item.synchronization.jobs.item.schema.parse_expression.parse_expression_post_request_body import (  # noqa: E501
    ParseExpressionPostRequestBody,
)
from msgraph.generated.service_principals.item.synchronization.secrets.secrets_put_request_body import (  # noqa: E501
    SecretsPutRequestBody,
)
from msgraph.generated.service_principals.service_principals_request_builder import (
    ServicePrincipalsRequestBuilder,
)
from msgraph.generated.service_principals_with_app_id.service_principals_with_app_id_request_builder import (  # noqa: E501
    ServicePrincipalsWithAppIdRequestBuilder,
)
from msgraph_core.tasks.page_iterator import PageIterator

ERRORS = {"XXX": ODataError}


class Session:
    """A Graph client whose base URL is the emulator's; nothing else about it differs."""

    def __init__(self, emulator, base="/v1.0"):
        self.emulator = emulator
        self.adapter = GraphRequestAdapter(AnonymousAuthenticationProvider())
        self.adapter.base_url = emulator.url + base
        self.client = GraphServiceClient(request_adapter=self.adapter)

    def synchronization(self, service_principal):
        return self.client.service_principals.by_service_principal_id(
            service_principal
        ).synchronization

    async def list(self, **options):
        """Service principals, one page."""
        parameters = (
            ServicePrincipalsRequestBuilder.ServicePrincipalsRequestBuilderGetQueryParameters(
                **options
            )
        )
        return await self.client.service_principals.get(
            request_configuration=RequestConfiguration(query_parameters=parameters)
        )

    async def send(self, method, path):
        """A request that the SDK has no builder for; returns the bytes of the answer."""
        request = RequestInformation(method, "{+baseurl}" + path, {})
        request.path_parameters = {"baseurl": self.adapter.base_url}
        return await self.adapter.send_primitive_async(request, "bytes", ERRORS)

    async def create_job(self, service_principal=SALESFORCE_3[0]):
        jobs = self.synchronization(service_principal).jobs
        job = await jobs.post(SynchronizationJob(template_id=TEMPLATE))
        return job, jobs.by_synchronization_job_id(job.id)


def run(emulator, steps):
    """Runs an asynchronous function with a new session."""
    return asyncio.run(steps(Session(emulator)))


def assert_holds(sent, found, where="schema"):
    """Whatever was sent is found; members that were not sent may have been filled in."""
    if isinstance(sent, dict):
        assert isinstance(found, dict), where
        for name, value in sent.items():
            if not name.startswith("@odata."):
                assert name in found, f"{where}.{name} is gone"
                assert_holds(value, found[name], f"{where}.{name}")
    elif isinstance(sent, list):
        assert isinstance(found, list) and len(found) == len(sent), where
        for index, (one, other) in enumerate(zip(sent, found, strict=True)):
            assert_holds(one, other, f"{where}[{index}]")
    else:
        assert sent == found and type(sent) is type(found), where


def test_lists_and_filters_service_principals(emulator):
    async def steps(session):
        everything = await session.list()
        chosen = await session.list(
            filter="startswith(displayName, 'salesforce')", select=["id", "appId", "displayName"]
        )
        one = await session.list(
            filter=f"appId eq '{SALESFORCE[1]}' and displayName eq 'Salesforce'"
        )
        return everything.value, chosen.value, one.value

    everything, chosen, one = run(emulator, steps)
    assert {SANDBOX, SALESFORCE[0], SALESFORCE_3[0]} <= {found.id for found in everything}
    assert sorted((found.id, found.app_id) for found in chosen) == [SALESFORCE, SALESFORCE_3]
    assert all(found.service_principal_type is None for found in chosen)
    assert [found.id for found in one] == [SALESFORCE[0]]


def test_gets_one_service_principal_by_app_id(emulator):
    async def steps(session):
        builder = session.client.service_principals_with_app_id(SALESFORCE_3[1])
        parameters = ServicePrincipalsWithAppIdRequestBuilder.ServicePrincipalsWithAppIdRequestBuilderGetQueryParameters(  # noqa: E501
            select=["id", "appId", "displayName"]
        )
        selected = await builder.get(
            request_configuration=RequestConfiguration(query_parameters=parameters)
        )
        whole = await builder.get()
        same = await session.client.service_principals.by_service_principal_id(whole.id).get()
        return selected, whole, same

    for found in run(emulator, steps):
        assert (found.id, found.app_id) == SALESFORCE_3
        assert found.display_name == "salesforce 3"


def test_follows_next_links_through_all_pages(emulator):
    async def steps(session):
        everything = await session.list()
        first = await session.list(top=2)
        ids = []
        pages = PageIterator(first, session.adapter)
        await pages.iterate(lambda found: ids.append(found.id) or True)
        return everything, first, ids

    everything, first, ids = run(emulator, steps)
    assert len(first.value) == 2
    assert first.odata_next_link.startswith(emulator.url)
    assert ids == [found.id for found in everything.value]
    assert len(ids) > 4


@pytest.mark.parametrize("base", ["/v1.0", "/v1.0/", "/beta"])
def test_any_base_url_that_clients_make_works(emulator, base):
    async def steps():
        session = Session(emulator, base)
        return await session.client.service_principals.by_service_principal_id(SANDBOX).get()

    assert asyncio.run(steps()).id == SANDBOX


def test_an_unknown_service_principal_is_an_odata_error(emulator):
    unknown = "00000000-1111-2222-3333-444444444444"

    async def steps(session):
        with pytest.raises(ODataError) as caught:
            await session.client.service_principals.by_service_principal_id(unknown).get()
        return caught.value

    error = run(emulator, steps)
    assert error.response_status_code == 404
    assert error.error.code == "Request_ResourceNotFound"
    assert unknown in error.error.message
    assert error.error.inner_error.request_id


def test_lists_templates(emulator):
    async def steps(session):
        listed = await session.synchronization(SALESFORCE_3[0]).templates.get()
        one = await (
            session.synchronization(SALESFORCE_3[0])
            .templates.by_synchronization_template_id(TEMPLATE)
            .get()
        )
        return listed.value, one

    templates, one = run(emulator, steps)
    assert TEMPLATE in [template.id for template in templates]
    assert one.id == TEMPLATE
    assert one.schema.synchronization_rules[0].object_mappings[0].attribute_mappings


def test_a_job_lives_from_template_to_deletion(emulator):
    async def steps(session):
        job, its = await session.create_job()
        assert job.template_id == TEMPLATE
        assert job.id.startswith(TEMPLATE + ".")
        assert job.schedule.state == SynchronizationScheduleState.Disabled
        assert job.status.code == SynchronizationStatusCode.Paused
        jobs = await session.synchronization(SALESFORCE_3[0]).jobs.get()
        assert [one.id for one in jobs.value] == [job.id]

        await its.start.post()
        started = await its.get()
        assert started.schedule.state == SynchronizationScheduleState.Active
        assert started.status.code == SynchronizationStatusCode.NotRun

        await its.pause.post()
        paused = await its.get()
        assert paused.status.code == SynchronizationStatusCode.Paused
        assert paused.schedule.state != SynchronizationScheduleState.Active

        for scope in (SynchronizationJobRestartScope.Full, None):
            criteria = SynchronizationJobRestartCriteria(reset_scope=scope)
            await its.restart.post(RestartPostRequestBody(criteria=criteria))

        await its.delete()
        with pytest.raises(ODataError) as caught:
            await its.get()
        assert caught.value.response_status_code == 404
        assert caught.value.error.code
        assert caught.value.error.inner_error.client_request_id
        assert (await session.synchronization(SALESFORCE_3[0]).jobs.get()).value == []

    emulator.get(synchronization(SALESFORCE_3[0], "jobs"))
    run(emulator, steps)


def test_a_schema_is_put_whole_and_reset_to_the_templates(emulator):
    async def steps(session):
        job, its = await session.create_job()
        path = synchronization(SALESFORCE_3[0], "jobs", job.id, "schema")
        before = emulator.get(path).json

        schema = await its.schema.get()
        rule = schema.synchronization_rules[0]
        rule.name = "Everyone but the interns"
        mappings = rule.object_mappings[0].attribute_mappings
        mappings[-1].default_value = 'A "quoted" – value'
        mappings.remove(next(one for one in mappings[:-1] if not one.matching_priority))
        request = its.schema.to_patch_request_information(schema)
        request.http_method = Method.PUT
        sent = json.loads(request.content)
        await session.adapter.send_no_response_content_async(request, ERRORS)

        after = emulator.get(path).json
        assert after["version"] != before["version"]
        del sent["version"]
        assert_holds(sent, after)
        read = await its.schema.get()
        assert read.synchronization_rules[0].name == "Everyone but the interns"
        kept = read.synchronization_rules[0].object_mappings[0].attribute_mappings
        assert len(kept) == len(mappings)
        assert kept[-1].default_value == 'A "quoted" – value'

        await its.schema.delete()
        reset = emulator.get(path).json
        template = emulator.get(
            synchronization(SALESFORCE_3[0], "templates", TEMPLATE, "schema")
        ).json
        for member in ("synchronizationRules", "directories"):
            assert reset[member] == before[member]
        found = [rule["objectMappings"] for rule in reset["synchronizationRules"]]
        assert found == [rule["objectMappings"] for rule in template["synchronizationRules"]]

    run(emulator, steps)


def test_a_patch_of_a_schema_is_refused_as_live(emulator):
    async def steps(session):
        _, its = await session.create_job()
        with pytest.raises(ODataError) as caught:
            await its.schema.patch(await its.schema.get())
        return caught.value

    error = run(emulator, steps)
    assert error.response_status_code == 404
    assert error.error.code == "UnknownError"
    assert "No HTTP resource was found that matches the request URI" in error.error.message


def test_secrets_are_put_and_read_back_masked(emulator):
    async def steps(session):
        secrets = {"BaseAddress": "https://example.com/scim", "SecretToken": "not-for-your-eyes"}
        pairs = [
            SynchronizationSecretKeyStringValuePair(key=SynchronizationSecret(key), value=value)
            for key, value in secrets.items()
        ]
        await session.synchronization(SALESFORCE_3[0]).secrets.put(
            SecretsPutRequestBody(value=pairs)
        )
        path = f"/servicePrincipals/{SALESFORCE_3[0]}/synchronization/secrets"
        return secrets, await session.send(Method.GET, path)

    secrets, answer = run(emulator, steps)
    assert b"not-for-your-eyes" not in answer
    value = json.loads(answer)["value"]
    assert [pair["key"] for pair in value] == list(secrets)
    assert all(pair["value"] in ("*", secrets[pair["key"]]) for pair in value)
    assert value[1]["value"] == "*"


def test_expressions_are_parsed_and_evaluated(emulator):
    async def steps(session):
        jobs = session.synchronization(SANDBOX).jobs
        schema = jobs.by_synchronization_job_id(SANDBOX_JOB).schema
        body = ParseExpressionPostRequestBody(
            expression='Join(" ", [givenName],[surname])',
            test_input_object=ExpressionInputObject(
                properties=[
                    StringKeyObjectValuePair(key=key, additional_data={"value": value})
                    for key, value in (("givenName", "Ada"), ("surname", "Lovelace"))
                ]
            ),
        )
        broken = ParseExpressionPostRequestBody(expression="Nope([mail])")
        return (
            await schema.parse_expression.post(body),
            await schema.parse_expression.post(broken),
            await schema.functions.get(),
            await schema.filter_operators.get(),
        )

    good, bad, functions, operators = run(emulator, steps)
    assert good.parsing_succeeded and good.evaluation_succeeded
    assert good.evaluation_result == ["Ada Lovelace"]
    assert good.parsed_expression.expression == 'Join(" ", [givenName], [surname])'
    assert not bad.parsing_succeeded and "Nope" in bad.error.message
    assert next(f for f in functions.value if f.id == "Mid").parameters[1].type == (
        AttributeType.Integer
    )
    assert {"EQUALS", "IS NULL"} <= {entry.id for entry in operators.value}
