// Why results moved: other data, another specification, or another Meier.

/// What moved a result. Several causes can come together.
struct ChangeCauses: Sendable, Hashable {
  /// The data files that differ, or the data sets whose rows do.
  var data: Set<String> = []
  /// The directives, and keys of the front matter, that were written otherwise.
  var specification: Set<String> = []
  /// The directives that compute otherwise now.
  var software: Set<String> = []

  var isEmpty: Bool { data.isEmpty && specification.isEmpty && software.isEmpty }

  /// `data`, `specification`, `Meier`; empty when nothing that is recorded accounts for the change.
  var names: [String] {
    (data.isEmpty ? [] : ["data"]) + (specification.isEmpty ? [] : ["specification"])
      + (software.isEmpty ? [] : ["Meier"])
  }

  /// Each cause with what it lies in.
  var details: [String] {
    func detail(_ name: String, _ items: Set<String>) -> [String] {
      items.isEmpty ? [] : ["\(name): \(items.sorted().joined(separator: ", "))"]
    }
    return detail("data", data) + detail("specification", specification) + detail("Meier", software)
  }

  mutating func formUnion(_ other: ChangeCauses) {
    data.formUnion(other.data)
    specification.formUnion(other.specification)
    software.formUnion(other.software)
  }
}
