// What the author wrote stands in the output byte for byte, and what Meier wrote is sound.

import Foundation
import TestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct AuthorBytesTests {
  /// Everything between directives, values, claims and references, in order, with nothing between but results.
  @Test(arguments: DocumentFixture.all) func theAuthorsBytesAreKept(_ fixture: DocumentFixture) throws {
    let document = try fixture.document()
    let source = String(decoding: try fixture.source()[document] ?? [], as: UTF8.self)
    let output = Self.withoutRegions(try Self.markdown(fixture))
    let isInPlace = try fixture.isInPlace()
    let echoes = source.contains("\necho: true")
    var position = output.startIndex
    let pieces = Self.pieces(of: source, showsDirectives: isInPlace || echoes, keepsClaims: isInPlace)
    for (index, piece) in pieces.enumerated() {
      guard let found = output.range(of: piece, range: position..<output.endIndex) else {
        Issue.record("not in the output: \(piece.debugDescription)")
        return
      }
      // Nothing but results, numbers and links stands between two pieces.
      let between = output[position..<found.lowerBound]
      #expect(between.count < 250, "\(between)")
      if index == 0 { #expect(found.lowerBound == output.startIndex) }
      position = found.upperBound
    }
    #expect(output[position...].count < 250)
    #expect(pieces.count > 2)
  }

  @Test(arguments: DocumentFixture.all) func everyLinkLeadsSomewhere(_ fixture: DocumentFixture) throws {
    let files = try fixture.expected().files
    let output = try Self.markdown(fixture)
    let file = try #require(files.keys.first { $0.hasSuffix(".md") })
    let folder = (file as NSString).deletingLastPathComponent
    let anchors = Set(output.matches(of: /<a id="([^"]+)"><\/a>/).map { String($0.1) })
    let headings = Set(output.matches(of: /(?m)^#+ (.+?)\r?$/).map { Self.slug(String($0.1)) })
    for link in output.matches(of: /\]\(#([^)]+)\)/) {
      #expect(anchors.union(headings).contains(String(link.1)), "\(link.1)")
    }
    let figures = output.matches(of: /(?m)^[ >]*(?:<a id="[^"]+"><\/a>)?!\[.*\]\(([^)]+\.svg)\)/).map {
      String($0.1)
    }
    for figure in figures {
      let path = (folder as NSString).appendingPathComponent(figure.removingPercentEncoding ?? figure)
      #expect(files[path] != nil, "\(path)")
    }
    #expect(figures.count == files.keys.count { $0.hasSuffix(".svg") })
  }

  @Test(arguments: DocumentFixture.all) func figuresAreXML(_ fixture: DocumentFixture) throws {
    for (file, bytes) in try fixture.expected().files where file.hasSuffix(".svg") {
      let parser = XMLParser(data: Data(bytes))
      #expect(parser.parse(), "\(file): \(String(describing: parser.parserError))")
      #expect(!String(decoding: bytes, as: UTF8.self).contains("<script"))
    }
  }

  /// Each row of a generated table has as many cells as its head, on one line, whatever the data say.
  @Test(arguments: DocumentFixture.all) func tablesAreRectangular(_ fixture: DocumentFixture) throws {
    var bars: Int?
    var tables = 0
    for line in Self.regions(in: try Self.markdown(fixture)) {
      let content = line.drop { $0 == " " || $0 == ">" }
      guard content.hasPrefix("|") else {
        bars = nil
        continue
      }
      let count = content.replacing(/\\./, with: "").count { $0 == "|" }
      if bars == nil { tables += 1 }
      #expect(count == bars ?? count, "\(line)")
      bars = count
      #expect(content.last == "|")
    }
    #expect(tables > 0)
  }

  /// Sorted, one quantity per line, readable as JSON, no number beyond 12 digits.
  @Test(arguments: DocumentFixture.all) func resultsAreSortedLines(_ fixture: DocumentFixture) throws {
    let files = try fixture.expected().files
    let bytes = try #require(files.first { $0.key.hasSuffix("/results.json") }?.value)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    let flat = lines.filter { $0.hasPrefix("  \"") && !$0.hasPrefix("  \"inputs\"") }
    #expect(flat.count == object.count - 1)
    let keys = flat.compactMap { $0.firstMatch(of: /^\ {2}"((?:\\.|[^"\\])*)":/).map { String($0.1) } }
    #expect(keys.count == flat.count)
    #expect(object.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.count == keys.count + 1)
    for line in flat {
      if let digits = line.firstMatch(of: /": -?([0-9.]+)/) {
        let significant = digits.1.filter { $0 != "." }.drop { $0 == "0" }
        #expect(significant.count <= 12, "\(line)")
      }
    }
  }

  // MARK: Helpers

  private static func markdown(_ fixture: DocumentFixture) throws -> String {
    let file = try fixture.expected().files.first { $0.key.hasSuffix(".md") }
    return String(decoding: try #require(file).value, as: UTF8.self)
  }

  /// The text without the regions, their markers included, each with the blank line that parts it from its directive.
  private static func withoutRegions(_ text: String) -> String {
    var result = ""
    var isInside = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.contains("<!-- meier:begin") { isInside = true }
      if !isInside { result += line + "\n" }
      if line.contains("<!-- meier:end") { isInside = false }
    }
    result.removeLast()
    return result.replacing(/<!--=.*?-->/, with: "")
  }

  private static func regions(in text: String) -> [Substring] {
    var lines: [Substring] = []
    var isInside = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.contains("<!-- meier:begin") { isInside = true }
      if isInside { lines.append(line) }
      if line.contains("<!-- meier:end") { isInside = false }
    }
    return lines
  }

  /// The author's text between the places that a run may change, blanks at those places left out.
  private static func pieces(of source: String, showsDirectives: Bool, keepsClaims: Bool) -> [String] {
    var lines = source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    // Front matter: the lines that hold no key of Meier's.
    if lines.first == "---", let end = lines.dropFirst().firstIndex(of: "---"), !showsDirectives {
      for index in 1..<end where lines[index].hasPrefix("style:") || lines[index].hasPrefix("compat:") {
        lines[index] = "\u{0}"
      }
    }
    var fence: String?
    for index in lines.indices {
      if let open = fence {
        let isEnd = lines[index].drop { $0 == " " || $0 == ">" }.hasPrefix(open)
        if !showsDirectives { lines[index] = "\u{0}" }
        // A result follows.
        if isEnd, showsDirectives { lines[index] += "\u{0}" }
        if isEnd { fence = nil }
      } else if let match = lines[index].firstMatch(of: /^[ >]*([`~]{3,})\{([a-z-]+)( #\w+)?\}\s*$/),
        match.2 != "python"
      {
        fence = String(match.1)
        if !showsDirectives { lines[index] = "\u{0}" }
      }
    }
    var text = lines.joined(separator: "\n")
    var changing = ["`\\{= .*?\\}`"]
    if !keepsClaims { changing += ["`\\{claim .*?\\}`", "(?<!\\w)@(tbl|fig|sec)-\\w+"] }
    for pattern in changing {
      text = text.replacingOccurrences(of: pattern, with: "\u{0}", options: .regularExpression)
    }
    return text.split(separator: "\u{0}").map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
      .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: ">")).trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
  }

  private static func slug(_ heading: String) -> String {
    String(
      heading.lowercased().unicodeScalars.compactMap { scalar -> Character? in
        if scalar == " " || scalar == "-" { return "-" }
        return scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
          ? Character(scalar) : nil
      })
  }
}
