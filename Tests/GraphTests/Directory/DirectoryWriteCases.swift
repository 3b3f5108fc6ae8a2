// Exchanges of every write among the neighbours, for the wire fixtures.

import HTTP
import Model

private let ingrid = "92ba3afa-4614-41d6-994a-6e49dca63b7f"
private let marcus = "3ffa4351-788a-4918-b7f6-adc4a8a5c1e4"
private let salesforceApplication = "d95a09d7-f224-4d4f-9302-5f6fd46329e6"
private let salesforce = "bc0dc311-87df-48ac-91b1-259bd2c3a31c"
private let salesforce3 = "d813d7d7-0f41-4edc-b284-d0dfaf399d15"
private let readOnlyRole = "747cf262-29f5-498d-b2ee-4877b9bd4d86"
private let allEmployees = "7122a193-2797-41af-a41f-254a5a0a23b5"
private let pilots = "2da1f3ce-b9b2-422e-b970-81a86acac9a4"
private let users = "/v1.0/users"
private let ingridPath = "/v1.0/users/ingrid.halvorsen@contoso.com"
private let groups = "/v1.0/groups"
private let applications = "/v1.0/applications"
private let principals = "/v1.0/servicePrincipals"

private typealias Step = (method: String, target: String, body: JSONValue?)

private func reference(_ id: String) -> JSONValue {
    ["@odata.id": .string("https://graph.microsoft.com/v1.0/directoryObjects/" + id)]
}

private let newUser: JSONValue = [
    "@odata.type": "#microsoft.graph.user", "accountEnabled": true, "displayName": "Ada Lovelace",
    "mailNickname": "ada.lovelace", "userPrincipalName": "ada.lovelace@contoso.com",
    "givenName": "Ada", "usageLocation": "GB",
    "passwordProfile": ["forceChangePasswordNextSignIn": true, "password": "xWwvJ]6NMw+bWH-d"],
    "manager@odata.bind": .string("https://graph.microsoft.com/v1.0/users/" + ingrid),
]

private let userCases: [WireCase] = [
    WireCase(name: "user-created", method: "POST", target: users, body: newUser),
    WireCase(
        name: "user-created-twice", method: "POST", target: users, body: newUser,
        before: [("POST", users, newUser)]),
    WireCase(
        name: "user-updated", method: "PATCH", target: ingridPath,
        body: ["jobTitle": "Chair", "department": nil]),
    WireCase(name: "user-deleted", method: "DELETE", target: ingridPath),
    WireCase(
        name: "manager-set", method: "PUT", target: users + "/" + marcus + "/manager/$ref",
        body: reference("56dfb418-5941-4f9a-a886-aca6b1e277fc")),
    WireCase(
        name: "manager-removed", method: "DELETE",
        target: users + "/" + marcus + "/manager/$ref"),
    WireCase(
        name: "users-by-ids", method: "POST", target: users + "/getByIds",
        body: ["ids": [.string(ingrid)]]),
    WireCase(
        name: "user-member-groups", method: "POST", target: ingridPath + "/getMemberGroups",
        body: ["securityEnabledOnly": true]),
    WireCase(
        name: "user-member-objects", method: "POST", target: ingridPath + "/getMemberObjects",
        body: ["securityEnabledOnly": false]),
    WireCase(
        name: "user-check-groups", method: "POST", target: ingridPath + "/checkMemberGroups",
        body: ["groupIds": [.string(allEmployees), .string(pilots)]]),
    WireCase(
        name: "user-check-objects", method: "POST", target: ingridPath + "/checkMemberObjects",
        body: ["ids": [.string(pilots)]]),
]

private let groupCases: [WireCase] = [
    WireCase(
        name: "group-created", method: "POST", target: groups,
        body: [
            "displayName": "Analysts", "mailEnabled": false, "mailNickname": "analysts",
            "securityEnabled": true,
            "members@odata.bind": [.string("https://graph.microsoft.com/v1.0/users/" + ingrid)],
            "owners@odata.bind": [.string("https://graph.microsoft.com/v1.0/users/" + marcus)],
        ]),
    WireCase(
        name: "group-updated", method: "PATCH", target: groups + "/" + pilots,
        body: [
            "description": "First to try",
            "members@odata.bind": [
                .string("https://graph.microsoft.com/v1.0/directoryObjects/" + ingrid)
            ],
        ]),
    WireCase(name: "group-deleted", method: "DELETE", target: groups + "/" + pilots),
    WireCase(
        name: "member-added", method: "POST", target: groups + "/" + pilots + "/members/$ref",
        body: reference(ingrid)),
    WireCase(
        name: "member-added-twice", method: "POST",
        target: groups + "/" + allEmployees + "/members/$ref", body: reference(ingrid)),
    WireCase(
        name: "member-missing", method: "POST",
        target: groups + "/" + allEmployees + "/members/$ref",
        body: reference("00000000-0000-0000-0000-00000000dead")),
    WireCase(
        name: "member-removed", method: "DELETE",
        target: groups + "/" + allEmployees + "/members/" + ingrid + "/$ref"),
    WireCase(
        name: "member-removed-by-query", method: "DELETE",
        target: groups + "/" + allEmployees
            + "/members/$ref?@id=https://graph.microsoft.com/v1.0/users/" + ingrid),
    WireCase(
        name: "group-owner-added", method: "POST", target: groups + "/" + pilots + "/owners/$ref",
        body: reference(ingrid)),
    WireCase(
        name: "group-owner-removed", method: "DELETE",
        target: groups + "/" + pilots + "/owners/" + ingrid + "/$ref",
        before: [("POST", groups + "/" + pilots + "/owners/$ref", reference(ingrid))]),
    WireCase(
        name: "group-owner-removed-by-query", method: "DELETE",
        target: groups + "/" + pilots
            + "/owners/$ref?@id=https://graph.microsoft.com/v1.0/users/" + ingrid,
        before: [("POST", groups + "/" + pilots + "/owners/$ref", reference(ingrid))]),
    WireCase(
        name: "groups-by-ids", method: "POST", target: groups + "/getByIds",
        body: ["ids": [.string(pilots)]]),
    WireCase(
        name: "group-member-groups", method: "POST",
        target: groups + "/" + pilots + "/getMemberGroups", body: ["securityEnabledOnly": true]),
    WireCase(
        name: "group-member-objects", method: "POST",
        target: groups + "/" + pilots + "/getMemberObjects", body: ["securityEnabledOnly": true]),
    WireCase(
        name: "group-check-groups", method: "POST",
        target: groups + "/" + pilots + "/checkMemberGroups",
        body: ["groupIds": [.string(allEmployees)]]),
    WireCase(
        name: "group-check-objects", method: "POST",
        target: groups + "/" + pilots + "/checkMemberObjects",
        body: ["ids": [.string(allEmployees)]]),
]

private let applicationCases: [WireCase] = [
    WireCase(
        name: "application-created", method: "POST", target: applications,
        body: ["displayName": "Payroll", "uniqueName": "payroll"]),
    WireCase(
        name: "application-updated", method: "PATCH",
        target: applications + "/" + salesforceApplication,
        body: ["displayName": "Salesforce EMEA"]),
    WireCase(
        name: "application-upserted", method: "PATCH",
        target: applications + "(uniqueName='payroll')", body: ["displayName": "Payroll"],
        fields: [HTTPField("Prefer", "create-if-missing")]),
    WireCase(
        name: "application-deleted", method: "DELETE",
        target: applications + "/c7ef0410-b397-4bfa-a65b-4ff1c25fd2b8"),
    WireCase(
        name: "applications-by-ids", method: "POST", target: applications + "/getByIds",
        body: ["ids": [.string(salesforceApplication)]]),
    WireCase(
        name: "application-owner-added", method: "POST",
        target: applications + "/" + salesforceApplication + "/owners/$ref",
        body: reference(ingrid)),
    WireCase(
        name: "application-owner-removed", method: "DELETE",
        target: applications + "/" + salesforceApplication + "/owners/" + ingrid + "/$ref",
        before: [
            (
                "POST", applications + "/" + salesforceApplication + "/owners/$ref",
                reference(ingrid)
            )
        ]),
    WireCase(
        name: "application-owner-removed-by-query", method: "DELETE",
        target: applications + "/" + salesforceApplication
            + "/owners/$ref?@id=https://graph.microsoft.com/v1.0/users/" + ingrid,
        before: [
            (
                "POST", applications + "/" + salesforceApplication + "/owners/$ref",
                reference(ingrid)
            )
        ]),
    WireCase(
        name: "application-password-added", method: "POST",
        target: applications + "/" + salesforceApplication + "/addPassword",
        body: ["passwordCredential": ["displayName": "CI"]]),
    WireCase(
        name: "application-password-unknown", method: "POST",
        target: applications + "/" + salesforceApplication + "/removePassword",
        body: ["keyId": "00000000-0000-0000-0000-00000000dead"]),
    WireCase(
        name: "extension-created", method: "POST",
        target: applications + "/" + salesforceApplication + "/extensionProperties",
        body: ["name": "jobGroup", "dataType": "String", "targetObjects": ["User"]]),
    WireCase(
        name: "extension-unknown", method: "DELETE",
        target: applications + "/" + salesforceApplication
            + "/extensionProperties/00000000-0000-0000-0000-00000000dead"),
    WireCase(
        name: "template-instantiated", method: "POST",
        target: "/v1.0/applicationTemplates/8adf8e6e-67b2-4cf2-a259-e3dc5476c621/instantiate",
        body: ["displayName": "My SCIM app"]),
]

private let principalCases: [WireCase] = [
    WireCase(
        name: "service-principal-created", method: "POST", target: principals,
        body: ["appId": "219561ee-1480-4c67-9aa6-63d861fae3ef"],
        before: [("DELETE", principals + "/" + salesforce3, nil)]),
    WireCase(
        name: "service-principal-without-application", method: "POST", target: principals,
        body: ["appId": "00000000-0000-0000-0000-00000000dead"]),
    WireCase(
        name: "service-principal-taken", method: "POST", target: principals,
        body: ["appId": "219561ee-1480-4c67-9aa6-63d861fae3ef"]),
    WireCase(
        name: "service-principal-updated", method: "PATCH",
        target: principals + "/" + salesforce3, body: ["appRoleAssignmentRequired": false]),
    WireCase(
        name: "service-principal-deleted", method: "DELETE",
        target: principals + "/" + salesforce3),
    WireCase(
        name: "service-principals-by-ids", method: "POST", target: principals + "/getByIds",
        body: ["ids": [.string(salesforce3)]]),
    WireCase(
        name: "service-principal-owner-added", method: "POST",
        target: principals + "/" + salesforce3 + "/owners/$ref", body: reference(ingrid)),
    WireCase(
        name: "service-principal-owner-removed", method: "DELETE",
        target: principals + "/" + salesforce3 + "/owners/" + ingrid + "/$ref",
        before: [
            ("POST", principals + "/" + salesforce3 + "/owners/$ref", reference(ingrid))
        ]),
    WireCase(
        name: "service-principal-owner-removed-by-query", method: "DELETE",
        target: principals + "/" + salesforce3
            + "/owners/$ref?@id=https://graph.microsoft.com/v1.0/users/" + ingrid,
        before: [
            ("POST", principals + "/" + salesforce3 + "/owners/$ref", reference(ingrid))
        ]),
    WireCase(
        name: "service-principal-password-added", method: "POST",
        target: principals + "/" + salesforce3 + "/addPassword",
        body: ["passwordCredential": ["displayName": "CI"]]),
    WireCase(
        name: "service-principal-password-unknown", method: "POST",
        target: principals + "/" + salesforce3 + "/removePassword",
        body: ["keyId": "00000000-0000-0000-0000-00000000dead"]),
    WireCase(
        name: "service-principal-member-groups", method: "POST",
        target: principals + "/" + salesforce3 + "/getMemberGroups",
        body: ["securityEnabledOnly": true]),
    WireCase(
        name: "service-principal-member-objects", method: "POST",
        target: principals + "/" + salesforce3 + "/getMemberObjects",
        body: ["securityEnabledOnly": true]),
    WireCase(
        name: "service-principal-check-groups", method: "POST",
        target: principals + "/" + salesforce3 + "/checkMemberGroups",
        body: ["groupIds": [.string(allEmployees)]]),
    WireCase(
        name: "service-principal-check-objects", method: "POST",
        target: principals + "/" + salesforce3 + "/checkMemberObjects",
        body: ["ids": [.string(allEmployees)]]),
]

private func grant(_ principal: String, _ role: String = readOnlyRole) -> JSONValue {
    [
        "principalId": .string(principal), "resourceId": .string(salesforce3),
        "appRoleId": .string(role),
    ]
}

private let unknownAssignment = "/-WmtM5na7Uus0D8kI1yylpU9Mdo0Pb9OoBJvd3T5eKc"

private let assignmentCases: [WireCase] =
    [
        WireCase(
            name: "assigned-to", method: "POST",
            target: principals + "/" + salesforce3 + "/appRoleAssignedTo", body: grant(ingrid)),
        WireCase(
            name: "assigned-to-twice", method: "POST",
            target: principals + "/" + salesforce3 + "/appRoleAssignedTo", body: grant(ingrid),
            before: [
                ("POST", principals + "/" + salesforce3 + "/appRoleAssignedTo", grant(ingrid))
            ]),
        WireCase(
            name: "assigned-to-unknown", method: "DELETE",
            target: principals + "/" + salesforce3 + "/appRoleAssignedTo" + unknownAssignment),
        WireCase(
            name: "service-principal-assigned-as-user", method: "POST",
            target: principals + "/" + salesforce + "/appRoleAssignments",
            body: grant(salesforce)),
        WireCase(
            name: "service-principal-unassigned-unknown", method: "DELETE",
            target: principals + "/" + salesforce + "/appRoleAssignments" + unknownAssignment),
        WireCase(
            name: "user-assigned", method: "POST", target: ingridPath + "/appRoleAssignments",
            body: grant(ingrid)),
        WireCase(
            name: "user-unassigned-unknown", method: "DELETE",
            target: ingridPath + "/appRoleAssignments" + unknownAssignment),
        WireCase(
            name: "group-assigned", method: "POST",
            target: groups + "/" + pilots + "/appRoleAssignments", body: grant(pilots)),
        WireCase(
            name: "group-unassigned-unknown", method: "DELETE",
            target: groups + "/" + pilots + "/appRoleAssignments" + unknownAssignment),
    ]

private let deletedItemCases: [WireCase] = [
    WireCase(
        name: "deleted-item-restored", method: "POST",
        target: "/v1.0/directory/deletedItems/" + ingrid + "/restore",
        before: [("DELETE", ingridPath, nil)]),
    WireCase(
        name: "deleted-item-purged", method: "DELETE",
        target: "/v1.0/directory/deletedItems/" + ingrid,
        before: [("DELETE", ingridPath, nil)]),
    WireCase(
        name: "directory-objects-by-ids", method: "POST",
        target: "/v1.0/directoryObjects/getByIds",
        body: [
            "ids": [.string(ingrid), .string(pilots), .string(salesforce3)],
            "types": ["user", "group"],
        ]),
    WireCase(
        name: "group-properties-taken", method: "POST",
        target: "/v1.0/directoryObjects/validateProperties",
        body: ["entityType": "Group", "displayName": "All", "mailNickname": "all-employees"]),
]

/// One exchange at least for every write among the neighbours.
enum DirectoryWriteCases {
    static let all =
        userCases + groupCases + applicationCases + principalCases + assignmentCases
        + deletedItemCases
}
