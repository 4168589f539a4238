// What groups are called in tables and figures, where a bare "1", "2", "false" or "true" says nothing.

import DataTables

enum GroupHeadings {
  /// Names alone; behind the label where all of them are numbers or truth values: "Sex: 1", "Resection: yes".
  static func text(_ names: [String], label: String, isFlag: Bool) -> [String] {
    if isFlag { return names.map { "\(label): \(word($0, isFlag: true))" } }
    let areNumbers = !names.isEmpty && names.allSatisfy { Double($0) != nil }
    return areNumbers ? names.map { "\(label): \($0)" } : names
  }

  /// "yes" and "no" for truth values, below or behind the name of their column.
  static func word(_ name: String, isFlag: Bool) -> String {
    guard isFlag else { return name }
    return name == "true" ? "yes" : name == "false" ? "no" : name
  }
}
