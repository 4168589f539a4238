// The gallery shows what the example analyses draw.

import Foundation
import Testing

@Suite struct GalleryTests {
  static let folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Documentation")

  @Test func everyLinkLeadsSomewhere() throws {
    let text = try String(contentsOf: GalleryTests.folder.appending(path: "gallery.md"), encoding: .utf8)
    let links = text.split(separator: "](").dropFirst().map { String($0.prefix { $0 != ")" }) }
    #expect(links.count { $0.hasSuffix(".svg") } > 20)
    for link in links where !link.hasPrefix("http") {
      let target = GalleryTests.folder.appending(path: link).standardizedFileURL
      #expect(FileManager.default.fileExists(atPath: target.path(percentEncoded: false)), "\(link)")
    }
  }
}
