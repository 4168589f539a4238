import Diagnostics
import Testing

@Suite struct DiagnosticPrinterTests {
  let file = SourceFile(path: "nelm.md", text: "first\nformula: os_month ~ treatment\n")

  var diagnostic: Diagnostic {
    Diagnostic(
      .unknownColumn, "no column 'os_month' in 'nelm'", at: SourceRange(file: file, bytes: 15..<23),
      remedy: "did you mean 'os_months'?", values: ["secret"])
  }

  @Test func pointsAtTheWord() {
    #expect(
      DiagnosticPrinter().text(diagnostic) == """
        nelm.md:2:10: error: no column 'os_month' in 'nelm' [unknown-column]
          2 | formula: os_month ~ treatment
            |          ^~~~~~~~
            = did you mean 'os_months'?

        """)
  }

  @Test func valuesAreShownOnlyWhenAsked() {
    #expect(!DiagnosticPrinter().text(diagnostic).contains("secret"))
    #expect(DiagnosticPrinter(showsValues: true).text(diagnostic).contains("secret"))
    #expect(!DiagnosticPrinter().json(diagnostic).contains("secret"))
  }

  @Test func jsonIsOneLine() {
    #expect(
      DiagnosticPrinter().json(diagnostic)
        == #"{"file":"nelm.md","line":2,"column":10,"endLine":2,"endColumn":18,"severity":"error","#
        + #""code":"unknown-column","message":"no column 'os_month' in 'nelm'","#
        + #""remedy":"did you mean 'os_months'?"}"# + "\n")
  }

  @Test func controlCharactersDoNotReachTheTerminal() {
    let text = DiagnosticPrinter().text(Diagnostic(.yaml, "bad \u{1B}[2J text"))
    #expect(!text.contains("\u{1B}"))
  }
}
