// The words of expressions and formulas.

/// A word of the language and the bytes of the source text it stands on.
package struct Token: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case number(Double)
    case text(String)
    /// A bare name, dots included: `ph.ecog`, `os.median`, and `.survival` after a bracket.
    case name(String)
    /// A name between backquotes.
    case quotedName(String)
    case symbol(Symbol)
    case end
  }

  package enum Symbol: String, Sendable, Hashable, CaseIterable {
    // Longer ones first: the lexer takes the first that fits.
    case packagePrefix = "::"
    case isIn = "%in%"
    case doublePercent = "%%"
    case doubleStar = "**"
    case doubleBar = "||"
    case doubleAmpersand = "&&"
    case equals = "=="
    case notEquals = "!="
    case lessGreater = "<>"
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case equalsLess = "=<"
    case assign = "="
    case less = "<"
    case greater = ">"
    case bang = "!"
    case plus = "+"
    case minus = "-"
    case star = "*"
    case slash = "/"
    case caret = "^"
    case percent = "%"
    case tilde = "~"
    case colon = ":"
    case comma = ","
    case bar = "|"
    case ampersand = "&"
    case leftParenthesis = "("
    case rightParenthesis = ")"
    case leftBracket = "["
    case rightBracket = "]"
    case leftBrace = "{"
    case rightBrace = "}"
    case semicolon = ";"
    case dollar = "$"
    case at = "@"
  }

  package let kind: Kind
  package let range: Range<Int>

  package init(_ kind: Kind, _ range: Range<Int>) {
    self.kind = kind
    self.range = range
  }

  package func isSymbol(_ symbol: Symbol) -> Bool { kind == .symbol(symbol) }
  package func isName(_ name: String) -> Bool { kind == .name(name) }
}

/// Which of two closely related languages is read.
package enum Dialect: Sendable, Hashable {
  /// Meier's own, strict: other languages' spellings are errors that name the right one.
  case expression
  /// The inside of a model formula, where R's spellings mean what they mean in R.
  case formula
}
