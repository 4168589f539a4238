// Which group, stratum or cluster each row belongs to.

/// One group per row, as a code into an ordered list of names.
///
/// Names keep the order in which they were given, which is the order of every result; a name that no row carries
/// is an empty group, reported as such and not dropped.
public struct GroupCodes: Sendable, Hashable {
  /// The group of each row, 0 ..< `names.count`.
  public let codes: [Int32]
  /// Names of the groups, in order; a code is an index into them.
  public let names: [String]

  /// Groups, those without rows included.
  public var count: Int { names.count }

  /// - Throws: `SurvivalInputError` with the given role, fault `codeOutOfRange` and the rows whose code has no name.
  ///   Missing groups are not allowed: leave those rows out first.
  public init(
    codes: [Int32], names: [String], role: SurvivalInputError.Role = .groups
  ) throws(SurvivalInputError) {
    let limit = Int32(clamping: names.count)
    var rows: [Int] = []
    for (row, code) in codes.enumerated() where code < 0 || code >= limit { rows.append(row) }
    guard rows.isEmpty else { throw SurvivalInputError(role, .codeOutOfRange, rows: rows) }
    self.codes = codes
    self.names = names
  }

  private init(uncheckedCodes codes: [Int32], names: [String]) {
    self.codes = codes
    self.names = names
  }

  /// Everybody in one group.
  public static func single(rowCount: Int, name: String = "") -> GroupCodes {
    GroupCodes(uncheckedCodes: [Int32](repeating: 0, count: max(rowCount, 0)), names: [name])
  }

  /// Number of rows in each group.
  public var sizes: [Int] {
    var sizes = [Int](repeating: 0, count: names.count)
    for code in codes { sizes[Int(code)] += 1 }
    return sizes
  }

  /// The cross-classification of two groupings, first varying slowest; only combinations that occur are kept.
  ///
  /// - Throws: `SurvivalInputError` for `groups`: not the same number of rows.
  public func crossed(
    with other: GroupCodes, separator: String = ", "
  ) throws(SurvivalInputError) -> GroupCodes {
    guard codes.count == other.codes.count else {
      throw SurvivalInputError(.groups, .lengthMismatch(expected: codes.count, found: other.codes.count))
    }
    var combined = [Int](repeating: 0, count: codes.count)
    for row in codes.indices { combined[row] = Int(codes[row]) * other.names.count + Int(other.codes[row]) }
    // Number of combinations can exceed any table when both are identifiers: sort what occurs.
    let occurring = Set(combined).sorted()
    var position: [Int: Int32] = [:]
    position.reserveCapacity(occurring.count)
    var crossedNames: [String] = []
    for (index, combination) in occurring.enumerated() {
      position[combination] = Int32(clamping: index)
      let (first, second) = combination.quotientAndRemainder(dividingBy: other.names.count)
      crossedNames.append(names[first] + separator + other.names[second])
    }
    return GroupCodes(uncheckedCodes: combined.map { position[$0] ?? 0 }, names: crossedNames)
  }

  /// Checks that there is one code per row.
  func validated(rowCount: Int, role: SurvivalInputError.Role) throws(SurvivalInputError) -> GroupCodes {
    guard codes.count == rowCount else {
      throw SurvivalInputError(role, .lengthMismatch(expected: rowCount, found: codes.count))
    }
    return self
  }
}
