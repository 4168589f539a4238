// Every name has a page, and every example is one that can run.

import Directives
import Testing

@Suite struct ManualPageTests {
  @Test func everyNameHasAPage() {
    for name in ManualPage.names { #expect(ManualPage.page(for: name) != nil, "\(name)") }
    #expect(ManualPage.names.contains("at_risk") && ManualPage.names.contains("claims"))
    #expect(ManualPage.page(for: "no such thing") == nil)
  }

  /// An example names data and models of the manual's own: see `ManualData`.
  @Test(arguments: DirectiveRegistry.all.map { $0.specification.name }) func everyExampleIsComplete(
    _ name: String
  )
    throws
  {
    let specification = try #require(DirectiveRegistry.directive(named: name)).specification
    #expect(ManualExample.markdown(specification) != nil, "the example names what ManualData does not have")
  }

  @Test func pagesHaveNamesOfTheirOwn() {
    let paths = Manual.files().map(\.path)
    #expect(Set(paths).count == paths.count)
    #expect(Manual.files().allSatisfy { !$0.text.isEmpty && $0.text.hasSuffix("\n") })
  }
}
