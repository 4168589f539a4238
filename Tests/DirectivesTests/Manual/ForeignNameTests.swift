// Words of other programs lead to pages.

import Testing

@testable import Directives

@Suite struct ForeignNameTests {
  @Test func everyWordLeadsToAPageOfItsOwn() {
    var seen: Set<String> = []
    for (page, words) in ForeignNames.pages {
      #expect(ManualPage.page(for: page) != nil, "no page '\(page)'")
      for word in words.split(separator: " ") {
        #expect(seen.insert(String(word)).inserted, "'\(word)' stands twice")
        #expect(word == word.lowercased())
        #expect(ManualPage.page(for: String(word)) != nil)
      }
    }
  }

  @Test(arguments: [
    ("Surv", "# outcomes"), ("km", "# kaplan-meier"), ("coxph", "# cox"), ("tableone", "# summary"),
  ])
  func aWordOfAnotherProgramIsUnderstood(_ word: String, _ heading: String) {
    #expect(ManualPage.page(for: word)?.hasPrefix(heading) == true)
  }
}
