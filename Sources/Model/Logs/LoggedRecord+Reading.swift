// Reading a record from the form it is stored in.

extension LoggedRecord {
    /// Reads what ``bytes(in:)`` wrote; nil when the text is nothing of that.
    public init?(parsing text: String, in context: ProvisioningLogContext) {
        guard let json = (try? JSONValue(parsing: text))?.object,
            let displayName = json["d"]?.string, let steps = json["s"]?.array
        else { return nil }
        let types = json["t"]?.array?.compactMap(\.string) ?? []
        self.init(
            sourceType: types.first ?? context.sourceType,
            targetType: types.last ?? context.targetType, displayName: displayName,
            principalName: json["u"]?.string)
        if let error = json["e"]?.array {
            guard let information = ErrorInformation(error) else { return nil }
            self.error = information
        }
        var originals: [String?] = []
        for step in steps {
            guard let read = Step(step, originals, in: context) else { return nil }
            if case .source(let values) = read.facts { originals = values }
            self.steps.append(read)
        }
        if let new = json["m"]?.array {
            guard let entries = Entry.read(new, json["p"]?.array, originals, in: context)
            else { return nil }
            self.entries = entries
        }
        for run in json["o"]?.array ?? [] {
            guard let elements = run.array, let name = elements.first?.string else { return nil }
            references += elements.dropFirst().map { ModifiedProperty(name, $0) }
        }
    }
}

extension LoggedRecord.ErrorInformation {
    fileprivate init?(_ elements: [JSONValue]) {
        guard elements.count == 4, let code = elements[0].string, let reason = elements[1].string
        else { return nil }
        self.init(code: code, reason: reason)
        isServiceFailure = elements[2] == 1
        recommendedAction = elements[3].string
    }
}

extension LoggedRecord.Step {
    fileprivate init?(
        _ value: JSONValue, _ originals: [String?], in context: ProvisioningLogContext
    ) {
        let elements = value.array ?? [value]
        guard let letter = elements.first?.string,
            let event = ProvisioningEvent(
                letter: letter, elements.dropFirst().compactMap(\.string))
        else { return nil }
        let facts: LoggedRecord.Facts?
        switch (event, elements.last?.array) {
        case (.scoped, let answer?): facts = .init(scoping: answer)
        case (.found, let object?), (.retrievedTarget, let object?):
            facts = .init(target: object, originals, in: context)
        case (_, let values?): facts = .init(source: values, in: context)
        case (_, nil): facts = event.tellsOfWriting ? .written : .event
        }
        guard let facts else { return nil }
        self.init(event, facts)
    }
}

extension LoggedRecord.Facts {
    fileprivate init?(source elements: [JSONValue], in context: ProvisioningLogContext) {
        let count = context.sourceAttributes.count
        guard let found = PlacedValue.read(elements[...], count: count, original: { _ in nil })
        else { return nil }
        self = .source(PlacedValue.spread(found, count: count))
    }

    fileprivate init?(scoping elements: [JSONValue]) {
        guard let flags = elements.first?.integer else { return nil }
        self = .scoping(
            .init(
                isActive: flags & 1 != 0, isAssigned: flags & 2 != 0, passesScope: flags & 4 != 0,
                result: elements.dropFirst().first?.string
                    ?? LoggedRecord.ScopingAnswer.noResult))
    }

    fileprivate init?(
        target elements: [JSONValue], _ originals: [String?], in context: ProvisioningLogContext
    ) {
        let count = context.attributes.count
        guard let id = elements.first,
            let found = PlacedValue.read(
                elements.dropFirst(), count: count,
                original: { context.original(of: $0, in: originals) })
        else { return nil }
        self = .target(id: id.string, PlacedValue.spread(found, count: count))
    }
}

extension LoggedRecord.Entry {
    fileprivate static func read(
        _ new: [JSONValue], _ old: [JSONValue]?, _ originals: [String?],
        in context: ProvisioningLogContext
    ) -> [Self]? {
        let found = PlacedValue.read(
            new[...], count: context.attributes.count,
            original: { context.original(of: $0, in: originals) })
        guard let found, old.map({ $0.count == found.count }) ?? true else { return nil }
        return found.enumerated().map { index, value in
            Self(
                attribute: value.place, oldValue: old?[index].string, newValue: value.value)
        }
    }
}

extension LoggedRecord.ModifiedProperty {
    fileprivate init(_ name: String, _ value: JSONValue) {
        let pair = value.array
        self.init(
            displayName: name, oldValue: pair?.first?.string,
            newValue: pair.map { $0.count > 1 ? $0[1].string : nil } ?? value.string)
    }
}

/// A value and its place.
private struct PlacedValue {
    let place: Int
    let value: String?

    /// Reads a list of values; nil when one has no place.
    static func read(
        _ elements: ArraySlice<JSONValue>, count: Int, original: (Int) -> String?
    ) -> [PlacedValue]? {
        var found: [PlacedValue] = []
        var place = 0
        for element in elements {
            if let skipped = element.integer, skipped != 0 {
                guard skipped > 0, skipped < count else { return nil }
                place += Int(skipped)
                continue
            }
            guard place < count else { return nil }
            let value = element.integer == 0 ? original(place) : element.string
            found.append(PlacedValue(place: place, value: value))
            place += 1
        }
        return found
    }

    /// The values of all places.
    static func spread(_ values: [PlacedValue], count: Int) -> [String?] {
        var spread = [String?](repeating: nil, count: count)
        for value in values { spread[value.place] = value.value }
        return spread
    }
}
