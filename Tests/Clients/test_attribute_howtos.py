"""Directory extension attributes and custom target attributes, as the two how-to pages add them.

Pages: "Configure synchronization with directory extension attributes" and "Configure synchronization
with custom target attributes". Each is followed outbound, and then inbound, until a value arrives.
"""

import json
import urllib.parse

import pytest
from emulator import SANDBOX, SANDBOX_JOB, Emulator, synchronization

SCHEMA = synchronization(SANDBOX, "jobs", SANDBOX_JOB, "schema")
INBOUND = synchronization(
    "74a88cff-a4fd-4300-8bfd-6eae03d6e7b4",
    "jobs",
    "API2AAD.0000000000000000000000000000c0de.11d1ed80-76f5-4757-8d2b-a3a42179382d",
)
# An application of the demo that owns the extension attributes.
OWNER = "0a6f3d52-7c1b-4e98-b2a4-d95e18c7f361"
EMPLOYEE = "marcus.whitfield@contoso.com"
NAMESPACE = "urn:ietf:params:scim:schemas:extension:contoso:1.0:User"


@pytest.fixture
def standing():
    """An emulator whose clock only moves when told."""
    running = Emulator("--clock", "manual")
    yield running
    assert running.stop() == 0, running.errors()


def attribute(name):
    """An attribute's definition as the how-to pages print it."""
    return {
        "anchor": False,
        "caseExact": False,
        "defaultValue": None,
        "flowNullValues": False,
        "multivalued": False,
        "mutability": "ReadWrite",
        "name": name,
        "required": False,
        "type": "String",
        "apiExpressions": [],
        "metadata": [],
        "referencedObjects": [],
    }


def mapping(target, source):
    """A direct mapping as the how-to pages print it."""
    return {
        "defaultValue": "",
        "exportMissingReferences": False,
        "flowBehavior": "FlowWhenChanged",
        "flowType": "Always",
        "matchingPriority": 0,
        "targetAttributeName": target,
        "source": {
            "expression": f"[{source}]",
            "name": source,
            "parameters": [],
            "type": "Attribute",
        },
    }


def extend(emulator, path, mapped):
    """Adds attributes to both directories of a schema, and mappings between them, by one PUT."""
    schema = emulator.get(path).json
    rule = schema["synchronizationRules"][0]
    users = next(one for one in rule["objectMappings"] if one["sourceObjectName"] == "User")
    for source, target in mapped.items():
        sides = {rule["sourceDirectoryName"]: source, rule["targetDirectoryName"]: target}
        for directory in schema["directories"]:
            known = next(one for one in directory["objects"] if one["name"] == "User")["attributes"]
            name = sides[directory["name"]]
            if all(one["name"] != name for one in known):
                known.append(attribute(name))
        kept = [one for one in users["attributeMappings"] if one["targetAttributeName"] != target]
        users["attributeMappings"] = [*kept, mapping(target, source)]
    assert emulator.send("PUT", path, schema).status == 204


def advance(emulator, duration):
    assert emulator.send("POST", "/_emulator/clock", {"advance": duration}).status == 200


def make_extension(emulator, name):
    answer = emulator.send(
        "POST",
        f"/v1.0/applications/{OWNER}/extensionProperties",
        {"name": name, "dataType": "String", "targetObjects": ["User"]},
    )
    assert answer.status == 201, answer.body
    return answer.json["name"]


def account(emulator):
    """The employee's account in the built-in target."""
    found = emulator.get(f"/_emulator/directories/scim/User?servicePrincipal={SANDBOX}").json
    return next(
        one["attributes"] for one in found["value"] if one["attributes"]["userName"] == EMPLOYEE
    )


def test_a_directory_extension_attribute_flows_out(standing):
    name = make_extension(standing, "division")
    extend(standing, SCHEMA, {name: "Division"})
    assert standing.send("PATCH", f"/v1.0/users/{EMPLOYEE}", {name: "EMEA"}).status == 204
    advance(standing, "PT40M")
    assert account(standing)["Division"] == "EMEA"
    assert standing.send("PATCH", f"/v1.0/users/{EMPLOYEE}", {name: "APAC"}).status == 204
    advance(standing, "PT40M")
    assert account(standing)["Division"] == "APAC"


def test_a_custom_target_attribute_flows_out(standing):
    extend(standing, SCHEMA, {"extensionAttribute10": "officeCode"})
    change = {"onPremisesExtensionAttributes": {"extensionAttribute10": "SEA-4"}}
    assert standing.send("PATCH", f"/v1.0/users/{EMPLOYEE}", change).status == 204
    advance(standing, "PT40M")
    assert account(standing)["officeCode"] == "SEA-4"


def test_custom_attributes_flow_in(standing):
    name = make_extension(standing, "costCode")
    extend(
        standing,
        INBOUND + "/schema",
        {f"{NAMESPACE}:CostCode": name, f"{NAMESPACE}:Office": "extensionAttribute10"},
    )
    assert standing.send("POST", INBOUND + "/start").status == 204
    for cost, office in (("4130", "O-1"), ("4131", "O-2")):
        data = {
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", NAMESPACE],
            "externalId": "901",
            "userName": "new@example.com",
            "displayName": "New",
            "active": True,
            NAMESPACE: {"CostCode": cost, "Office": office},
        }
        body = {
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
            "Operations": [{"method": "POST", "bulkId": "1", "path": "/Users", "data": data}],
        }
        kind = {"Content-Type": "application/scim+json"}
        answer = standing.send("POST", INBOUND + "/bulkUpload", json.dumps(body).encode(), kind)
        assert answer.status == 202
        advance(standing, "PT1S")
        query = urllib.parse.quote("employeeId eq '901'")
        found = standing.get(
            f"/v1.0/users?$filter={query}&$select={name},onPremisesExtensionAttributes"
        ).json["value"]
        assert found == [
            {
                name: cost,
                "onPremisesExtensionAttributes": {
                    "extensionAttribute10": office,
                },
            }
        ]
