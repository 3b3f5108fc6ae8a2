// The order of the migrations; entries are appended, never edited.

/// Every step from an empty file to today's tables.
enum Migrations {
    static let all: [SQL] = [
        Migration001.sql, Migration002.sql, Migration003.sql, Migration004.sql, Migration005.sql,
        Migration006.sql, Migration007.sql, Migration008.sql,
    ]
}
