// What the records of one mapping have in common, stored once for all of them.

/// The surroundings of records: tenant, application, and the mapping with its names.
///
/// Shape: `["<tenant>", "<service principal>", "<its name>", ["<id>", "<name>"], ["<id>", "<name>"],
/// "<source type>", "<target type>", ["<source attribute>", …], ["<attribute>", 0, …]]`, the two pairs the
/// source's and the target's directory; the number behind an attribute is the place of the source attribute
/// that it copies, or -1.
public struct ProvisioningLogContext: Sendable {
    /// A directory of the mapping.
    public struct Directory: Sendable {
        /// Its identifier.
        public let id: String
        /// Its name.
        public let name: String

        /// Names a directory.
        public init(id: String, name: String) {
            self.id = id
            self.name = name
        }
    }

    /// An attribute of the target.
    public struct Attribute: Sendable {
        /// Its name.
        public let name: String
        /// The place of the source attribute that it copies; nil for none.
        public let source: Int?

        /// Names an attribute.
        public init(name: String, source: Int?) {
            self.name = name
            self.source = source
        }
    }

    /// The tenant.
    public let tenant: String
    /// The application.
    public let servicePrincipal: String
    /// The application's name.
    public let servicePrincipalName: String
    /// Where objects come from.
    public let source: Directory
    /// Where they go.
    public let target: Directory
    /// The type of the source objects.
    public let sourceType: String
    /// The type of the target objects.
    public let targetType: String
    /// The source attributes that an import tells of, but for the identifier.
    public let sourceAttributes: [String]
    /// The attributes of the mapping.
    public let attributes: [Attribute]

    /// Makes a context.
    public init(
        tenant: String, servicePrincipal: String, servicePrincipalName: String, source: Directory,
        target: Directory, sourceType: String, targetType: String, sourceAttributes: [String],
        attributes: [Attribute]
    ) {
        self.tenant = tenant
        self.servicePrincipal = servicePrincipal
        self.servicePrincipalName = servicePrincipalName
        self.source = source
        self.target = target
        self.sourceType = sourceType
        self.targetType = targetType
        self.sourceAttributes = sourceAttributes
        self.attributes = attributes
    }
}

extension ProvisioningLogContext {
    /// The context as it is stored.
    public var text: String {
        let directories = [source, target].map { directory -> JSONValue in
            [.string(directory.id), .string(directory.name)]
        }
        let attributes = attributes.flatMap { attribute -> [JSONValue] in
            [.string(attribute.name), .integer(Int64(attribute.source ?? -1))]
        }
        let elements =
            [.string(tenant), .string(servicePrincipal), .string(servicePrincipalName)]
            + directories
            + [
                .string(sourceType), .string(targetType),
                .array(sourceAttributes.map(JSONValue.string)), .array(attributes),
            ]
        return JSONValue.array(elements).text
    }

    /// Reads a context; nil when the text is none.
    public init?(parsing text: String) {
        guard let elements = (try? JSONValue(parsing: text))?.array, elements.count == 9,
            let tenant = elements[0].string, let servicePrincipal = elements[1].string,
            let servicePrincipalName = elements[2].string,
            let source = Directory(elements[3]), let target = Directory(elements[4]),
            let sourceType = elements[5].string, let targetType = elements[6].string,
            let sourceAttributes = elements[7].array?.compactMap(\.string),
            let pairs = elements[8].array, pairs.count.isMultiple(of: 2)
        else { return nil }
        var attributes: [Attribute] = []
        for index in stride(from: 0, to: pairs.count, by: 2) {
            guard let name = pairs[index].string, let place = pairs[index + 1].integer,
                place < sourceAttributes.count
            else { return nil }
            attributes.append(Attribute(name: name, source: place < 0 ? nil : Int(place)))
        }
        self.init(
            tenant: tenant, servicePrincipal: servicePrincipal,
            servicePrincipalName: servicePrincipalName, source: source, target: target,
            sourceType: sourceType, targetType: targetType, sourceAttributes: sourceAttributes,
            attributes: attributes)
    }
}

extension ProvisioningLogContext.Directory {
    fileprivate init?(_ value: JSONValue) {
        guard let pair = value.array, pair.count == 2, let id = pair[0].string,
            let name = pair[1].string
        else { return nil }
        self.init(id: id, name: name)
    }
}
