// Sentences cut into words, numbers and signs.

import AnalysisDocument

/// A word, a number or a sign of the author's prose.
struct ProseToken: Sendable {
  enum Kind: Sendable, Equatable {
    /// As written; `Or` and `OR` differ in what they mean.
    case word(String)
    case number(TypedNumber)
    case sign(Character)
  }

  let kind: Kind
  /// Bytes of the file.
  let range: Range<Int>
  /// Whether it follows the token before it without a blank.
  let isAttached: Bool

  var word: String? { if case .word(let word) = kind { word } else { nil } }
  var number: TypedNumber? { if case .number(let number) = kind { number } else { nil } }
  func isSign(_ signs: String) -> Bool {
    if case .sign(let sign) = kind { signs.contains(sign) } else { false }
  }
}

/// A number as somebody typed it.
struct TypedNumber: Sendable, Equatable {
  let value: Double
  /// Digits after the decimal mark.
  let decimals: Int
  /// Without thousands separators, with a point.
  let text: String
}

extension ProseToken {
  /// The sentences of a text.
  static func sentences(of prose: ProseText) -> [[ProseToken]] {
    var reader = ProseTokenReader(prose)
    var sentences: [[ProseToken]] = []
    var sentence: [ProseToken] = []
    while let token = reader.next() {
      sentence.append(token)
      // A full stop within "e.g." or "vs. 12" ends nothing.
      let endsSentence = token.isSign(".?!") && reader.isAtCapital && sentence.count > 2
      if endsSentence {
        sentences.append(sentence)
        sentence = []
      }
    }
    if !sentence.isEmpty { sentences.append(sentence) }
    return sentences
  }
}

private struct ProseTokenReader {
  private let scalars: [Unicode.Scalar]
  /// Bytes of the file at which each scalar begins, and the end.
  private let offsets: [Int]
  private var position = 0

  init(_ prose: ProseText) {
    var scalars: [Unicode.Scalar] = []
    var offsets: [Int] = []
    var offset = prose.range.lowerBound
    for scalar in String(decoding: prose.bytes, as: UTF8.self).unicodeScalars {
      scalars.append(scalar)
      offsets.append(offset)
      offset += UTF8.width(scalar)
    }
    self.scalars = scalars
    self.offsets = offsets + [offset]
  }

  private func scalar(_ index: Int) -> Unicode.Scalar? {
    scalars.indices.contains(index) ? scalars[index] : nil
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII ? scalar == " " || ("\t"..."\r").contains(scalar) : scalar.properties.isWhitespace
  }
  private static func isDigit(_ scalar: Unicode.Scalar?) -> Bool {
    scalar.map { ("0"..."9").contains($0) } ?? false
  }
  private static func isLetter(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    // Properties are looked up in tables, and most letters are these.
    if scalar.isASCII { return ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) }
    return scalar.properties.isAlphabetic || scalar == "²"
  }

  /// Whether a new sentence seems to begin here.
  var isAtCapital: Bool {
    guard let next = scalar(position), Self.isBlank(next) else { return position >= scalars.count }
    let rest = scalars[position...].first { !Self.isBlank($0) && $0 != "*" && $0 != "_" }
    return rest.map { $0.properties.isUppercase || $0 == "(" } ?? true
  }

  mutating func next() -> ProseToken? {
    let start = position
    while let scalar = scalar(position), Self.isBlank(scalar) { position += 1 }
    guard let first = scalar(position) else { return nil }
    let isAttached = position == start && start > 0
    let begin = position
    let kind: ProseToken.Kind
    if let number = number() {
      kind = .number(number)
    } else if Self.isLetter(first) || Self.isDigit(first) {
      while let scalar = scalar(position),
        Self.isLetter(scalar) || Self.isDigit(scalar) || scalar == "'" || scalar == "’"
      { position += 1 }
      kind = .word(text(begin..<position))
    } else {
      position += 1
      kind = .sign(Character(first))
    }
    return ProseToken(kind: kind, range: offsets[begin]..<offsets[position], isAttached: isAttached)
  }

  private func text(_ range: Range<Int>) -> String {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars[range])
    return text
  }

  /// `12`, `1,234`, `0.62`, `0·62`, `.04`: not a part of `T1`, `CA19-9` or `2.1.3`.
  private mutating func number() -> TypedNumber? {
    let begin = position
    guard !Self.isLetter(scalar(begin - 1)), !Self.isDigit(scalar(begin - 1)) else { return nil }
    // `CD-19`: a dash behind a letter joins.
    if scalar(begin - 1) == "-", Self.isLetter(scalar(begin - 2)) { return nil }
    if scalar(begin - 1) == ".", Self.isDigit(scalar(begin - 2)) { return nil }
    var digits = ""
    var index = begin
    while let scalar = scalar(index), Self.isDigit(scalar) {
      digits.unicodeScalars.append(scalar)
      index += 1
      let isThousands =
        (self.scalar(index) == "," || self.scalar(index) == "\u{202F}" || self.scalar(index) == "\u{2009}")
        && digits.count <= 3 * 3 && (1...3).allSatisfy { Self.isDigit(self.scalar(index + $0)) }
        && !Self.isDigit(self.scalar(index + 4))
      if isThousands { index += 1 }
    }
    var decimals = 0
    let mark = scalar(index)
    if mark == "." || mark == "·", Self.isDigit(scalar(index + 1)) {
      digits += digits.isEmpty ? "0." : "."
      index += 1
      while let scalar = scalar(index), Self.isDigit(scalar) {
        digits.unicodeScalars.append(scalar)
        decimals += 1
        index += 1
      }
    }
    guard index > begin, !Self.isLetter(scalar(index)), let value = Double(digits) else { return nil }
    // `2.1.3` is a section, `10/12` a date or a ratio of counts.
    if scalar(index) == ".", Self.isDigit(scalar(index + 1)) { return nil }
    position = index
    return TypedNumber(value: value, decimals: decimals, text: digits)
  }
}
