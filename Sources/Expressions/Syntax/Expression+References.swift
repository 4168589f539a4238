// What an expression refers to, known before any data are read.

import Diagnostics

extension Expression {
  /// A name in the text: a column, or the id of a directive.
  public struct NameUse: Sendable {
    /// The name.
    public let name: String
    /// Where it is mentioned.
    public let range: SourceRange

    /// A name and where it stands, for messages.
    public init(name: String, range: SourceRange) {
      self.name = name
      self.range = range
    }
  }

  /// A directive an expression over results rests on, with the columns that its data functions mention.
  public struct ResultUse: Sendable {
    /// The directive's id.
    public let id: String
    /// Where it is mentioned.
    public let range: SourceRange
    /// Columns that a data set is asked about.
    public let columns: [NameUse]
    /// Whether rows are asked about, as in `nelm.count(…)`: a result alone cannot answer.
    public let asksRows: Bool
  }

  /// The columns of an expression over data, in the order of the text; repeated as often as they stand there.
  public var columnUses: [NameUse] {
    var uses: [NameUse] = []
    root.visitReferences { reference in
      // A name that is called is a function.
      if case .call? = reference.steps.first, !reference.isQuoted { return }
      // R's constants are no columns.
      if dialect == .formula, !reference.isQuoted, ["Inf", "NULL"].contains(reference.name) { return }
      uses.append(NameUse(name: reference.name, range: source.range(reference.nameRange)))
    }
    return uses
  }

  /// The names of the columns of an expression over data, sorted, each once.
  public var columnNames: [String] {
    Set(columnUses.map(\.name)).sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
  }

  /// The directives of an expression over results, in the order of the text.
  public var resultUses: [ResultUse] {
    var uses: [ResultUse] = []
    root.collectResultUses(source, into: &uses)
    return uses
  }
}

extension Expression.Node {
  /// Calls `visit` for each reference, those in the arguments of others included.
  func visitReferences(_ visit: (Expression.Reference) -> Void) {
    if case .reference(let reference) = kind { visit(reference) }
    for child in children { child.visitReferences(visit) }
  }

  var children: [Expression.Node] {
    switch kind {
    case .number, .text, .flag, .missing: []
    case .negation(let operand), .not(let operand): [operand]
    case .arithmetic(_, let left, let right), .comparison(_, let left, let right), .and(let left, let right),
      .or(let left, let right):
      [left, right]
    case .membership(let operand, let items, _): [operand] + items
    case .list(let items): items
    case .reference(let reference): reference.argumentNodes
    }
  }

  fileprivate func collectResultUses(_ source: SourceText, into uses: inout [Expression.ResultUse]) {
    guard case .reference(let reference) = kind, !reference.isResultFunction else {
      for child in children { child.collectResultUses(source, into: &uses) }
      return
    }
    var columns: [Expression.NameUse] = []
    for argument in reference.argumentNodes {
      columns += Expression(source: source, root: argument).columnUses
    }
    let id = String(reference.name.prefix { $0 != "." })
    let range = reference.nameRange.lowerBound..<reference.nameRange.lowerBound + id.utf8.count
    uses.append(
      Expression.ResultUse(
        id: id, range: source.range(range), columns: columns, asksRows: reference.dataFunction != nil))
  }
}

extension Expression.Reference {
  var argumentNodes: [Expression.Node] {
    steps.flatMap { step -> [Expression.Node] in
      switch step {
      case .members: []
      case .index(let items, _): items
      case .call(let arguments, _): arguments.map(\.value)
      }
    }
  }

  /// The question that a call such as `nelm.count(…)` puts to a data set.
  var dataFunction: DataFunction? {
    guard callArguments != nil, let dot = name.firstIndex(of: ".") else { return nil }
    return DataFunction(rawValue: String(name[name.index(after: dot)...]))
  }

  /// The arguments, if this is a bare function call such as `abs(x)`.
  var callArguments: [Expression.Argument]? {
    guard !isQuoted, steps.count == 1, case .call(let arguments, _)? = steps.first else { return nil }
    return arguments
  }

  /// Whether this is a call like `abs(…)` rather than the result of a directive.
  var isResultFunction: Bool { callArguments != nil && !name.contains(".") }
}
