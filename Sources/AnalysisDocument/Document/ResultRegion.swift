// The place between two markers that belongs to Meier.

import Diagnostics

/// `<!-- meier:begin id -->` … `<!-- meier:end id -->`: what a run wrote and the next run replaces.
public struct ResultRegion: Sendable {
  /// The id of the directive whose results stand there.
  public let id: SourceText
  /// From the first byte of the begin marker to the last of the end marker, without the line end.
  public let range: Range<Int>
  /// The whole lines between the markers, their line ends included.
  public let contentRange: Range<Int>
  /// The 1-based lines of the two markers.
  public let lines: ClosedRange<Int>
  /// What each line of the region begins with, see `DirectiveBlock.containerPrefix`.
  public let containerPrefix: [UInt8]
}
