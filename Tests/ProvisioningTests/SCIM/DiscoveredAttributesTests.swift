// An endpoint's `/Schemas`, read as attributes of mappings.

import Model
import Provisioning
import Testing

struct DiscoveredAttributesTests {
    private static let custom = "urn:ietf:params:scim:schemas:extension:Contoso:2.0:User"

    private static func read(_ schemas: JSONValue) -> DiscoveredAttributes {
        DiscoveredAttributes((schemas.array ?? []).compactMap(\.object))
    }

    private static let schemas: JSONValue = [
        [
            "id": "urn:ietf:params:scim:schemas:core:2.0:User",
            "attributes": [
                [
                    "name": "userName", "type": "string", "required": true, "caseExact": false,
                    "mutability": "readWrite", "multiValued": false,
                ],
                ["name": "id", "type": "string", "caseExact": true, "mutability": "readOnly"],
                ["name": "active", "type": "boolean"],
                [
                    "name": "name", "type": "complex",
                    "subAttributes": [["name": "givenName", "type": "string"]],
                ],
                [
                    "name": "emails", "type": "complex", "multiValued": true,
                    "subAttributes": [
                        ["name": "value", "type": "string"], ["name": "display", "type": "string"],
                        ["name": "type", "type": "string", "canonicalValues": ["work", "home"]],
                        ["name": "primary", "type": "boolean"],
                    ],
                ],
            ],
        ],
        [
            "id": .string(custom),
            "attributes": [
                ["name": "level", "type": "integer"],
                [
                    "name": "boss", "type": "complex",
                    "subAttributes": [
                        ["name": "value", "type": "string"], ["name": "$ref", "type": "reference"],
                    ],
                ],
            ],
        ],
        [
            "id": "urn:ietf:params:scim:schemas:core:2.0:Group",
            "attributes": [
                [
                    "name": "members", "type": "complex", "multiValued": true,
                    "subAttributes": [
                        ["name": "value", "type": "string"], ["name": "$ref", "type": "reference"],
                    ],
                ]
            ],
        ],
    ]

    @Test func everyKindOfAttributeGetsItsName() {
        let found = Self.read(Self.schemas)
        let lines = found.attributes(
            of: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
        )
        .map { "\($0["name"]?.string ?? "") \($0["type"]?.string ?? "")" }
        #expect(
            lines == [
                "userName String", "id String", "active Boolean", "name.givenName String",
                "emails[type eq \"work\"].value String", "emails[type eq \"home\"].value String",
                "\(Self.custom):level Integer", "\(Self.custom):boss Reference",
            ])
        let members = found.attributes(of: "Group").first
        #expect(members?["type"] == "Reference")
        #expect(members?["multivalued"] == true)
    }

    @Test func propertiesOfAttributesAreKept() {
        let attributes = Self.read(Self.schemas).attributes(of: "User")
        #expect(attributes[0]["required"] == true)
        #expect(attributes[1]["mutability"] == "ReadOnly")
        #expect(attributes[1]["caseExact"] == true)
        #expect(attributes[2]["mutability"] == "ReadWrite")
    }

    @Test(arguments: [
        "[]", "[{}]", #"[{"id":7}]"#, #"[{"id":"User"}]"#, #"[{"id":"User","attributes":{}}]"#,
        #"[{"id":"User","attributes":[7,{},{"name":""},{"name":"x","type":"complex"}]}]"#,
    ])
    func whatIsNoSchemaBringsNothing(_ text: String) throws {
        #expect(Self.read(try JSONValue(parsing: text)).attributes(of: "User").isEmpty)
    }
}
