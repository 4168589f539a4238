// Which values of the event column are which cause, and which are censored.

import DataTables
import Diagnostics
import Expressions

/// The causes that an author names, with the values that stand for them.
struct CompetingCauses: Sendable {
  static let causes = OptionKey(
    required: "causes", OptionKind<[Named<[String]>]>.causes,
    "the causes, each with the value or values of the event column that stand for it; a list where they are the same"
  )
  static let censored = OptionKey(
    "censored", OptionKind<String>.text.list, default: ["0"], shown: "0",
    "the value or values of the event column that mean censored")

  let named: [Named<[String]>]
  let censored: [String]
  let range: SourceRange
  let censoredRange: SourceRange

  var names: [String] { named.map(\.string) }

  init(_ options: ResolvedOptions) throws {
    named = try options[Self.causes]
    censored = try options[Self.censored]
    range = options.range(Self.causes)
    censoredRange = options.range(Self.censored)
    guard !named.isEmpty, named.count <= 250 else {
      throw Diagnostic(
        .invalidOption, "'causes' names 1 to 250 causes", at: range,
        remedy: "write {relapse: 1, death: 2}")
    }
    var seen = Set(censored)
    for cause in named {
      for value in cause.value where !seen.insert(value).inserted {
        throw Diagnostic(
          .invalidOption, "a value of '\(cause.string)' is given twice", at: cause.name.range(),
          remedy: "each value is one cause, or censored", values: [value])
      }
    }
  }

  /// Texts with the code they stand for: 0 censored, 1… the causes in order.
  private var texts: [(text: String, code: UInt8, range: SourceRange)] {
    censored.map { ($0, 0, censoredRange) }
      + named.enumerated().flatMap { index, cause in
        cause.value.map { ($0, UInt8(truncatingIfNeeded: index + 1), cause.name.range()) }
      }
  }

  /// The code of every row; 255 where the value is missing.
  func codes(of event: Expression, in dataSet: DataSet, threads: Int) throws -> [UInt8] {
    if case .reference(let reference) = event.root.kind, reference.steps.isEmpty,
      let column = dataSet.table[reference.name], column.type.hasLevels
    {
      return try levelCodes(column, at: event.place)
    }
    switch try event.type(in: dataSet.table) {
    case .number, .flag: return try numberCodes(event, in: dataSet, threads: threads)
    case .text, .date:
      throw Diagnostic(
        .eventCoding, "'\(event.words)' is no column of causes", at: event.place,
        remedy: "name the column that holds the causes: Surv(time, status) ~ …")
    }
  }

  /// The bytes of an event column and the code that each of the 256 values stands for, 255 for none; `nil` for columns that
  /// are not stored in bytes, and where a cause is not among the levels.
  func byteCodes(of event: Expression, in dataSet: DataSet) -> (bytes: [UInt8], codes: [UInt8])? {
    guard let column = event.plainColumn(in: dataSet.table), case .uint8(let bytes) = column.storage else {
      return nil
    }
    var codes = [UInt8](repeating: 255, count: 256)
    for (text, code, _) in texts {
      let byte: Int?
      switch column.type {
      case .text, .factor: byte = column.code(ofLevelOrValue: text).map { Int($0) }
      case .integer, .number, .flag:
        guard let number = Double(text) ?? ["true": 1, "false": 0][text] else { return nil }
        byte = Int(exactly: number)
        if byte.map({ !(0..<255).contains($0) }) ?? true { continue }
      case .date: return nil
      }
      guard let byte, codes.indices.contains(byte) else {
        if code == 0 { continue }
        return nil
      }
      codes[byte] = code
    }
    return (bytes, codes)
  }

  private func levelCodes(_ column: Column, at range: SourceRange) throws -> [UInt8] {
    var codeOfLevel = [UInt8?](repeating: nil, count: column.levels.count)
    for (text, code, range) in texts {
      guard let level = column.code(ofLevelOrValue: text), codeOfLevel.indices.contains(Int(level)) else {
        // The default of 'censored' need not occur.
        if code == 0 { continue }
        throw Diagnostic(
          .unknownLevel, "'\(column.name)' has no level '\(text)'", at: range,
          remedy: NearMiss.remedy(for: text, among: column.levels))
      }
      codeOfLevel[Int(level)] = code
    }
    var unknown: Set<Int32> = []
    let codes = column.factorCodes().map { level -> UInt8 in
      guard level >= 0 else { return 255 }
      if let code = codeOfLevel[Int(level)] { return code }
      unknown.insert(level)
      return 255
    }
    if !unknown.isEmpty {
      throw uncovered(column.name, unknown.sorted().map { column.levels[Int($0)] }, at: range)
    }
    return codes
  }

  private func numberCodes(_ event: Expression, in dataSet: DataSet, threads: Int) throws -> [UInt8] {
    var codeOfNumber: [Double: UInt8] = [:]
    for (text, code, range) in texts {
      guard let number = Double(text) ?? ["true": 1, "false": 0][text] else {
        throw Diagnostic(
          .notANumber, "'\(event.words)' holds numbers: '\(text)' is none", at: range,
          remedy: "write the numbers that stand in the data")
      }
      codeOfNumber[number] = code
    }
    // Small whole numbers, which nearly all codes are, are looked up by place.
    let small = (0..<256).map { codeOfNumber[Double($0)] ?? 255 }
    var unknown: Set<Double> = []
    let codes = try event.numbers(in: dataSet.table, threads: threads).map { value -> UInt8 in
      if value.isNaN { return 255 }
      if value >= 0, value < 256, value == value.rounded(.down), small[Int(value)] != 255 {
        return small[Int(value)]
      }
      if let code = codeOfNumber[value] { return code }
      if unknown.count < 100 { unknown.insert(value) }
      return 255
    }
    if !unknown.isEmpty {
      throw uncovered(event.words, unknown.sorted().map(ShortestNumber.text), at: event.place)
    }
    return codes
  }

  private func uncovered(_ name: String, _ values: [String], at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .eventCoding, "'\(name)' holds values that are neither a cause nor censored", at: range,
      remedy: "add them to 'causes', or to 'censored'", values: Array(values.prefix(10)))
  }
}

extension OptionKind where Value == [Named<[String]>] {
  /// `{relapse: 1, death: [2, 3]}`, or `[relapse, death]` where the event column holds the causes' names.
  static var causes: Self {
    let what = "names, each with its value or values, or a list of levels"
    let mapping = OptionKind<String>.text.list.mapping
    return OptionKind(what) { tree, reader in
      if tree.mapping != nil { return mapping.decode(tree, &reader) }
      let items = tree.sequence?.elements ?? []
      let named = items.compactMap { item in
        item.scalar.map { Named(name: $0.text, value: [$0.string]) }
      }
      guard !named.isEmpty, named.count == items.count else {
        return expected(what, at: tree, &reader, remedy: "write {relapse: 1, death: 2}, or [relapse, death]")
      }
      return named
    }
  }
}
