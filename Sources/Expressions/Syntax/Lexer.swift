// Text to tokens.

import Diagnostics

/// Splits a source text into tokens. Faults that have an obvious meaning are reported and read as meant.
package struct Lexer {
  let source: SourceText
  private let dialect: Dialect
  let bytes: [UInt8]
  var position = 0
  private var tokens: [Token] = []
  private var diagnostics: [Diagnostic] = []
  /// Whether something could not be read as meant, so that further faults would only follow from it.
  private var isBroken = false

  package struct Output: Sendable {
    /// An `end` token comes last.
    package let tokens: [Token]
    package let diagnostics: [Diagnostic]
    package let isBroken: Bool
  }

  package static func tokens(of source: SourceText, dialect: Dialect) -> Output {
    var lexer = Lexer(source: source, dialect: dialect)
    lexer.run()
    return Output(tokens: lexer.tokens, diagnostics: lexer.diagnostics, isBroken: lexer.isBroken)
  }

  private init(source: SourceText, dialect: Dialect) {
    self.source = source
    self.dialect = dialect
    bytes = source.bytes
  }

  private mutating func run() {
    while position < bytes.count {
      let start = position
      readToken()
      // Whatever happens, the loop moves on.
      if position == start { position += 1 }
    }
    tokens.append(Token(.end, bytes.count..<bytes.count))
  }

  func byte(_ offset: Int) -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func readToken() {
    let first = bytes[position]
    switch first {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): position += 1
    case UInt8(ascii: "0")...UInt8(ascii: "9"): readNumber()
    case UInt8(ascii: ".") where byte(position + 1).map(Self.isDigit) == true: readNumber()
    case UInt8(ascii: "\""), UInt8(ascii: "'"): readText(first)
    case UInt8(ascii: "`"): readQuotedName()
    case 0x80...: readNonASCII()
    case _ where Self.startsName(first): readName()
    default: readSymbol()
    }
  }

  mutating func report(
    _ message: String, at range: Range<Int>, remedy: String? = nil, code: DiagnosticCode = .expressionSyntax
  ) {
    let code = dialect == .formula && code == .expressionSyntax ? .formulaSyntax : code
    diagnostics.append(Diagnostic(.error, code, message, at: source.range(range), remedy: remedy))
  }

  mutating func breakOff(_ message: String, at range: Range<Int>, remedy: String? = nil) {
    if !isBroken { report(message, at: range, remedy: remedy) }
    isBroken = true
  }

  mutating func append(_ kind: Token.Kind, from start: Int) {
    tokens.append(Token(kind, start..<position))
  }

  // MARK: Numbers

  private mutating func readNumber() {
    let start = position
    skipDigits()
    if byte(position) == UInt8(ascii: ".") {
      position += 1
      skipDigits()
    }
    if let mark = byte(position), mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") {
      var ahead = position + 1
      if let sign = byte(ahead), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { ahead += 1 }
      if byte(ahead).map(Self.isDigit) == true {
        position = ahead
        skipDigits()
      }
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if dialect == .formula, byte(position) == UInt8(ascii: "L") { position += 1 }
    if let next = byte(position), Self.startsName(next) || next == UInt8(ascii: ".") || next >= 0x80 {
      let end = position
      while let next = byte(position), Self.continuesName(next) || next >= 0x80 { position += 1 }
      let word = String(decoding: bytes[start..<position], as: UTF8.self)
      report(
        "'\(word)' is neither a number nor a name", at: start..<position,
        remedy: "put blanks around the number \(String(decoding: bytes[start..<end], as: UTF8.self)), "
          + "or write col(\"\(word)\") for a column of that name")
    }
    let digits = text.hasPrefix(".") ? "0" + text : text
    if let value = Double(digits.hasSuffix(".") ? digits + "0" : digits), value.isFinite {
      append(.number(value), from: start)
    } else {
      report("the number \(text) is too large", at: start..<position)
      append(.number(0), from: start)
    }
  }

  private mutating func skipDigits() {
    while let next = byte(position), Self.isDigit(next) { position += 1 }
  }

  // MARK: Names and symbols

  mutating func readName() {
    let start = position
    while let next = byte(position), Self.continuesName(next) || (next >= 0x80 && letterLength() > 0) {
      position += next >= 0x80 ? letterLength() : 1
    }
    append(.name(String(decoding: bytes[start..<position], as: UTF8.self)), from: start)
  }

  private mutating func readQuotedName() {
    let start = position
    var name: [UInt8] = []
    position += 1
    while let next = byte(position), next != UInt8(ascii: "`") {
      if next == UInt8(ascii: "\\"), let escaped = byte(position + 1),
        escaped == UInt8(ascii: "`") || escaped == next
      {
        name.append(escaped)
        position += 2
      } else {
        name.append(next)
        position += 1
      }
    }
    if byte(position) == nil {
      breakOff("this backquote is never closed", at: start..<start + 1)
    } else {
      position += 1
    }
    append(.quotedName(String(decoding: name, as: UTF8.self)), from: start)
  }

  private mutating func readSymbol() {
    let start = position
    for (symbol, spelling) in Self.symbols[bytes[start]] ?? [] where bytes[start...].starts(with: spelling) {
      position += spelling.count
      append(.symbol(symbol), from: start)
      return
    }
    position += 1
    breakOff(
      "unexpected character '\(String(decoding: bytes[start..<position], as: UTF8.self))'",
      at: start..<position)
  }

  /// Symbols by their first byte, longer ones first.
  private static let symbols: [UInt8: [(Token.Symbol, [UInt8])]] = Dictionary(
    grouping: Token.Symbol.allCases.map { ($0, Array($0.rawValue.utf8)) }, by: { $0.1[0] })

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private static func startsName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }

  private static func continuesName(_ byte: UInt8) -> Bool { startsName(byte) || isDigit(byte) }
}
