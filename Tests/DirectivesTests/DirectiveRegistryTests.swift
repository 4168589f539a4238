import AnalysisDocument
import Diagnostics
import Testing

@testable import Directives

@Suite struct DirectiveRegistryTests {
  @Test func namesAreUnique() {
    let names = DirectiveRegistry.all.map { $0.specification.name }
    #expect(Set(names).count == names.count)
    #expect(names.contains("data") && names.contains("cox"))
  }

  /// The example of every manual page must be one that the directive accepts.
  @Test(arguments: DirectiveRegistry.all.map { $0.specification.name }) func examplesResolve(_ name: String)
    throws
  {
    let specification = try #require(DirectiveRegistry.directive(named: name)).specification
    let (tree, faults) = OptionTree.parse(SourceText(specification.example, path: name))
    #expect(faults.isEmpty)
    let file = SourceFile(path: name, text: specification.example)
    let entries = tree?.mapping?.entries ?? []
    let (_, problems) = specification.resolve(entries, block: SourceRange(file: file, bytes: 0..<0))
    #expect(problems.map(\.message) == [])
  }

  @Test(arguments: DirectiveRegistry.all.map { $0.specification.name }) func pagesAreComplete(_ name: String)
    throws
  {
    let specification = try #require(DirectiveRegistry.directive(named: name)).specification
    #expect(
      !specification.summary.isEmpty && !specification.details.isEmpty && !specification.results.isEmpty)
    for option in specification.options { #expect(!option.summary.isEmpty, "\(option.name)") }
    #expect(ManualPage.page(for: name) == ManualPage.directive(specification))
  }

  @Test(arguments: DiagnosticCode.allCases) func everyCodeHasAPage(_ code: DiagnosticCode) {
    #expect(ManualPage.page(for: code.rawValue) == ManualPage.diagnostic(code))
  }
}
