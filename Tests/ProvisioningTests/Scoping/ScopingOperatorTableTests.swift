// The table of operators: what the published list has, and how names are told apart.

import Provisioning
import Testing

struct ScopingOperatorTableTests {
    @Test func publishedListIsTheServices() {
        let rows = ScopingOperatorTable.published.map { row in
            let types = row.supportedAttributeTypes.map(\.rawValue).joined(separator: ",")
            return "\(row.name) \(row.arity.rawValue) \(types) \(row.multivaluedComparisonType)"
        }
        #expect(
            rows == [
                "EQUALS Binary Integer,String All", "NOT EQUALS Binary Integer,String All",
                "REGEX MATCH Binary Integer,String All",
                "NOT REGEX MATCH Binary Integer,String All", "IS TRUE Unary Boolean All",
                "IS FALSE Unary Boolean All", "IS NULL Unary Integer,String,Binary,Boolean All",
                "IS NOT NULL Unary Integer,String,Binary,Boolean All",
            ])
    }

    @Test func portalOffersFourteen() {
        let usable = ScopingOperatorTable.all.filter { fault($0.name, ["1"]) == nil }
        #expect(usable.count == 14)
        #expect(ScopingOperatorTable.all.count == 15)
    }

    @Test func namesAreSpelledExactly() {
        #expect(ScopingOperatorTable.operator(named: "equals")?.name == nil)
        #expect(
            fault("greater_than", ["1"])
                == .operatorUnknown(name: "greater_than", suggestion: "Greater_Than"))
        #expect(fault("LIKE", ["x"]) == .operatorUnknown(name: "LIKE", suggestion: nil))
    }
}
