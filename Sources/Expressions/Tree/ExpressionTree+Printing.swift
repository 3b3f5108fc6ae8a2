// Tree to text: the one canonical form of each expression.

extension ExpressionTree: CustomStringConvertible {
    /// The canonical text: arguments joined by `, `, blanks kept, input spacing lost.
    ///
    /// Sample: `Replace([preferredLanguage], "-", , , "_", , )`.
    ///
    /// Unverified: how the service prints numbers inside calls (here as written) and the
    /// spaces around a comparison (here one on each side).
    public var description: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch node {
        case .attribute(let name):
            text += "[\(name)]"
        case .constant(let constant):
            text += constant.description
        case .call(let name, let arguments):
            text += "\(name)("
            for (index, argument) in arguments.enumerated() {
                if index > 0 { text += ", " }
                argument?.write(to: &text)
            }
            text += ")"
        case .condition(let left, let comparison, let right):
            left.write(to: &text)
            text += " \(comparison.rawValue) "
            right.write(to: &text)
        }
    }
}

extension ExpressionTree.Constant: CustomStringConvertible {
    /// The constant as written in an expression.
    public var description: String {
        form == .text ? quoted : text
    }

    /// The constant in quotation marks, whatever its form.
    var quoted: String {
        var result = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { result.unicodeScalars.append("\\") }
            result.unicodeScalars.append(scalar)
        }
        return result + "\""
    }
}
