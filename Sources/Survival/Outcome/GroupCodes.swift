// Which group, stratum or cluster each row belongs to.

import NumericalMethods

/// One group per row, as a code into an ordered list of names.
///
/// Names keep the order in which they were given, which is the order of every result; a name that no row carries
/// is an empty group, reported as such and not dropped.
public struct GroupCodes: Sendable, Hashable {
  /// How the codes lie in memory.
  enum Content: Sendable {
    case wide([Int32])
    /// A byte for each row, and the group that each of the 256 values stands for; -1 for none.
    case bytes([UInt8], [Int32])
    /// So many rows in one group.
    case single(Int)
  }

  let content: Content
  /// Names of the groups, in order; a code is an index into them.
  public let names: [String]
  private let widened = OnceValue<[Int32]>()
  private let counted = OnceValue<[Int]>()

  /// The group of each row, 0 ..< `names.count`.
  public var codes: [Int32] {
    switch content {
    case .wide(let codes): codes
    case .single(let rowCount): widened.value { [Int32](repeating: 0, count: rowCount) }
    case .bytes(let bytes, let groups): widened.value { bytes.map { groups[Int($0)] } }
    }
  }

  /// Groups, those without rows included.
  public var count: Int { names.count }

  /// Rows n.
  public var rowCount: Int {
    switch content {
    case .wide(let codes): codes.count
    case .single(let rowCount): rowCount
    case .bytes(let bytes, _): bytes.count
    }
  }

  /// - Throws: `SurvivalInputError` with the given role, fault `codeOutOfRange` and the rows whose code has no name.
  ///   Missing groups are not allowed: leave those rows out first.
  public init(
    codes: [Int32], names: [String], role: SurvivalInputError.Role = .groups
  ) throws(SurvivalInputError) {
    let limit = Int32(clamping: names.count)
    var rows: [Int] = []
    for (row, code) in codes.enumerated() where code < 0 || code >= limit { rows.append(row) }
    guard rows.isEmpty else { throw SurvivalInputError(role, .codeOutOfRange, rows: rows) }
    self.init(uncheckedCodes: codes, names: names)
  }

  /// Groups of rows that are stored as bytes.
  ///
  /// - Parameters:
  ///   - bytes: one per row.
  ///   - groups: what each of the 256 bytes stands for, an index into the names.
  ///   - names: of the groups.
  ///   - known: how often each byte occurs, where that is known.
  /// - Throws: as above.
  public init(
    bytes: [UInt8], groups: [Int32], names: [String], counts known: [Int]? = nil
  ) throws(SurvivalInputError) {
    let counts = known ?? ByteCounts.of(bytes)
    func isFaulty(_ byte: Int) -> Bool {
      !groups.indices.contains(byte) || !names.indices.contains(Int(groups[byte]))
    }
    guard groups.count == 256, !(0..<256).contains(where: { counts[$0] > 0 && isFaulty($0) }) else {
      throw SurvivalInputError(
        .groups, .codeOutOfRange, rows: bytes.indices.filter { isFaulty(Int(bytes[$0])) })
    }
    content = .bytes(bytes, groups)
    self.names = names
    var sizes = [Int](repeating: 0, count: names.count)
    for (byte, count) in counts.enumerated() where count > 0 { sizes[Int(groups[byte])] += count }
    _ = counted.value { sizes }
  }

  private init(uncheckedCodes codes: [Int32], names: [String]) {
    content = .wide(codes)
    self.names = names
  }

  private init(single rowCount: Int, name: String) {
    content = .single(rowCount)
    names = [name]
  }

  /// Whether the same rows are in groups of the same names, however wide their codes are kept.
  public static func == (first: GroupCodes, second: GroupCodes) -> Bool {
    first.names == second.names && first.codes == second.codes
  }

  /// Equal codes hash alike, however wide they are kept.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(names)
    hasher.combine(codes)
  }

  /// Everybody in one group.
  public static func single(rowCount: Int, name: String = "") -> GroupCodes {
    GroupCodes(single: max(rowCount, 0), name: name)
  }

  /// Number of rows in each group.
  public var sizes: [Int] {
    counted.value {
      var sizes = [Int](repeating: 0, count: names.count)
      switch content {
      case .wide(let codes): for code in codes { sizes[Int(code)] += 1 }
      case .single(let rowCount): sizes[0] = rowCount
      case .bytes(let bytes, let groups):
        for (byte, count) in ByteCounts.of(bytes).enumerated() where count > 0 {
          sizes[Int(groups[byte])] += count
        }
      }
      return sizes
    }
  }

  /// The cross-classification of two groupings, first varying slowest; only combinations that occur are kept.
  ///
  /// - Throws: `SurvivalInputError` for `groups`: not the same number of rows.
  public func crossed(
    with other: GroupCodes, separator: String = ", "
  ) throws(SurvivalInputError) -> GroupCodes {
    guard rowCount == other.rowCount else {
      throw SurvivalInputError(.groups, .lengthMismatch(expected: rowCount, found: other.rowCount))
    }
    let combined = zip(codes, other.codes).map { Int($0) * other.names.count + Int($1) }
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
    guard self.rowCount == rowCount else {
      throw SurvivalInputError(role, .lengthMismatch(expected: rowCount, found: self.rowCount))
    }
    return self
  }
}
