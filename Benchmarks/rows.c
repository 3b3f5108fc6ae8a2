// The least that a cycle costs: its rows written by SQLite alone.
//
//   rows DATABASE OBJECTS
//
// Takes the rows that a cycle into the built-in target left in a database, clears them out of an unnamed
// copy, and writes them again: prepared statements, the tables' own indexes, 200 objects in a transaction,
// and before each object the two lookups that it cannot do without. Prints microseconds an object.

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MAX_COLUMNS = 32, IN_TRANSACTION = 200 };

struct table {
    const char *name;
    int columns;
    size_t count;
    size_t room;
    sqlite3_value **values;
    sqlite3_stmt *insert;
};

static sqlite3 *database;

static void fail(const char *what)
{
    fprintf(stderr, "rows: %s: %s\n", what, database ? sqlite3_errmsg(database) : "");
    exit(1);
}

static void run(const char *sql)
{
    if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK) fail(sql);
}

static sqlite3_stmt *prepare(const char *sql)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(database, sql, -1, &statement, NULL) != SQLITE_OK) fail(sql);
    return statement;
}

// What the tables' generated columns call; the rows in question hold ASCII.
static void fold(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    sqlite3_result_value(context, values[0]);
}

// What the indexes hold in the place of texts: Storage's `TextKey`.
static void key(sqlite3_context *context, int count, sqlite3_value **values)
{
    sqlite3_uint64 hash = 0xcbf29ce484222325u, number = 0;
    int has_number = 0;
    for (int index = 0; index < count; index++) {
        if (index) {
            hash = (hash ^ number) * 0x100000001b3u;
            hash = (hash ^ 0xff) * 0x100000001b3u;
        }
        const unsigned char *text = sqlite3_value_text(values[index]);
        if (!text) return;
        int length = sqlite3_value_bytes(values[index]), in_number = 0;
        number = 0;
        has_number = 0;
        for (int place = 0; place < length; place++) {
            unsigned char byte = text[place];
            if (byte >= '0' && byte <= '9') {
                number = number * 10 + (sqlite3_uint64)(byte - '0');
                if (in_number) continue;
                in_number = has_number = 1;
                byte = '0';
            } else {
                in_number = 0;
            }
            hash = (hash ^ byte) * 0x100000001b3u;
        }
    }
    hash ^= hash >> 32;
    hash = has_number ? (hash & 0xfffff) << 28 | (number & 0xfffffff) : hash & 0xffffffffffff;
    sqlite3_result_int64(context, (sqlite3_int64)hash - ((sqlite3_int64)1 << 47));
}

// Reads a table's own columns, and prepares the statement that writes them.
static void load(struct table *table)
{
    char names[2048] = "", marks[256] = "", sql[4096];
    snprintf(sql, sizeof sql, "PRAGMA table_info(%s)", table->name);
    sqlite3_stmt *info = prepare(sql);
    while (sqlite3_step(info) == SQLITE_ROW) {
        const char *comma = table->columns ? "," : "";
        snprintf(names + strlen(names), sizeof names - strlen(names), "%s%s", comma,
                 (const char *)sqlite3_column_text(info, 1));
        snprintf(marks + strlen(marks), sizeof marks - strlen(marks), "%s?", comma);
        table->columns++;
    }
    sqlite3_finalize(info);
    snprintf(sql, sizeof sql, "SELECT %s FROM %s", names, table->name);
    sqlite3_stmt *rows = prepare(sql);
    while (sqlite3_step(rows) == SQLITE_ROW) {
        if (table->count == table->room) {
            table->room = table->room ? table->room * 2 : 1024;
            table->values = realloc(table->values,
                                    table->room * (size_t)table->columns * sizeof *table->values);
            if (!table->values) fail("memory");
        }
        for (int column = 0; column < table->columns; column++)
            table->values[table->count * (size_t)table->columns + (size_t)column] =
                sqlite3_value_dup(sqlite3_column_value(rows, column));
        table->count++;
    }
    sqlite3_finalize(rows);
    snprintf(sql, sizeof sql, "INSERT INTO %s (%s) VALUES (%s)", table->name, names, marks);
    table->insert = prepare(sql);
}

static void clear(const struct table *table)
{
    char sql[128];
    snprintf(sql, sizeof sql, "DELETE FROM %s", table->name);
    run(sql);
}

static void write_row(struct table *table, size_t row)
{
    for (int column = 0; column < table->columns; column++)
        sqlite3_bind_value(table->insert, column + 1,
                           table->values[row * (size_t)table->columns + (size_t)column]);
    if (sqlite3_step(table->insert) != SQLITE_DONE) fail(table->name);
    sqlite3_reset(table->insert);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int count, char **arguments)
{
    if (count != 3) fail("usage: rows DATABASE OBJECTS");
    size_t objects = strtoul(arguments[2], NULL, 10);
    sqlite3 *source = NULL;
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    if (sqlite3_open_v2(arguments[1], &source, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
        sqlite3_open_v2("", &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                        NULL) != SQLITE_OK)
        fail(arguments[1]);
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    sqlite3_create_function(database, "fold", 1, flags, NULL, fold, NULL, NULL);
    sqlite3_create_function(database, "ticks", 1, flags, NULL, fold, NULL, NULL);
    sqlite3_create_function(database, "key", -1, flags, NULL, key, NULL, NULL);
    sqlite3_backup *backup = sqlite3_backup_init(database, "main", source, "main");
    if (!backup || sqlite3_backup_step(backup, -1) != SQLITE_DONE) fail("backup");
    sqlite3_backup_finish(backup);
    sqlite3_close(source);

    struct table tables[] = {{.name = "scim_resources"}, {.name = "connections"},
                             {.name = "provisioning_logs"}, {.name = "exported_references"},
                             {.name = "scim_members"}};
    enum { TABLES = sizeof tables / sizeof *tables };
    run("PRAGMA journal_mode = MEMORY");
    run("PRAGMA temp_store = MEMORY");
    for (int index = 0; index < TABLES; index++) load(&tables[index]);
    // Only now, because a trigger clears members with their groups.
    for (int index = 0; index < TABLES; index++) clear(&tables[index]);
    run("VACUUM");
    run("PRAGMA cache_size = -16000");
    sqlite3_stmt *linked = prepare(
        "SELECT target_anchor FROM connections WHERE key(job_id, source_anchor) = ?2"
        " AND +job_id = ?1 AND +source_anchor = ?2");
    sqlite3_stmt *found = prepare(
        "SELECT id FROM scim_resources WHERE directory = 1 AND +type = 0"
        " AND user_name IS NOT NULL AND +user_name = ?1"
        " AND key(user_name) = ?1");

    double begun = seconds();
    for (size_t object = 0; object < objects; object++) {
        if (object % IN_TRANSACTION == 0) run(object ? "COMMIT; BEGIN" : "BEGIN");
        sqlite3_bind_text(linked, 1, "scim.none", -1, SQLITE_STATIC);
        sqlite3_bind_int64(linked, 2, (sqlite3_int64)object);
        sqlite3_step(linked);
        sqlite3_reset(linked);
        sqlite3_bind_int64(found, 1, (sqlite3_int64)object);
        sqlite3_step(found);
        sqlite3_reset(found);
        // Each table's rows spread over the objects, those of groups at the end.
        for (int index = 0; index < TABLES; index++) {
            struct table *table = &tables[index];
            for (size_t row = table->count * object / objects;
                 row < table->count * (object + 1) / objects; row++)
                write_row(table, row);
        }
    }
    run("COMMIT");
    double taken = seconds() - begun;
    size_t rows = 0;
    for (int index = 0; index < TABLES; index++) rows += tables[index].count;
    printf("%.1f us an object, %.1f rows an object\n", taken / (double)objects * 1e6,
           (double)rows / (double)objects);
    return 0;
}
