// Records of the provisioning log: every kind of step in words, and back from the form it is stored in.

import Model
import Testing

struct LoggedRecordTests {
    private static let context = ProvisioningLogContext(
        tenant: "tenant", servicePrincipal: "principal", servicePrincipalName: "App",
        source: .init(id: "s", name: "Source"), target: .init(id: "t", name: "Target"),
        sourceType: "User", targetType: "urn:User",
        sourceAttributes: ["mail", "city", "IsSoftDeleted"],
        attributes: [
            .init(name: "emails", source: 0), .init(name: "town", source: 1),
            .init(name: "active", source: nil), .init(name: "title", source: nil),
        ])

    private static let imported = LoggedRecord.Facts.source(["a@b.c", nil, "False"])

    /// Every event, its facts, and `name | type | status | sentence | details` of its step.
    private static let steps: [(ProvisioningEvent, LoggedRecord.Facts, String)] = [
        (
            .receivedAddition, imported,
            "EntryImportAdd|import|success|Received User 'a@b' change of type (Add) from Source|"
                + "objectId=1,mail=a@b.c,IsSoftDeleted=False"
        ),
        (
            .receivedUpdate, imported,
            "EntryImportUpdate|import|success|Received User 'a@b' change of type (Update) from "
                + "Source|objectId=1,mail=a@b.c,IsSoftDeleted=False"
        ),
        (
            .retrievedSource, imported,
            "EntryImport|import|success|Retrieved User 'a@b' from Source|"
                + "objectId=1,mail=a@b.c,IsSoftDeleted=False"
        ),
        (
            .receivedDeletion, .event,
            "EntryImportDelete|import|success|Received User '1' change of type (Delete) from Source|"
                + "objectId=1"
        ),
        (
            .receivedReferences, .event,
            "EntryImportUpdate|import|success|Received User '1' change of type (Update) from Source|"
                + "objectId=1"
        ),
        (
            .scoped,
            .scoping(.init(isActive: true, isAssigned: false, passesScope: true, result: "{}")),
            "EntrySynchronizationScoping|scoping|success|Determine if User in scope by evaluating "
                + "against each scoping filter|Active in the source system=True,Assigned to the "
                + "application=False,User has the required role=False,Scoping filter evaluation "
                + "passed=True,ScopeEvaluationResult={}"
        ),
        (
            .scoped,
            .scoping(
                .init(isActive: false, isAssigned: true, passesScope: false, result: #"{"a":1}"#)),
            "EntrySynchronizationScoping|scoping|success|Determine if User in scope by evaluating "
                + "against each scoping filter|Active in the source system=False,Assigned to the "
                + "application=True,User has the required role=True,Scoping filter evaluation "
                + #"passed=False,ScopeEvaluationResult={"a":1}"#
        ),
        (
            .found(attribute: "mail"), .target(id: nil, ["a@b.c", nil, nil, "x"]),
            "EntryImport|matching|success|Found 1 match using property mail|"
                + "id=2,emails=a@b.c,title=x"
        ),
        (
            .retrievedTarget, .target(id: "3", [nil, "", nil, nil]),
            "EntryImport|matching|success|Retrieved  'A' from Target|id=3,town="
        ),
        (
            .linkedElsewhere(code: "X"), .event,
            "EntryImport|matching|failure|Failed to process User 'A' in Target|ErrorCode=X"
        ),
        (
            .willBeCreated, .event,
            "EntrySynchronizationAdd|matching|success|User 'a@b' will be created in Target (User is "
                + "active and assigned in Source, but no matching User was found in Target)|"
        ),
        (
            .willBeUpdated, .event,
            "EntrySynchronizationUpdate|processing|success|User 'a@b' will be updated in Target|"
        ),
        (
            .created, .written,
            "EntryExportAdd|export|success|User 'a@b' was created in Target|" + written
        ),
        (
            .updated, .written,
            "EntryExportUpdate|export|success|User 'a@b' was updated in Target|" + written
        ),
        (
            .disabled, .written,
            "EntryExportUpdateSoftDelete|export|success|User 'a@b' was disabled in Target|"
                + written
        ),
        (
            .deleted, .event,
            "EntryExportDelete|export|success|User 'a@b' was deleted from Target|"
        ),
        (
            .skipped(.importSkipped), .event,
            "EntryImport|import|skipped|The User 'a@b' has no value for any matching attribute|"
                + "SkipReason=ImportSkipped,ReportableIdentifier=1"
        ),
        (
            .skipped(.notEffectivelyEntitled(keepsTarget: false)), .event,
            skipped + "it is not effectively entitled for provisioning.|"
                + "SkipReason=NotEffectivelyEntitled,ReportableIdentifier=1"
        ),
        (
            .skipped(.notEffectivelyEntitled(keepsTarget: true)), .event,
            skipped + "it is not effectively entitled for provisioning.|SkipReason="
                + "NotEffectivelyEntitled,SkipOutOfScopeDeletions=True,ReportableIdentifier=1"
        ),
        (
            .skipped(.redundantExport), .event,
            "EntrySynchronizationSkip|export|skipped|The state of the entry in both the source and "
                + "target systems already match. No change to the User 'a@b' currently needs to be "
                + "made.|SkipReason=RedundantExport,ReportableIdentifier=1"
        ),
        (
            .skipped(.attributeValidationFailed(attribute: "town")), .event,
            skipped + "a required attribute has no value.|SkipReason=AttributeValidationFailed,"
                + "PropertyName=town,ReportableIdentifier=1"
        ),
        (
            .skipped(.flowTypes(missing: "Add")), .event,
            skipped + "the mapping has not the flow type Add.|"
                + "SkipReason=EntrySynchronizationSkipped,ReportableIdentifier=1"
        ),
        (
            .staged, .event,
            "EntrySynchronizationSkip|export|skipped|The User 'A' was not removed from Target, "
                + "because the cycle has more deletions than the threshold allows.|"
                + "SkipReason=TooManyDeletes"
        ),
        (
            .failed(.matching, code: "X"), .event,
            "EntryImport|matching|failure|Failed to process User 'a@b' in Target|ErrorCode=X"
        ),
        (
            .failed(.scoping, code: "X"), .event,
            "EntrySynchronizationScoping|scoping|failure|Failed to process User 'a@b' in Target|"
                + "ErrorCode=X"
        ),
        (
            .failed(.planningAddition, code: "X"), .event,
            "EntrySynchronizationAdd|scoping|failure|Failed to process User 'a@b' in Target|"
                + "ErrorCode=X"
        ),
        (
            .failed(.planningUpdate, code: "X"), .event,
            "EntrySynchronizationUpdate|scoping|failure|Failed to process User 'a@b' in Target|"
                + "ErrorCode=X"
        ),
        (
            .failed(.creation, code: "X"), .event,
            "EntryExportAdd|export|failure|Failed to create User 'a@b' in Target|ErrorCode=X"
        ),
        (
            .failed(.update, code: "X"), .event,
            "EntryExportUpdate|export|failure|Failed to update User 'a@b' in Target|ErrorCode=X"
        ),
        (
            .failed(.disabling, code: "X"), .event,
            "EntryExportUpdateSoftDelete|export|failure|Failed to disable User 'a@b' in Target|"
                + "ErrorCode=X"
        ),
        (
            .failed(.deletion, code: "X"), .event,
            "EntryExportDelete|export|failure|Failed to delete User 'a@b' in Target|ErrorCode=X"
        ),
        (
            .unresolved(reference: "9", attribute: "manager"), .event,
            "UnableToResolveReferenceAttributeValue|referenceResolution|warning|We were unable to "
                + "assign 9 as the manager of 1.|PropertyName=manager"
        ),
        (
            .moreUnresolved(7, attribute: "manager"), .event,
            "UnableToResolveReferenceAttributeValue|referenceResolution|warning|7 more could not be "
                + "assigned as the manager of 1.|PropertyName=manager"
        ),
    ]

    private static let written = "emails=a@b.c,active=True,title=,members=5,members=,manager=7"
    private static let skipped =
        "EntrySynchronizationSkip|export|skipped|The User 'a@b' will be skipped, because "

    private func record() -> LoggedRecord {
        var record = LoggedRecord(
            sourceType: "User", targetType: "urn:User", displayName: "A", principalName: "a@b")
        record.entries = [
            .init(attribute: 0, oldValue: nil, newValue: "a@b.c"),
            .init(attribute: 2, oldValue: "False", newValue: "True"),
            .init(attribute: 3, oldValue: "x", newValue: nil),
        ]
        record.references = [
            .init(displayName: "members", oldValue: nil, newValue: "5"),
            .init(displayName: "members", oldValue: "6", newValue: nil),
            .init(displayName: "manager", oldValue: "8", newValue: "7"),
        ]
        return record
    }

    private func words(_ record: LoggedRecord) -> [String] {
        record.words(
            in: Self.context, source: "1", target: "2",
            properties: record.modifiedProperties(in: Self.context)
        ).map { step in
            let details = step.details.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
            return [
                step.event.name, step.event.type.rawValue, step.event.status.rawValue,
                step.description, details,
            ].joined(separator: "|")
        }
    }

    private func properties(_ record: LoggedRecord) -> [[String?]] {
        record.modifiedProperties(in: Self.context).map {
            [$0.displayName, $0.oldValue, $0.newValue]
        }
    }

    private func stored(_ record: LoggedRecord) throws -> LoggedRecord {
        let text = String(decoding: record.bytes(in: Self.context), as: UTF8.self)
        return try #require(LoggedRecord(parsing: text, in: Self.context), "\(text)")
    }

    @Test(arguments: steps.indices)
    func everyStepSaysTheSameOnceItIsStored(index: Int) throws {
        let (event, facts, expected) = Self.steps[index]
        var record = record()
        // With and without values of the source that others are stored by.
        for isImported in [false, true] {
            record.steps = isImported ? [.init(.receivedAddition, Self.imported)] : []
            record.steps.append(.init(event, facts))
            let read = try stored(record)
            #expect(words(record).last == expected)
            #expect(words(read) == words(record))
            #expect(properties(read) == properties(record))
        }
    }

    @Test func theHeadComesBackAsItWas() throws {
        var record = LoggedRecord(
            sourceType: "Group", targetType: "urn:Group", displayName: "\"é\u{1}\"",
            principalName: nil)
        var error = LoggedRecord.ErrorInformation(code: "X", reason: "said \\ no")
        for advice in [nil, "wait"] {
            error.recommendedAction = advice
            error.isServiceFailure = advice != nil
            record.error = error
            let read = try stored(record)
            #expect(read.displayName == record.displayName)
            #expect(read.principalName == nil)
            #expect(read.sourceType == "Group")
            #expect(read.targetType == "urn:Group")
            #expect(read.error?.code == "X")
            #expect(read.error?.reason == error.reason)
            #expect(read.error?.isServiceFailure == error.isServiceFailure)
            #expect(read.error?.recommendedAction == advice)
            #expect(read.steps.isEmpty)
        }
    }

    @Test func whatIsSaidTwiceIsStoredOnce() {
        var record = record()
        record.entries = [.init(attribute: 0, oldValue: nil, newValue: "a@b.c")]
        record.references = []
        record.steps = [.init(.receivedAddition, Self.imported), .init(.created, .written)]
        let text = String(decoding: record.bytes(in: Self.context), as: UTF8.self)
        #expect(
            text == #"{"d":"A","u":"a@b","s":[["A",["a@b.c",1,"False"]],"c"],"m":[0]}"#)
    }

    @Test func contextsComeBackAsTheyWere() throws {
        let read = try #require(ProvisioningLogContext(parsing: Self.context.text))
        #expect(read.text == Self.context.text)
        #expect(read.attributes.map(\.source) == [0, 1, nil, nil])
    }

    @Test(
        arguments: [
            "", "[]", "{}", #"{"d":"A"}"#, #"{"d":"A","s":["?"]}"#, #"{"d":"A","s":["F"]}"#,
            #"{"d":"A","s":[["E","x","y"]]}"#, #"{"d":"A","s":[["A",["a","b","c","d"]]]}"#,
            #"{"d":"A","s":[["A",[3,"a"]]]}"#, #"{"d":"A","s":[["A",[-1]]]}"#,
            #"{"d":"A","s":[["S",[]]]}"#, #"{"d":"A","s":[],"m":["a"],"p":[]}"#,
            #"{"d":"A","s":[],"o":[[]]}"#, #"{"d":"A","s":[],"e":["x"]}"#,
        ])
    func otherTextsAreNoRecord(text: String) {
        #expect(LoggedRecord(parsing: text, in: Self.context) == nil)
    }

    @Test(arguments: ["", "{}", "[]", #"["","","",["",""],["",""],"","",[],["a",0]]"#])
    func otherTextsAreNoContext(text: String) {
        #expect(ProvisioningLogContext(parsing: text) == nil)
    }
}
