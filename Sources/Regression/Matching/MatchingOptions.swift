// The choices of nearest-neighbour matching.

/// Choices for `NearestNeighbourMatching.match`.
public struct MatchingOptions: Sendable, Hashable {
  /// Controls sought for each treated row; 1 by default, as in R's MatchIt.
  public var ratio = 1
  /// Whether a control may serve several treated rows; not by default, as in R's MatchIt.
  public var allowsReplacement = false
  /// The greatest distance of a match, in the unit of the distances; none by default, as in R's MatchIt.
  public var caliper: Double?
  /// Who chooses first; the largest distances by default, since they have the fewest controls near them (R's MatchIt).
  public var order = MatchingOrder.largest

  /// R's MatchIt's defaults: one control each, none used twice, no caliper, largest distances first.
  public init() {}
}

/// The order in which treated rows choose their controls.
public enum MatchingOrder: String, Sendable, Hashable, CaseIterable {
  /// Largest distance measure first.
  case largest
  /// Smallest distance measure first.
  case smallest
  /// The order of the rows; results then depend on it.
  case data
}

/// A treated row with the controls matched to it.
public struct MatchedSet: Sendable, Hashable {
  /// Row of the treated subject, counted from 0.
  public let treated: Int
  /// In the order in which they were chosen: the nearest first.
  public let controls: [Int]
}
