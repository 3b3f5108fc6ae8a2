// The exchanges that read the directory: one at least for each route.

import HTTP
import Model

private let eventual = [HTTPField("ConsistencyLevel", "eventual")]
private let marcus = "/v1.0/users/marcus.whitfield@contoso.com"
private let ingrid = "/v1.0/users/92ba3afa-4614-41d6-994a-6e49dca63b7f"
private let salesTeam = "/v1.0/groups/7b5b11a4-736d-44af-8bc5-4624a70066f0"
private let salesEMEA = "/v1.0/groups/f692a420-5029-4f2c-a9b7-952e6eae97dd"
private let application = "/v1.0/applications/d95a09d7-f224-4d4f-9302-5f6fd46329e6"
private let salesforce = "/v1.0/servicePrincipals/bc0dc311-87df-48ac-91b1-259bd2c3a31c"
private let nobody = "00000000-0000-0000-0000-00000000dead"

private func get(
    _ name: String, _ target: String, _ fields: [HTTPField] = []
) -> WireCase {
    WireCase(name: name, method: "GET", target: target, fields: fields)
}

private func count(_ name: String, _ target: String) -> WireCase {
    get(name, target + "/$count", eventual)
}

private let userCases = [
    get("users", "/v1.0/users?$top=2"),
    get(
        "users-advanced",
        "/v1.0/users?$count=true&$top=2&$select=displayName,mail"
            + "&$filter=endsWith(mail,'@contoso.com')&$orderby=displayName%20desc", eventual),
    get(
        "users-searched", "/v1.0/users?$select=displayName&$search=%22displayName:whit%22",
        eventual),
    get("users-not-advanced", "/v1.0/users?$filter=endsWith(mail,'@contoso.com')"),
    get("users-count-not-eventual", "/v1.0/users/$count"),
    get("users-search-not-eventual", "/v1.0/users?$search=%22displayName:whit%22"),
    get("users-skip", "/v1.0/users?$skip=5"),
    get(
        "users-expanded",
        "/v1.0/users?$top=2&$select=id,displayName&$expand=manager($select=id,displayName)"),
    get("user", marcus), get("user-selected", ingrid + "?$select=accountEnabled,department"),
    get("user-unknown", "/v1.0/users/" + nobody), get("user-invalid", "/v1.0/users/nobody"),
    count("users-count", "/v1.0/users"), get("users-delta", "/v1.0/users/delta?$deltatoken=latest"),
    get("user-manager", marcus + "/manager"), get("user-manager-ref", marcus + "/manager/$ref"),
    get("user-manager-none", ingrid + "/manager"),
    get("user-direct-reports", ingrid + "/directReports?$select=displayName&$top=2"),
    count("user-direct-reports-count", ingrid + "/directReports"),
    get("user-member-of", marcus + "/memberOf?$select=id,displayName"),
    count("user-member-of-count", marcus + "/memberOf"),
    get(
        "user-member-of-groups", marcus + "/memberOf/microsoft.graph.group?$select=displayName"),
    count("user-member-of-groups-count", marcus + "/memberOf/microsoft.graph.group"),
    get("user-transitive-member-of", marcus + "/transitiveMemberOf?$select=displayName"),
    count("user-transitive-member-of-count", marcus + "/transitiveMemberOf"),
    get("user-owned-objects", marcus + "/ownedObjects"),
    count("user-owned-objects-count", marcus + "/ownedObjects"),
    get("user-assignments", ingrid + "/appRoleAssignments"),
    get("user-assignment-unknown", ingrid + "/appRoleAssignments/x"),
    count("user-assignments-count", ingrid + "/appRoleAssignments"),
]

private let groupCases = [
    get("groups", "/v1.0/groups?$top=1"),
    get(
        "groups-filtered",
        "/v1.0/groups?$select=displayName,groupTypes"
            + "&$filter=securityEnabled%20eq%20true%20and%20startswith(displayName,'Sales')"),
    get("group", salesTeam), count("groups-count", "/v1.0/groups"),
    get(
        "groups-delta",
        "/v1.0/groups/delta?$select=displayName,members&$filter=id%20eq%20'f692a420-5029-4f2c-a9b7-952e6eae97dd'"
    ),
    get("group-members", salesTeam + "/members?$select=id,displayName"),
    count("group-members-count", salesTeam + "/members"),
    get("group-members-ref", salesEMEA + "/members/$ref?$top=2"),
    get("group-members-users", salesTeam + "/members/microsoft.graph.user?$select=displayName"),
    count("group-members-users-count", salesTeam + "/members/microsoft.graph.user"),
    get("group-members-groups", salesTeam + "/members/microsoft.graph.group?$select=displayName"),
    count("group-members-groups-count", salesTeam + "/members/microsoft.graph.group"),
    get("group-members-principals", salesTeam + "/members/microsoft.graph.servicePrincipal"),
    count(
        "group-members-principals-count", salesTeam + "/members/microsoft.graph.servicePrincipal"),
    get("group-owners", salesTeam + "/owners"), count("group-owners-count", salesTeam + "/owners"),
    get("group-owners-ref", salesTeam + "/owners/$ref"),
    get("group-transitive-members", salesTeam + "/transitiveMembers?$select=displayName"),
    count("group-transitive-members-count", salesTeam + "/transitiveMembers"),
    get(
        "group-transitive-users",
        salesTeam + "/transitiveMembers/microsoft.graph.user?$select=displayName&$top=3"),
    count("group-transitive-users-count", salesTeam + "/transitiveMembers/microsoft.graph.user"),
    get("group-member-of", salesEMEA + "/memberOf?$select=displayName"),
    count("group-member-of-count", salesEMEA + "/memberOf"),
    get("group-transitive-member-of", salesEMEA + "/transitiveMemberOf?$select=displayName"),
    count("group-transitive-member-of-count", salesEMEA + "/transitiveMemberOf"),
    get("group-assignments", salesEMEA + "/appRoleAssignments"),
    get("group-assignment-unknown", salesEMEA + "/appRoleAssignments/x"),
    count("group-assignments-count", salesEMEA + "/appRoleAssignments"),
]

private let applicationCases = [
    get("applications", "/v1.0/applications?$top=2&$select=id,appId,displayName"),
    get("application", application), count("applications-count", "/v1.0/applications"),
    get("applications-delta", "/v1.0/applications/delta?$deltatoken=latest"),
    get("application-owners", application + "/owners"),
    count("application-owners-count", application + "/owners"),
    get("application-owners-ref", application + "/owners/$ref"),
    get("extension-properties", application + "/extensionProperties"),
    get("extension-property-unknown", application + "/extensionProperties/" + nobody),
    count("extension-properties-count", application + "/extensionProperties"),
    count("service-principals-count", "/v1.0/servicePrincipals"),
    get("service-principals-delta", "/v1.0/servicePrincipals/delta?$deltatoken=latest"),
    get("service-principal-owners", salesforce + "/owners"),
    count("service-principal-owners-count", salesforce + "/owners"),
    get("service-principal-owners-ref", salesforce + "/owners/$ref"),
    get("service-principal-member-of", salesforce + "/memberOf"),
    count("service-principal-member-of-count", salesforce + "/memberOf"),
    get("app-role-assigned-to", salesforce + "/appRoleAssignedTo"),
    get("app-role-assigned-to-unknown", salesforce + "/appRoleAssignedTo/x"),
    count("app-role-assigned-to-count", salesforce + "/appRoleAssignedTo"),
    get("service-principal-assignments", salesforce + "/appRoleAssignments"),
    get("service-principal-assignment-unknown", salesforce + "/appRoleAssignments/x"),
    count("service-principal-assignments-count", salesforce + "/appRoleAssignments"),
]

private let otherCases = [
    get(
        "application-templates",
        "/v1.0/applicationTemplates?$filter=contains(displayName,'salesf')"),
    get(
        "application-template", "/v1.0/applicationTemplates/8adf8e6e-67b2-4cf2-a259-e3dc5476c621"),
    get("application-templates-count", "/v1.0/applicationTemplates/$count"),
    get("organization", "/v1.0/organization"),
    get("organization-one", "/v1.0/organization/00000000-0000-0000-0000-00000000c0de"),
    get(
        "provisioning-logs",
        "/v1.0/auditLogs/provisioning/?$filter=jobid%20eq%20'x'&$orderby=activityDateTime%20desc"),
    get(
        "directory-object",
        "/v1.0/directoryObjects/7b5b11a4-736d-44af-8bc5-4624a70066f0?$select=displayName"),
    get("deleted-item-unknown", "/v1.0/directory/deletedItems/" + nobody),
    get("deleted-users", "/v1.0/directory/deletedItems/microsoft.graph.user"),
    count("deleted-users-count", "/v1.0/directory/deletedItems/microsoft.graph.user"),
    get("deleted-groups", "/v1.0/directory/deletedItems/microsoft.graph.group"),
    count("deleted-groups-count", "/v1.0/directory/deletedItems/microsoft.graph.group"),
    get("deleted-applications", "/v1.0/directory/deletedItems/microsoft.graph.application"),
    count(
        "deleted-applications-count", "/v1.0/directory/deletedItems/microsoft.graph.application"),
    get(
        "deleted-service-principals",
        "/v1.0/directory/deletedItems/microsoft.graph.servicePrincipal"),
    count(
        "deleted-service-principals-count",
        "/v1.0/directory/deletedItems/microsoft.graph.servicePrincipal"),
]

/// All of them.
enum DirectoryReadCases {
    static let all = userCases + groupCases + applicationCases + otherCases
}
