// The closed list of everything Meier can complain about.

/// A diagnostic's stable name, printed in brackets after the message and explained by `meier explain CODE`.
///
/// The list is closed: a new kind of message adds a case here and a page in `DiagnosticCode+Page.swift`.
public enum DiagnosticCode: String, Sendable, CaseIterable, Hashable {
  // Files
  case missingFile = "missing-file"
  case unreadableFile = "unreadable-file"
  case outsideProject = "outside-project"
  case invalidUTF8 = "invalid-utf8"
  case nulByte = "nul-byte"
  // Documents
  case unknownDirective = "unknown-directive"
  case missingID = "missing-id"
  case invalidID = "invalid-id"
  case duplicateID = "duplicate-id"
  case unclosedDirective = "unclosed-directive"
  case invalidHeader = "invalid-header"
  case yaml = "yaml"
  case unplaceableSpan = "unplaceable-span"
  case editedResult = "edited-result"
  case orphanedResult = "orphaned-result"
  case unclosedRegion = "unclosed-region"
  case duplicateRegion = "duplicate-region"
  case invalidMarker = "invalid-marker"
  case unknownReference = "unknown-reference"
  case cyclicReference = "cyclic-reference"
  // Options
  case unknownOption = "unknown-option"
  case missingOption = "missing-option"
  case invalidOption = "invalid-option"
  case unknownStyle = "unknown-style"
  // Expressions, formulas, results
  case expressionSyntax = "expression-syntax"
  case expressionType = "expression-type"
  case unknownFunction = "unknown-function"
  case unknownColumn = "unknown-column"
  case unknownLevel = "unknown-level"
  case unknownResult = "unknown-result"
  case unknownFormat = "unknown-format"
  case formulaSyntax = "formula-syntax"
  // Data
  case raggedRow = "ragged-row"
  case unclosedQuote = "unclosed-quote"
  case duplicateColumn = "duplicate-column"
  case unnamedColumn = "unnamed-column"
  case emptyFile = "empty-file"
  case notANumber = "not-a-number"
  case notADate = "not-a-date"
  case notAFlag = "not-a-flag"
  case eventCoding = "event-coding"
  case negativeTime = "negative-time"
  case endBeforeStart = "end-before-start"
  case noRows = "no-rows"
  case emptyGroup = "empty-group"
  case oneGroup = "one-group"
  case invalidWeight = "invalid-weight"
  // Statistics
  case noEvents = "no-events"
  case constantColumn = "constant-column"
  case codedNumbers = "coded-numbers"
  case aliased = "aliased"
  case separation = "separation"
  case notConverged = "not-converged"
  case perfectFit = "perfect-fit"
  case notEstimable = "not-estimable"
  case fewEvents = "few-events"
  case unmatched = "unmatched"
  case nonProportionalHazards = "non-proportional-hazards"
  case invalidArgument = "invalid-argument"
  // Claims and freshness
  case claimFailed = "claim-failed"
  case staleResult = "stale-result"
  case handTypedNumber = "hand-typed-number"
  // Version control
  case notARepository = "not-a-repository"
  case unknownRevision = "unknown-revision"
  case gitFailed = "git-failed"
  // Meier itself
  case internalFault = "internal-fault"
}
