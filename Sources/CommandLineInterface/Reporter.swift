// What commands print: diagnostics to standard error, what changed to a terminal.

import Diagnostics
import Runner

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Prints reports in the form the user asked for.
struct Reporter {
  let options: ReportOptions
  /// What a log that is printed as a whole will hold.
  private let log = DiagnosticLog()

  private final class DiagnosticLog {
    var diagnostics: [Diagnostic] = []
  }

  init(options: ReportOptions) { self.options = options }

  private var printer: DiagnosticPrinter {
    DiagnosticPrinter(
      showsValues: options.showValues, usesColor: options.format == .text && Self.isTerminal(2))
  }

  func report(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics {
      switch options.format {
      case .text: Self.write(printer.text(diagnostic), to: 2)
      case .json: Self.write(printer.json(diagnostic), to: 2)
      case .sarif: log.diagnostics.append(diagnostic)
      }
    }
  }

  /// Ends the report: a log that is one document is printed now.
  func finish(to descriptor: Int32 = 1) {
    guard options.format == .sarif else { return }
    Self.write(DiagnosticPrinter.sarif(log.diagnostics, version: MeierCommand.version), to: descriptor)
  }

  /// A line that only a person at a terminal wants.
  func progress(_ text: String) {
    if options.format == .text, Self.isTerminal(2) { Self.write(text + "\n", to: 2) }
  }

  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  static func write(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno != EINTR { return }
      bytes = bytes.dropFirst(max(count, 0))
    }
  }

  private static func systemWrite(_ descriptor: Int32, _ base: UnsafeRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, base, count)
    #elseif canImport(Musl)
      Musl.write(descriptor, base, count)
    #else
      Darwin.write(descriptor, base, count)
    #endif
  }
}
