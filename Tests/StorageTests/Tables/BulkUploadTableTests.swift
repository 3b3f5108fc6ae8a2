// Uploads: kept in order, changed and removed one by one or all.

import Model
import Testing

@testable import Storage

struct BulkUploadTableTests {
    private let world: TestDatabase

    init() throws { world = try TestDatabase() }

    private func insert(_ body: String, job: String = "a") throws {
        try world.database.bulkUploads.insert(
            job: job, received: Timestamp(ticks: 7), requestID: "r-" + body, body: body)
    }

    private func bodies(_ job: String = "a") throws -> [String] {
        try world.database.bulkUploads.list(of: job).map(\.body)
    }

    @Test func uploadsComeBackWholeAndInOrder() throws {
        try insert("1")
        try insert("2", job: "b")
        try insert("3")
        #expect(try bodies() == ["1", "3"])
        #expect(
            try world.database.bulkUploads.last(of: "b")
                == BulkUpload(
                    sequence: 2, jobID: "b", received: Timestamp(ticks: 7), requestID: "r-2",
                    body: "2"))
        #expect(try world.database.bulkUploads.last(of: "c") == nil)
    }

    @Test func oneIsChangedOrRemoved() throws {
        try insert("1")
        try insert("2")
        try world.database.bulkUploads.update(sequence: 1, body: "one")
        try world.database.bulkUploads.delete(sequence: 2)
        #expect(try bodies() == ["one"])
    }

    @Test func allOfAJobAreRemovedAlsoWithTheJob() throws {
        try insert("1")
        try insert("2", job: "b")
        try world.database.bulkUploads.deleteAll(of: "a")
        #expect(try bodies().isEmpty)
        let job = StoredJob(job: Sample.job("b"), servicePrincipal: Sample.id(1))
        try world.database.jobs.insert(job)
        try world.database.jobs.delete(id: "b")
        #expect(try bodies("b").isEmpty)
    }
}
