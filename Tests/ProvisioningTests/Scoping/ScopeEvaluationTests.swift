// Groups, sets, checks, and what decided.

import Expressions
import Provisioning
import Testing

struct ScopeEvaluationTests {
    private func clause(_ attribute: String, _ name: String, _ value: String? = nil)
        -> ScopingClause
    {
        ScopingClause(
            operatorName: name, sourceOperandName: attribute, values: value.map { [$0] } ?? [])
    }

    private let person: @Sendable (String) -> ExpressionValue = {
        ["department": "Sales", "city": "Paris", "employeeId": "7"][$0] ?? .null
    }

    @Test func emptyFilterLetsEverythingPass() throws {
        let evaluation = try ScopeEvaluation(ScopingFilter())
        let decision = try evaluation.decide(attribute: person)
        #expect(decision == .inScope(decision.result))
        #expect(decision.result.logText == "{}")
        #expect(decision.result.decidedBy == nil)
    }

    @Test func emptyGroupLetsEverythingPass() throws {
        let filter = ScopingFilter(groups: [ScopingGroup(name: "none", clauses: [])])
        #expect(try ScopeEvaluation(filter).evaluate(.groups, attribute: person).isInScope)
    }

    @Test func clausesAreJoinedByAnd() throws {
        let filter = ScopingFilter(groups: [
            ScopingGroup(
                name: "French sales",
                clauses: [
                    clause("department", "EQUALS", "Sales"), clause("city", "EQUALS", "Rome"),
                    clause("employeeId", "IS NOT NULL"),
                ])
        ])
        let result = try ScopeEvaluation(filter).evaluate(.groups, attribute: person)
        #expect(!result.isInScope)
        #expect(result.decidedBy?.clause == clause("city", "EQUALS", "Rome"))
        #expect(
            result.logText
                == #"{"French sales.department EQUALS 'Sales'":true,"French sales.city EQUALS 'Rome'":false}"#
        )
    }

    @Test func groupsAreJoinedByOr() throws {
        let filter = ScopingFilter(groups: [
            ScopingGroup(name: "one", clauses: [clause("city", "EQUALS", "Rome")]),
            ScopingGroup(name: "two", clauses: [clause("employeeId", "IS NOT NULL")]),
            ScopingGroup(name: "three", clauses: [clause("city", "EQUALS", "Oslo")]),
        ])
        let result = try ScopeEvaluation(filter).evaluate(.groups, attribute: person)
        #expect(result.isInScope)
        #expect(result.decidedBy?.groupName == "two")
        #expect(
            result.logText
                == #"{"one.city EQUALS 'Rome'":false,"two.employeeId IS NOT NULL":true}"#)
    }

    @Test func setsDecideInTheirOrder() throws {
        let fails = [ScopingGroup(name: "no", clauses: [clause("city", "EQUALS", "Rome")])]
        let passes = [ScopingGroup(name: "yes", clauses: [clause("city", "EQUALS", "Paris")])]
        let decide = { (filter: ScopingFilter) in
            try ScopeEvaluation(filter).decide(attribute: person)
        }
        let all = try decide(
            ScopingFilter(groups: fails, inputFilterGroups: fails, categoryFilterGroups: fails))
        #expect(all == .otherCategory(all.result))
        let read = try decide(
            ScopingFilter(groups: fails, inputFilterGroups: fails, categoryFilterGroups: passes))
        #expect(read == .notRead(read.result))
        let scope = try decide(
            ScopingFilter(groups: fails, inputFilterGroups: passes, categoryFilterGroups: passes))
        #expect(scope == .outOfScope(scope.result))
        let none = try decide(
            ScopingFilter(groups: passes, inputFilterGroups: passes, categoryFilterGroups: passes))
        #expect(none == .inScope(none.result))
        #expect(none.result.logText == #"{"yes.city EQUALS 'Paris'":true}"#)
    }

    @Test func logTextIsJSON() throws {
        let filter = ScopingFilter(groups: [
            ScopingGroup(
                name: "say \"hi\"\n",
                clauses: [
                    clause("city", "NOT EQUALS", "\\'x'"), clause("city", "NOT EQUALS", "\\'x'"),
                ])
        ])
        let result = try ScopeEvaluation(filter).evaluate(.groups, attribute: person)
        #expect(
            result.logText == #"{"say \"hi\"\u000a.city NOT EQUALS '\\'x''":true}"#)
    }

    @Test func everyFaultIsFoundWithItsPlace() {
        let filter = ScopingFilter(
            groups: [
                ScopingGroup(clauses: [
                    clause("department", "EQUALS", "x"), clause("departement", "EQUALS", "x"),
                ]),
                ScopingGroup(clauses: [clause("manager", "IS NULL")]),
            ],
            inputFilterGroups: [
                ScopingGroup(clauses: [
                    clause("proxyAddresses", "Includes", "x"), clause("hired", "IS NULL"),
                    clause("department", "EQUALS"),
                ])
            ])
        let attributes: (String) -> ScopingAttribute? = {
            [
                "department": ScopingAttribute(.string), "manager": ScopingAttribute(.reference),
                "proxyAddresses": ScopingAttribute(.string, isMultivalued: true),
                "hired": ScopingAttribute(.dateTime),
            ][$0]
        }
        #expect(
            filter.faults(attributes: attributes).map(\.description) == [
                "inputFilterGroups[0].clauses[0]: the attribute 'proxyAddresses' may have several "
                    + "values, which filters do not take",
                "inputFilterGroups[0].clauses[1]: the operator 'IS NULL' does not take the "
                    + "attribute 'hired' of type DateTime",
                "inputFilterGroups[0].clauses[2]: the operator 'EQUALS' compares with one value, "
                    + "found 0",
                "groups[0].clauses[1]: the source object has no attribute 'departement'",
                "groups[1].clauses[0]: the attribute 'manager' cannot be used in a filter",
            ])
        #expect(throws: ScopingError.self) {
            try ScopeEvaluation(filter, attributes: attributes)
        }
    }

    @Test func longFiltersAreRefused() throws {
        let long = String(repeating: "x", count: 9_984)
        let fits = ScopingFilter(groups: [
            ScopingGroup(clauses: [clause("department", "EQUALS", long)])
        ])
        #expect(fits.faults().isEmpty)
        let filter = ScopingFilter(
            groups: [ScopingGroup(name: "t", clauses: [clause("department", "EQUALS", long)])])
        let error = #expect(throws: ScopingError.self) { try ScopeEvaluation(filter) }
        #expect(error?.reason == .filterTooLong(limit: 10_000, found: 10_001))
        #expect(filter.faults().map(\.reason) == [.filterTooLong(limit: 10_000, found: 10_001)])
    }
}
