// Files of other programs, told by their first bytes.

enum FileSignature {
  /// What a file is, in words that follow "the data file is", when it is surely no text with separators.
  static func format(of bytes: FileBytes) -> String? {
    let start = UnsafeBufferPointer(start: bytes.base, count: min(bytes.count, 64))
    func begins(_ signature: [UInt8], at offset: Int = 0) -> Bool {
      start.count >= offset + signature.count
        && start[offset..<offset + signature.count].elementsEqual(signature)
    }
    for (signature, name) in signatures where begins(signature) { return name }
    if begins([0xC2, 0xEA, 0x81, 0x60], at: 12) { return "a SAS data set" }
    let text = String(decoding: start.drop { $0 <= 0x20 }.prefix(14), as: UTF8.self).lowercased()
    return text.hasPrefix("<!doctype html") || text.hasPrefix("<html") ? "a web page" : nil
  }

  private static let signatures: [([UInt8], String)] = [
    ([0x50, 0x4B, 0x03, 0x04], "an Excel workbook or another zip archive"),
    ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "an Excel workbook"),
    (Array("%PDF-".utf8), "a PDF"),
    (Array("$FL2".utf8), "an SPSS file"), (Array("$FL3".utf8), "an SPSS file"),
    (Array("<stata_dta>".utf8), "a Stata file"),
    ([0x72, 0x01, 0x01], "a Stata file"), ([0x72, 0x02, 0x01], "a Stata file"),
    ([0x73, 0x01, 0x01], "a Stata file"), ([0x73, 0x02, 0x01], "a Stata file"),
    (Array("HEADER RECORD*******".utf8), "a SAS transport file"),
    (Array("SQLite format 3\0".utf8), "an SQLite database"),
    (Array("RDX2\n".utf8), "an R data file"), (Array("RDX3\n".utf8), "an R data file"),
    (Array("X\n\0\0".utf8), "an R data file"),
    (Array("PAR1".utf8), "a Parquet file"), (Array("ARROW1".utf8), "an Arrow file"),
    ([0x89, 0x50, 0x4E, 0x47], "an image"), ([0xFF, 0xD8, 0xFF], "an image"),
  ]
}
