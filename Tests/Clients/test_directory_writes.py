"""Microsoft's own Python SDK, unmodified, changes users, groups, applications and assignments."""

import asyncio
from uuid import UUID

import pytest
from emulator import SALESFORCE_3
from msgraph.generated.application_templates.item.instantiate.instantiate_post_request_body import (
    InstantiatePostRequestBody,
)
from msgraph.generated.models.app_role_assignment import AppRoleAssignment
from msgraph.generated.models.extension_property import ExtensionProperty
from msgraph.generated.models.group import Group
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.password_profile import PasswordProfile
from msgraph.generated.models.reference_create import ReferenceCreate
from msgraph.generated.models.user import User
from test_msgraph_sdk import Session

NON_GALLERY = "8adf8e6e-67b2-4cf2-a259-e3dc5476c621"
READ_ONLY = UUID("747cf262-29f5-498d-b2ee-4877b9bd4d86")


def new_user(name):
    return User(
        account_enabled=True,
        display_name=name,
        mail_nickname=name,
        user_principal_name=f"{name}@contoso.com",
        password_profile=PasswordProfile(
            force_change_password_next_sign_in=True, password="xWwvJ]6NMw+bWH-d"
        ),
    )


def reference(id):
    return ReferenceCreate(odata_id=f"https://graph.microsoft.com/v1.0/directoryObjects/{id}")


def test_a_user_lives_and_is_refused_what_the_service_refuses(emulator):
    async def run():
        users = Session(emulator).client.users
        ada = await users.post(new_user("ada"))
        assert ada.user_principal_name == "ada@contoso.com"
        await users.by_user_id(ada.id).patch(User(job_title="Countess"))
        assert (await users.by_user_id(ada.id).get()).job_title == "Countess"
        with pytest.raises(ODataError) as refused:
            await users.post(new_user("ada"))
        assert refused.value.response_status_code == 400
        assert refused.value.error.details[0].target == "userPrincipalName"
        await users.by_user_id("ada@contoso.com").delete()
        with pytest.raises(ODataError) as gone:
            await users.by_user_id(ada.id).get()
        assert gone.value.response_status_code == 404

    asyncio.run(run())


def test_members_come_and_go(emulator):
    async def run():
        client = Session(emulator).client
        ada = await client.users.post(new_user("ada"))
        group = await client.groups.post(
            Group(
                display_name="Analysts",
                mail_enabled=False,
                mail_nickname="analysts",
                security_enabled=True,
            )
        )
        members = client.groups.by_group_id(group.id).members
        await members.ref.post(reference(ada.id))
        assert [member.id for member in (await members.get()).value] == [ada.id]
        with pytest.raises(ODataError) as twice:
            await members.ref.post(reference(ada.id))
        assert "already exist" in twice.value.error.message
        await members.by_directory_object_id(ada.id).ref.delete()
        assert (await members.get()).value == []

    asyncio.run(run())


def test_an_instance_of_the_gallery_takes_an_assignment_and_an_extension(emulator):
    async def run():
        client = Session(emulator).client
        made = await client.application_templates.by_application_template_id(
            NON_GALLERY
        ).instantiate.post(InstantiatePostRequestBody(display_name="Mine"))
        principal, application = made.service_principal, made.application
        assert principal.app_id == application.app_id
        role = next(role for role in principal.app_roles if role.display_name == "User")
        ada = await client.users.post(new_user("ada"))
        assigned = client.service_principals.by_service_principal_id(
            principal.id
        ).app_role_assigned_to
        assignment = await assigned.post(
            AppRoleAssignment(
                principal_id=UUID(ada.id), resource_id=UUID(principal.id), app_role_id=role.id
            )
        )
        assert len(assignment.id) == 43
        await assigned.by_app_role_assignment_id(assignment.id).delete()
        extensions = client.applications.by_application_id(application.id).extension_properties
        extension = await extensions.post(
            ExtensionProperty(name="jobGroup", data_type="String", target_objects=["User"])
        )
        value = User(additional_data={extension.name: "A"})
        await client.users.by_user_id(ada.id).patch(value)
        await extensions.by_extension_property_id(extension.id).delete()
        with pytest.raises(ODataError) as refused:
            await client.users.by_user_id(ada.id).patch(value)
        assert extension.name in refused.value.error.message

    asyncio.run(run())


def test_the_default_role_is_refused_where_roles_are_declared(emulator):
    async def run():
        client = Session(emulator).client
        ada = await client.users.post(new_user("ada"))
        assigned = client.service_principals.by_service_principal_id(
            SALESFORCE_3[0]
        ).app_role_assigned_to

        def grant(role):
            return AppRoleAssignment(
                principal_id=UUID(ada.id), resource_id=UUID(SALESFORCE_3[0]), app_role_id=role
            )

        await assigned.post(grant(READ_ONLY))
        for role, words in [(READ_ONLY, "already exists"), (UUID(int=0), "not found")]:
            with pytest.raises(ODataError) as refused:
                await assigned.post(grant(role))
            assert words in refused.value.error.message

    asyncio.run(run())
