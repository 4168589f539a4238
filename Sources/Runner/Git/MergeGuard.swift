// Keeps a merge within a merge from beginning another.

/// Set for git while a merge driver asks it for the merged tree, which calls the driver again.
enum MergeGuard {
  static let variable = "MEIER_MERGING"

  static var isActive: Bool { Environment.value(variable) != nil }
}
