// What changed in the directory between two moments, object by object.

public import Model

extension ChangeTable {
    private func condition(_ window: ChangeWindow) -> SQLFragment {
        var condition = SQLFragment(
            " FROM changes WHERE directory = '' AND object_type = ? AND sequence > ? AND sequence <= ?",
            .text(window.kind.typeName), .integer(window.after), .integer(window.upTo))
        if let ids = window.ids {
            condition += " AND object_id IN (" + ChangeTable.list(ids.map(\.description)) + ")"
        }
        return condition
    }

    private static func list(_ texts: [String]) -> SQLFragment {
        texts.enumerated().reduce(SQLFragment("")) { list, text in
            list + SQLFragment(text.offset == 0 ? "?" : ", ?", .text(text.element))
        }
    }

    /// A page of the objects that changed in a window, in the order of their last changes.
    ///
    /// It costs as many steps as the window has changes, whatever the number of objects.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func objects(
        in window: ChangeWindow, after place: Int64, limit: Int
    ) throws(StorageError) -> [DirectoryChange] {
        let statement =
            """
            SELECT object_id, max(sequence) AS latest, min(is_reference),
            group_concat(properties), sum(is_reference = 0 AND properties IS NULL)
            """ + condition(window)
            + SQLFragment(
                " GROUP BY object_id HAVING latest > ? ORDER BY latest LIMIT ?", .integer(place),
                .integer(Int64(limit)))
        var changes = try connection.rows(statement.sql, statement.values) {
            (row) throws(StorageError) in
            let names = (row.text(3) ?? "").split(separator: ",").map(String.init)
            return DirectoryChange(
                id: row.text(0) ?? "", sequence: row.integer(1), isReference: row.integer(2) == 1,
                properties: row.integer(4) == 0 ? Set(names) : nil)
        }
        try addLinks(to: &changes, window)
        return changes
    }

    private func addLinks(
        to changes: inout [DirectoryChange], _ window: ChangeWindow
    ) throws(StorageError) {
        guard !changes.isEmpty else { return }
        var whole = window
        whole.ids = nil
        let statement =
            "SELECT object_id, link, target_id, is_removed" + condition(whole)
            + " AND link IS NOT NULL AND object_id IN ("
            + ChangeTable.list(changes.map(\.id)) + ") ORDER BY sequence"
        let links = try connection.rows(statement.sql, statement.values) {
            (row) throws(StorageError) in
            (
                id: row.text(0) ?? "",
                link: DirectoryChange.Link(
                    name: row.text(1) ?? "", target: row.text(2) ?? "",
                    isRemoved: row.integer(3) == 1)
            )
        }
        var places = [String: Int]()
        for (index, change) in changes.enumerated() { places[change.id] = index }
        var latest: [String: Int] = [:]
        for (id, link) in links {
            guard let place = places[id] else { continue }
            let key = id + link.name + link.target
            if let known = latest[key] {
                changes[place].links[known] = link
            } else {
                latest[key] = changes[place].links.count
                changes[place].links.append(link)
            }
        }
    }
}
