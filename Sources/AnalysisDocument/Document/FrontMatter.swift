// The YAML between `---` and `---` at the very start of a file.

import Diagnostics

/// The YAML between two lines of dashes at the top of a file.
public struct FrontMatter: Sendable {
  /// From the first dash to the end of the closing line, its line end included.
  public let range: Range<Int>
  /// The YAML between the two lines.
  public let body: SourceText
  /// `nil` when it is empty or cannot be read.
  public let options: OptionMapping?
}
