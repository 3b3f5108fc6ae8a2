// What several threads need to decide about the objects of a page.

import Expressions
import Provisioning

/// What objects of one mapping are decided with.
struct DecisionRecipe: Sendable {
    let rule: ObjectRule
    var surroundings: CycleSurroundings
    let seed: UInt64

    /// Makes ready to decide; each line draws other random values.
    func objectCycle(_ target: any TargetDirectory, line: Int) -> ObjectCycle {
        ObjectCycle(
            rule: rule, target: target, surroundings: surroundings,
            random: SeededRandomSource(seed: seed &+ UInt64(line) &* 0x9E37_79B9_7F4A_7C15))
    }
}
