// Figures that need more than one page.

import Figures

extension [OutputBlock] {
  /// A figure, or its pages: the first has the directive's name, the others are called by their numbers.
  mutating func append(_ pages: [Figure], caption: String) {
    for (index, page) in pages.enumerated() {
      append(
        .figure(
          page, name: index == 0 ? nil : "\(index + 1)",
          caption: index == 0 || caption.isEmpty ? caption : caption + " (continued)"))
    }
  }
}
