// JSON as it goes into result files: fixed order, fixed digits.

/// A JSON value. Object members are written in the order of their keys' bytes, numbers with 12 significant digits.
public enum JSONValue: Sendable, Hashable {
  /// No value.
  case null
  /// `true` or `false`.
  case flag(Bool)
  /// A number with decimals, at 12 significant digits.
  case number(Double)
  /// A whole number.
  case integer(Int)
  /// A string.
  case text(String)
  /// An array.
  case list([JSONValue])
  /// An object, its keys sorted when it is written.
  case object([String: JSONValue])

  /// A number; "NR", "NE", "withheld", "Inf", "-Inf"; null for what does not apply.
  public init(_ quantity: Quantity) {
    switch quantity {
    case .value(let number): self = .number(number)
    case .missing: self = .null
    case .notReached, .notEstimable, .withheld: self = .text(quantity.statusText ?? "NE")
    }
  }

  /// On one line, without blanks.
  public var compactText: String {
    var writer = JSONWriter()
    writer.write(self)
    return writer.text
  }

  /// Objects one member per line, indented by two blanks a level; lists on one line.
  public func lines(indent: Int = 0) -> String {
    var writer = JSONWriter()
    writer.writeLines(self, indent: indent)
    return writer.text
  }

  /// With quotes; control characters, quote and backslash escaped, everything else as it is.
  public static func quoted(_ text: String) -> String {
    var writer = JSONWriter()
    writer.writeQuoted(text)
    return writer.text
  }
}

/// The text of `results.json`: one quantity per line under its path, sorted, `inputs` first.
public enum ResultsText {
  /// The bytes of the file, ending in a line break.
  ///
  /// - Parameters:
  ///   - results: by path; keys are sorted by code point.
  ///   - inputs: fingerprints of what went in, written first.
  public static func render(_ results: [String: JSONValue], inputs: JSONValue = .object([:])) -> [UInt8] {
    var writer = JSONWriter()
    writer.writeBytes("{\n  \"inputs\": ")
    writer.writeLines(inputs, indent: 2)
    for (path, value) in JSONWriter.sorted(results) {
      writer.writeBytes(",\n  ")
      writer.writeQuoted(path)
      writer.writeBytes(": ")
      writer.write(value)
    }
    writer.writeBytes("\n}\n")
    return writer.bytes
  }
}
