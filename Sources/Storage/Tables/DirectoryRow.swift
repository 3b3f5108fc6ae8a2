// What the tables of the tenant's directory share: a body read back.

import Model

extension DirectoryObject {
    init(_ row: borrowing Row, column: Int32, table: String) throws(StorageError) {
        let text = row.text(column) ?? ""
        guard let json = try? JSONValue(parsing: text).object, let object = DirectoryObject(json)
        else { throw StorageError.unreadableRow(table: table, key: String(text.prefix(60))) }
        self = object
    }
}
