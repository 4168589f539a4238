// How wide a character is.

enum FontMetrics {
  /// Consecutive scalars from `first`, with the advance of each in 2048ths of an em; 0 where there is no glyph.
  struct Block: Sendable {
    let first: UInt32
    let advances: [UInt16]
  }

  static func blocks(isBold: Bool, isSerif: Bool) -> [Block] {
    isSerif ? (isBold ? serifBoldBlocks : serifRegularBlocks) : (isBold ? boldBlocks : regularBlocks)
  }

  /// The advance of a character in em. Where the font has no glyph, a width that other fonts rarely exceed.
  static func advance(of character: Character, _ blocks: [Block]) -> Double {
    // A sum, because fonts that cannot join the parts of a character set them side by side.
    var width = 0.0
    for scalar in character.unicodeScalars { width += advance(of: scalar, blocks) }
    return width
  }

  private static func advance(of scalar: Unicode.Scalar, _ blocks: [Block]) -> Double {
    let value = scalar.value
    for block in blocks where value >= block.first {
      let offset = Int(value - block.first)
      if offset < block.advances.count, block.advances[offset] > 0 {
        return Double(block.advances[offset]) / 2048
      }
    }
    return fallbackAdvance(of: scalar)
  }

  private static func fallbackAdvance(of scalar: Unicode.Scalar) -> Double {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    if scalar.properties.isEmojiPresentation { return 1.35 }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7FF, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFF:
      return 1.03
    case 0x0600...0x08FF, 0xFB50...0xFDFF, 0xFE70...0xFEFF: return 0.62
    default: return 0.75
    }
  }
}
