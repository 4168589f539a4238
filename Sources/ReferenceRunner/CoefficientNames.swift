// From the result names of coefficients to the reference's names, and back.

/// `["sex", "2"]` is `sex=2`; `["trt:celltype", "2", "smallcell"]` is `trt=2:celltype=smallcell`;
/// `["ns(bili, df = 3)", "1"]` is `ns(bili)#1`; a function keeps its text.
struct CoefficientNames: Sendable {
  /// Reference name → path of the coefficient, without the statistic.
  let paths: [String: String]

  /// Finds the coefficients below `base` by the statistic that all of them have.
  init(_ results: Results, base: String, tail: String, factors: [String: [String]]) {
    var paths: [String: String] = [:]
    for (names, path) in results.selections(of: base, tail: tail) {
      paths[Self.referenceName(names, factors: factors)] = path
    }
    self.paths = paths
  }

  static func referenceName(_ names: [String], factors: [String: [String]]) -> String {
    guard let term = names.first else { return "" }
    var rest = names.dropFirst()
    // A column may have a colon in its name.
    if factors[term] != nil, let level = rest.first {
      return ReferenceKey.escaped(term) + "=" + ReferenceKey.escaped(level)
    }
    let parts = interactionParts(term).map { part -> String in
      let name =
        part.hasPrefix("`") && part.hasSuffix("`") && part.count > 1
        ? String(part.dropFirst().dropLast()) : part
      if factors[name] != nil, let level = rest.popFirst() {
        return ReferenceKey.escaped(name) + "=" + ReferenceKey.escaped(level)
      }
      if let basis = basisName(part), let index = rest.popFirst() {
        return part.hasPrefix("ridge(") ? ReferenceKey.escaped(index) : "\(basis)#\(index)"
      }
      return ReferenceKey.escaped(name)
    }
    return parts.joined(separator: ":")
  }

  /// Splits at colons outside parentheses, brackets, quotes and backquotes.
  static func interactionParts(_ term: String) -> [String] {
    var parts = [""]
    var depth = 0
    var quote: Character?
    for character in term {
      if let open = quote {
        if character == open { quote = nil }
      } else if "`\"'".contains(character) {
        quote = character
      } else if "([".contains(character) {
        depth += 1
      } else if ")]".contains(character) {
        depth -= 1
      } else if character == ":", depth == 0 {
        parts.append("")
        continue
      }
      parts[parts.count - 1].append(character)
    }
    return parts
  }

  /// `ns(bili, df = 3)` → `ns(bili)`; `nil` for what has no basis columns.
  static func basisName(_ part: String) -> String? {
    let functions = ["ns", "bs", "rcs", "pspline", "poly", "ridge"]
    guard let open = part.firstIndex(of: "("), functions.contains(String(part[..<open])) else { return nil }
    let argument = part[part.index(after: open)...].prefix { $0 != "," && $0 != ")" }
    return "\(part[..<open])(\(argument))"
  }
}
