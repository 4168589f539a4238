// The YAML between `---` and `---` at the very start of a file.

import Diagnostics

public struct FrontMatter: Sendable {
  /// From the first dash to the end of the closing line, its line end included.
  public let range: Range<Int>
  /// The YAML between the two lines.
  public let body: SourceText
  /// `nil` when it is empty or cannot be read.
  public let options: OptionMapping?

  public init(range: Range<Int>, body: SourceText, options: OptionMapping?) {
    self.range = range
    self.body = body
    self.options = options
  }
}
