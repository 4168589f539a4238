// Parameters put in their places: `params.tau` in expressions, formulas and option values.

import Diagnostics

/// Replaces the uses of parameters in the texts of one document, and remembers which were used.
public struct ParameterReader {
  private let parameters: ParameterSet
  /// Names of parameters met so far.
  public private(set) var used: Set<String> = []
  /// What was wrong with what has been read.
  public private(set) var diagnostics: [Diagnostic] = []

  /// A reader that knows these parameters.
  public init(_ parameters: ParameterSet) { self.parameters = parameters }

  /// An expression or formula with each `params.name` replaced by its value as a literal. Every byte keeps its way
  /// back to the place where the parameter was named.
  public mutating func expression(_ source: SourceText) -> SourceText {
    let uses = Self.uses(in: source.bytes)
    if uses.isEmpty { return source }
    var bytes: [UInt8] = []
    var offsets: [Int] = []
    var position = 0
    for use in uses {
      let name = Self.name(source.bytes[use])
      guard let value = parameters.values[name] else {
        diagnostics.append(parameters.unknown(name, at: source.range(use)))
        continue
      }
      used.insert(name)
      bytes += source.bytes[position..<use.lowerBound]
      offsets += source.offsets[position..<use.lowerBound]
      let literal = Array(value.literal.utf8)
      bytes += literal
      let first = source.offsets[use.lowerBound]
      let last = source.offsets[use.upperBound - 1]
      for index in literal.indices {
        offsets.append(index == literal.count - 1 ? last : min(first + index, last))
      }
      position = use.upperBound
    }
    bytes += source.bytes[position...]
    offsets += source.offsets[position...]
    return SourceText(bytes: bytes, file: source.file, offsets: offsets)
  }

  /// An option's value with its parameters: one that is `params.name` and nothing else takes the parameter's value,
  /// a list included.
  public mutating func options(_ tree: OptionTree) -> OptionTree {
    switch tree {
    case .scalar(let scalar): return value(scalar)
    case .sequence(let sequence):
      return .sequence(
        OptionSequence(elements: sequence.elements.flatMap { spread($0) }, range: sequence.range))
    case .mapping(let mapping):
      return .mapping(
        OptionMapping(
          entries: mapping.entries.map { .init(key: $0.key, value: options($0.value)) }, range: mapping.range)
      )
    }
  }

  /// A list parameter in a list adds its elements: `times: [params.early, 120]`.
  private mutating func spread(_ element: OptionTree) -> [OptionTree] {
    let value = options(element)
    if case .scalar = element, case .sequence(let sequence) = value { return sequence.elements }
    return [value]
  }

  private mutating func value(_ scalar: OptionScalar) -> OptionTree {
    let bytes = scalar.text.bytes
    guard !scalar.isQuoted, let use = Self.uses(in: bytes).first, use == 0..<bytes.count else {
      return .scalar(
        OptionScalar(
          text: scalar.text, style: scalar.style, range: scalar.range, expression: expressionText(scalar)))
    }
    let name = Self.name(bytes[use])
    guard let value = parameters.values[name] else {
      diagnostics.append(parameters.unknown(name, at: scalar.text.range()))
      return .scalar(scalar)
    }
    used.insert(name)
    if case .list(let elements) = value {
      return .sequence(
        OptionSequence(elements: elements.map { .scalar(replacing(scalar, $0)) }, range: scalar.range))
    }
    return .scalar(replacing(scalar, value))
  }

  /// An unknown parameter is a fault where an expression is read: elsewhere `params.csv` may be any word.
  private mutating func expressionText(_ scalar: OptionScalar) -> Result<SourceText, DiagnosticList> {
    var reader = ParameterReader(parameters)
    let text = reader.expression(scalar.text)
    used.formUnion(reader.used)
    return reader.diagnostics.isEmpty ? .success(text) : .failure(DiagnosticList(reader.diagnostics))
  }

  private func replacing(_ scalar: OptionScalar, _ value: ParameterValue) -> OptionScalar {
    func placed(_ text: String) -> SourceText {
      let bytes = Array(text.utf8)
      let first = scalar.text.offsets.first ?? 0
      let last = scalar.text.range().bytes.upperBound - 1
      var offsets = bytes.indices.map { min(first + $0, last) }
      if let end = offsets.indices.last { offsets[end] = last }
      return SourceText(bytes: bytes, file: scalar.text.file, offsets: offsets + [last + 1])
    }
    var style = OptionScalar.Style.plain
    if case .text = value { style = .doubleQuoted }
    return OptionScalar(
      text: placed(value.optionText), style: style, range: scalar.range,
      expression: .success(placed(value.literal)),
      isParameter: true)
  }

  // MARK: Finding the uses

  /// The ranges of `params.name` outside quotation marks.
  static func uses(in bytes: [UInt8]) -> [Range<Int>] {
    var uses: [Range<Int>] = []
    var index = 0
    var quote: UInt8?
    while index < bytes.count {
      let byte = bytes[index]
      if let open = quote {
        if byte == 0x5C { index += 1 } else if byte == open { quote = nil }
        index += 1
      } else if byte == 0x22 || byte == 0x27 || byte == 0x60 {
        quote = byte
        index += 1
      } else if Self.isName(byte) {
        let end = Bytes.skip(bytes, index, to: bytes.count, while: isName)
        if Bytes.has("params.", in: bytes, at: index), end > index + ParameterSet.prefix.utf8.count {
          uses.append(index..<end)
        }
        index = end
      } else {
        index += 1
      }
    }
    return uses
  }

  private static func isName(_ byte: UInt8) -> Bool {
    Bytes.isLetter(byte) || Bytes.isDigit(byte) || byte == 0x5F || byte == 0x2E || byte >= 0x80
  }

  private static func name(_ use: ArraySlice<UInt8>) -> String {
    String(decoding: use.dropFirst(ParameterSet.prefix.utf8.count), as: UTF8.self)
  }
}
