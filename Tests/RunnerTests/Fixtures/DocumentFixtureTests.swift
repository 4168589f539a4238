// Every fixture through the real engine, and what must hold of any document whatever it says.

import Foundation
import Runner
import TestSupport
import Testing

@Suite struct DocumentFixtureTests {
  @Test func thereAreFixtures() { #expect(DocumentFixture.all.count >= 4) }

  /// `RECORD=1` writes the expected files anew, and fails.
  @Test(arguments: DocumentFixture.all) func writesWhatIsExpected(_ fixture: DocumentFixture) throws {
    let project = try fixture.project()
    let report = DocumentFixture.report(try fixture.run(project))
    let written = try fixture.written(project)
    if DocumentFixture.isRecording {
      try fixture.record(written, report: report)
      Issue.record("recorded \(fixture.name)")
      return
    }
    let expected = try fixture.expected()
    #expect(differences(written, expected.files) == "")
    #expect(report == expected.report)
  }

  @Test(arguments: DocumentFixture.all) func aSecondRunTouchesNothing(_ fixture: DocumentFixture) throws {
    let project = try fixture.project()
    let first = try fixture.run(project)
    #expect(!first.changedFiles.isEmpty)
    let files = try project.files()
    let times = try project.modificationTimes()
    let second = try fixture.run(project)
    #expect(second.changedFiles.isEmpty)
    #expect(second.diagnostics.map(\.message) == first.diagnostics.map(\.message))
    #expect(differences(try project.files(), files) == "")
    #expect(try project.modificationTimes() == times)
  }

  @Test(arguments: DocumentFixture.all) func checkAfterRunIsClean(_ fixture: DocumentFixture) throws {
    let project = try fixture.project()
    let session = try fixture.session(project)
    #expect(try !session.check(fixture.document()).changedFiles.isEmpty)
    #expect(differences(try fixture.written(project), [:]) == "")
    let run = try session.run(fixture.document())
    let check = try session.check(fixture.document())
    #expect(check.changedFiles.isEmpty)
    #expect(check.diagnostics.map(\.message) == run.diagnostics.map(\.message))
  }

  @Test(arguments: DocumentFixture.all) func theOrderOfTheRowsDoesNotShow(_ fixture: DocumentFixture) throws {
    let expected = try fixture.expected().files
    for order in [CSVRows.reversed, CSVRows.shuffled] {
      let project = try fixture.project()
      try Self.changeData(project, order)
      _ = try fixture.run(project)
      #expect(differences(try Self.results(project, fixture), expected) == "")
    }
  }

  @Test(arguments: DocumentFixture.all) func aColumnThatNobodyUsesDoesNotShow(_ fixture: DocumentFixture)
    throws
  {
    let project = try fixture.project()
    try Self.changeData(project, CSVRows.withUnusedColumn)
    _ = try fixture.run(project)
    #expect(differences(try Self.results(project, fixture), try fixture.expected().files) == "")
  }

  @Test(arguments: DocumentFixture.all) func lineEndsOfTheDataDoNotShow(_ fixture: DocumentFixture) throws {
    let project = try fixture.project()
    try Self.changeData(project) { rows in rows.map { Array($0.dropLast()) + [0x0D, 0x0A] } }
    _ = try fixture.run(project)
    #expect(differences(try Self.results(project, fixture), try fixture.expected().files) == "")
  }

  @Test(arguments: DocumentFixture.all, [2, 4]) func threadsDoNotShow(
    _ fixture: DocumentFixture, threads: Int
  )
    throws
  {
    let project = try fixture.project()
    _ = try fixture.run(project, threads: threads)
    #expect(differences(try fixture.written(project), try fixture.expected().files) == "")
  }

  /// Another time zone, locale and working directory, in a process of its own.
  @Test(arguments: DocumentFixture.all) func theMachineDoesNotShow(_ fixture: DocumentFixture) throws {
    let project = try fixture.project()
    let arguments = try fixture.arguments()
    let expected = try fixture.expected().files
    let elsewhere = try TemporaryProject()
    let results = try [
      Executable.run(
        arguments.dropLast() + ["--jobs", "3", "--format", "json", project.absolute(fixture.document())],
        in: elsewhere.path, environment: ["TZ": "Asia/Kathmandu", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR"]),
      Executable.run(
        arguments, in: project.path,
        environment: ["TZ": "America/St_Johns", "LC_ALL": "C", "LC_NUMERIC": "de_DE.UTF-8", "HOME": "/"]),
    ]
    for result in results { #expect([0, 3].contains(result.status), "\(result.errors)") }
    #expect(differences(try fixture.written(project), expected) == "")
    #expect(try elsewhere.files().isEmpty)
  }

  /// Sources that may not be written: the same bytes, in a folder of their own.
  @Test(arguments: DocumentFixture.all) func aReadOnlyFolderIsEnough(_ fixture: DocumentFixture) throws {
    guard try !fixture.isInPlace() else { return }
    let project = try fixture.project()
    let elsewhere = try TemporaryProject()
    func makeWritable(_ isWritable: Bool) throws {
      let paths = FileManager.default.enumerator(atPath: project.path)?.compactMap { $0 as? String } ?? []
      for path in [""] + paths {
        try FileManager.default.setAttributes(
          [.posixPermissions: isWritable ? 0o755 : 0o555], ofItemAtPath: project.absolute(path))
      }
    }
    try makeWritable(false)
    defer { try? makeWritable(true) }
    let arguments = try fixture.arguments().dropLast() + ["--output", elsewhere.path, fixture.document()]
    let result = try Executable.run(Array(arguments), in: project.path)
    #expect([0, 3].contains(result.status), "\(result.errors)")
    let expected = try fixture.expected().files.map { ($0.key.dropFirst("output/".count), $0.value) }
    let written = try elsewhere.files().filter { $0.key != "meier.yml" }
    #expect(differences(written, Dictionary(uniqueKeysWithValues: expected.map { (String($0), $1) })) == "")
  }

  /// CRLF and a byte-order mark are the author's: the same output, line end by line end.
  @Test(arguments: DocumentFixture.all) func lineEndsOfTheDocumentAreKept(_ fixture: DocumentFixture) throws {
    let document = try fixture.document()
    for mark in [[], [0xEF, 0xBB, 0xBF]] as [[UInt8]] {
      let project = try fixture.project()
      try project.write(document, mark + withCRLF(try project.bytes(document)))
      _ = try fixture.run(project)
      var expected = try fixture.expected().files
      for (file, bytes) in expected where file.hasSuffix(".md") { expected[file] = mark + withCRLF(bytes) }
      #expect(differences(try Self.results(project, fixture), expected) == "")
    }
  }

  @Test(arguments: DocumentFixture.all) func nothingOfTheMachineIsWritten(_ fixture: DocumentFixture) throws {
    let project = try fixture.project()
    _ = try fixture.run(project)
    let host = ProcessInfo.processInfo.hostName
    for (file, bytes) in try fixture.written(project) {
      let text = String(decoding: bytes, as: UTF8.self)
      for word in [project.path, NSTemporaryDirectory(), host] where word.count > 1 {
        #expect(!text.contains(word), "\(file) holds \(word)")
      }
    }
  }

  // MARK: Helpers

  private static func changeData(_ project: TemporaryProject, _ change: ([[UInt8]]) -> [[UInt8]]) throws {
    for (file, bytes) in try project.files() where file.hasSuffix(".csv") {
      try project.write(file, change(CSVRows.rows(of: bytes)).flatMap { $0 })
    }
  }

  /// The files of the project that the fixture expects, and those that it does not have at all.
  private static func results(_ project: TemporaryProject, _ fixture: DocumentFixture) throws -> [String:
    [UInt8]]
  {
    let source = try fixture.source()
    let expected = try fixture.expected().files
    return try project.files().filter { expected[$0.key] != nil || source[$0.key] == nil }
  }
}

/// The bytes with every line feed as CRLF.
func withCRLF(_ bytes: [UInt8]) -> [UInt8] { bytes.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] } }

/// The rows of a CSV file, each with its line end; line feeds in quotes do not end one.
enum CSVRows {
  static func rows(of bytes: [UInt8]) -> [[UInt8]] {
    var rows: [[UInt8]] = []
    var row: [UInt8] = []
    var isQuoted = false
    for byte in bytes {
      row.append(byte)
      if byte == 0x22 { isQuoted.toggle() }
      if byte == 0x0A, !isQuoted {
        rows.append(row)
        row = []
      }
    }
    if !row.isEmpty { rows.append(row + [0x0A]) }
    return rows
  }

  static func reversed(_ rows: [[UInt8]]) -> [[UInt8]] { [rows[0]] + rows.dropFirst().reversed() }

  static func shuffled(_ rows: [[UInt8]]) -> [[UInt8]] {
    let count = rows.count
    let keyed = rows.dropFirst().enumerated().map { ($0.offset &* 7919 % count, $0.offset, $0.element) }
    return [rows[0]] + keyed.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
  }

  static func withUnusedColumn(_ rows: [[UInt8]]) -> [[UInt8]] {
    rows.enumerated().map { index, row in
      Array(row.dropLast()) + Array((index == 0 ? ",unused_column" : ",\"x, \(index)\"").utf8) + [0x0A]
    }
  }
}
