// Text broken into lines.

/// Lines of text set under one another.
struct TextBlock: Sendable, Equatable {
  let lines: [String]
  let font: Font

  init(lines: [String], font: Font) {
    self.lines = lines
    self.font = font
  }

  /// Breaks a text where it may be broken so that no line is wider than `width`; a word that is wider is cut.
  ///
  /// Balanced text takes the narrowest width that needs no further line, so that no single word is left over.
  init(_ text: String, font: Font, width: Double, isBalanced: Bool = true) {
    let pieces = TextBlock.pieces(of: text.count > Self.longest ? text.prefix(Self.longest) + "…" : text)
    var lines = TextBlock.fill(pieces, font: font, width: max(width, font.size))
    if isBalanced, lines.count > 1 {
      var tooNarrow = 0.0
      var enough = width
      for _ in 0..<12 {
        let middle = (tooNarrow + enough) / 2
        let attempt = TextBlock.fill(pieces, font: font, width: max(middle, font.size))
        let cutsWord = attempt.count <= lines.count && TextBlock.widestPiece(pieces, font) > middle
        if attempt.count > lines.count || cutsWord {
          tooNarrow = middle
        } else {
          enough = middle
          lines = attempt
        }
      }
    }
    self.init(lines: lines, font: font)
  }

  var width: Double { lines.map(font.width(of:)).max() ?? 0 }
  var height: Double { Double(lines.count) * font.lineHeight }

  /// Baselines of the lines when the block's top stands at `top`.
  func baselines(top: Double) -> [Double] {
    let gap = (font.lineHeight - font.ascent - font.descent) / 2
    return lines.indices.map { top + gap + font.ascent + Double($0) * font.lineHeight }
  }

  /// Baselines when the block's middle stands at `middle`, capital letters centred.
  func baselines(middle: Double) -> [Double] {
    let first = middle + font.capHeight / 2 - Double(lines.count - 1) * font.lineHeight / 2
    return lines.indices.map { first + Double($0) * font.lineHeight }
  }

  /// A longer text is a whole document in a cell: no figure has room for it.
  private static let longest = 500

  private static func widestPiece(_ pieces: [String], _ font: Font) -> Double {
    pieces.map { font.width(of: $0.last == " " ? String($0.dropLast()) : $0) }.max() ?? 0
  }

  /// The text in pieces that must not be broken; a blank stays at the end of its piece.
  private static func pieces(of text: String) -> [String] {
    var pieces: [String] = []
    var piece = ""
    for character in text {
      let isIdeograph = FontMetrics.isIdeograph(character)
      if isIdeograph, !piece.isEmpty {
        pieces.append(piece)
        piece = ""
      }
      let isBlank = character == " " || character == "\n" || character == "\t"
      piece.append(isBlank ? " " : character)
      if isBlank || isIdeograph || character == "-" || character == "/" || character == "\u{2013}" {
        pieces.append(piece)
        piece = ""
      }
    }
    if !piece.isEmpty { pieces.append(piece) }
    return pieces
  }

  private static func fill(_ pieces: [String], font: Font, width: Double) -> [String] {
    var lines: [String] = []
    var line = ""
    func finish() {
      while line.last == " " { line.removeLast() }
      if !line.isEmpty { lines.append(line) }
      line = ""
    }
    for piece in pieces {
      let trimmed = piece.last == " " ? String(piece.dropLast()) : piece
      if !line.isEmpty, font.width(of: line + trimmed) > width { finish() }
      if line.isEmpty, font.width(of: trimmed) > width {
        for character in piece {
          if !line.isEmpty, font.width(of: line + String(character)) > width { finish() }
          line.append(character)
        }
      } else {
        line += piece
      }
    }
    finish()
    return lines.isEmpty ? [""] : lines
  }
}

extension FontMetrics {
  /// Characters between which a line may be broken without a blank.
  static func isIdeograph(_ character: Character) -> Bool {
    guard let scalar = character.unicodeScalars.first else { return false }
    switch scalar.value {
    case 0x2E80...0xA4CF, 0xAC00...0xD7AF, 0xF900...0xFAFF, 0x20000...0x3FFFF: return true
    default: return false
    }
  }
}
