import DataTables
import Diagnostics
import Expressions
import Testing

@testable import ModelFormula

@Suite struct ModelFrameTests {
  private func table() throws -> DataTable {
    try DataTable(
      name: "lung",
      columns: [
        Column(name: "time", numbers: [5, 6, .nan, 8, 9, 10]),
        Column(name: "start", numbers: [0, 1, 2, 3, 4, .nan]),
        Column(name: "status", numbers: [1, 2, 2, 1, .nan, 2]),
        Column(name: "dead", flags: [true, false, true, nil, true, false]),
        Column(name: "bare", numbers: [0, 1, 1, 0, 1, .nan]),
        Column(name: "cause", texts: ["tumour", "other", nil, "tumour", "alive", "alive"]),
        Column(name: "age", numbers: [60, 61, 62, .nan, 64, 65]),
        Column(
          name: "sex", codes: [0, 1, 0, 1, 0, 1], levels: ["m", "f"], metadata: ColumnMetadata(reference: "f")
        ),
        Column(name: "site", codes: [0, 2, 2, -1, 0, 3], levels: ["a", "b", "c", "d"]),
        Column(name: "centre", numbers: [7, 7, 2, 2, 11, 7]),
        Column(name: "zero", numbers: [0, 1, 2, 0, 4, 5]),
        Column(name: "one", texts: ["x", "x", "x", "x", "x", "x"]),
      ])
  }

  private func frame(_ text: String) throws -> ModelFrame {
    try ModelFrame(Formula.parse(source(text)).terms(), in: table())
  }

  @Test func knowsWhereValuesAreMissing() throws {
    let frame = try frame("~ age + site + strata(sex) + cluster(centre) + offset(log(zero + 1))")
    #expect(frame.isComplete() == [true, true, true, false, true, true])
    #expect(frame.missingCounts().map(\.variable) == ["age", "site"])
    #expect(frame.missingCounts().map(\.count) == [1, 1])
  }

  @Test func unusedLevelsAndReferences() throws {
    let design = try frame("~ site + sex").design(rows: [0, 1, 2, 4])
    #expect(design.columnNames == ["(Intercept)", "sitec", "sexm"])
    guard case .factor(let coding)? = design.schema.codings[0] else { return }
    #expect(coding.levels == ["a", "c"])
    // The reference level the dictionary names may itself be missing among the rows.
    #expect(try frame("~ sex").design(rows: [0, 2, 4]).columnNames == ["(Intercept)"])
    #expect(
      try frame("~ sex").design(rows: [0, 2, 4]).diagnostics.map(\.message) == [
        "'sex' does not vary among the rows used and is left out of the model"
      ])
  }

  @Test func originsLeadToResults() throws {
    let design = try frame("~ age * site + ns(zero, df = 2) + dead + C(sex, contr.sum)").design(
      options: DesignOptions(intercept: .implied))
    #expect(
      design.columns.map(\.origin.pathArguments) == [
        ["age"], ["site", "c"], ["site", "d"], ["ns(zero, df = 2)", "1"], ["ns(zero, df = 2)", "2"], ["dead"],
        ["C(sex, contr.sum)", "1"], ["age:site", "c"], ["age:site", "d"],
      ])
    #expect(design.terms.map(\.columns) == [0..<1, 1..<3, 3..<5, 5..<6, 6..<7, 7..<9])
    #expect(design.terms.map(\.columnNames).last == ["age", "site"])
    #expect(design.columns.map(\.origin.term) == [0, 1, 1, 2, 2, 3, 4, 5, 5])
  }

  @Test func factorsShareTheirCodes() throws {
    let design = try frame("~ site + dead").design(rows: [0, 1, 2, 4])
    guard case .indicator(.bytes(let codes), let level) = design.columns[1].values else {
      Issue.record("not an indicator")
      return
    }
    #expect(codes == [0, 1, 1, 0])
    #expect(level == 1)
    #expect(design.columns[2].values.numbers() == [1, 0, 1, 1])
    #expect(design.columnMajor() == [1, 1, 1, 1, 0, 1, 1, 0, 1, 0, 1, 1])
  }

  @Test func strataClustersAndOffsets() throws {
    let frame = try frame("~ age + strata(sex, centre) + cluster(centre) + offset(zero) + offset(2 * age)")
    let rows: [Int32] = [0, 1, 2, 4, 5]
    let strata = try #require(frame.strata(rows: rows))
    #expect(
      strata.groups.map(\.label) == [
        "sex=m, centre=2", "sex=m, centre=7", "sex=m, centre=11", "sex=f, centre=7",
      ])
    #expect(strata.codes == [1, 3, 0, 2, 3])
    #expect(strata.groups.map(\.count) == [1, 1, 1, 2])
    #expect(frame.clusters(rows: rows)?.groups.count == 3)
    #expect(frame.offset(rows: rows) == [120, 123, 126, 132, 135])
    #expect(try self.frame("~ age").strata(rows: rows) == nil)
    #expect(
      try #require(self.frame("~ strata(sex)").strata(rows: rows)).groups.map(\.shortLabel) == ["m", "f"])
  }

  @Test func penalties() throws {
    let design = try frame("~ ridge(age, zero, theta = 2, scale = FALSE) + pspline(zero, df = 3)").design(
      rows: [0, 1, 2, 4, 5], options: DesignOptions(intercept: .implied))
    guard case .ridge(let ridge)? = design.terms[0].penalty,
      case .penalisedSpline(let spline, let penalty, let basis)? = design.terms[1].penalty
    else {
      Issue.record("no penalty")
      return
    }
    #expect(ridge.theta == 2)
    #expect(!ridge.isScaled)
    #expect(design.columnNames.prefix(3) == ["ridge(age)", "ridge(zero)", "ps(zero)3"])
    #expect(spline.intervalCount == 8)
    #expect(basis.columnCount == 10)
    #expect(penalty.count == 100)
    // diff(diag(11), differences = 2): crossprod without the first row and column begins 5 -4 1.
    #expect(Array(penalty.prefix(4)) == [5, -4, 1, 0])
    #expect(penalty.suffix(2) == [-2, 1])
  }

  @Test func undefinedValuesAreReported() throws {
    let frame = try frame("~ log(zero)")
    #expect(frame.isComplete() == [false, true, true, false, true, true])
    #expect(frame.diagnostics.map(\.severity) == [.warning])
  }

  @Test(arguments: [
    ("~ aeg + sex", DiagnosticCode.unknownColumn, "no column 'aeg' in 'lung'", "aeg"),
    ("~ log(sitee)", .unknownColumn, "no column 'sitee' in 'lung'", "sitee"),
    ("~ ns(site, df = 2)", .expressionType, "'site' is text, ns() needs a number", "site"),
    ("~ lgo(age)", .unknownFunction, "no function 'lgo'", "lgo"),
    ("~ relevel(site, ref = \"e\")", .unknownLevel, "'site' has no level 'e'", "\"e\""),
    ("~ factor(site, levels = c(\"x\", \"y\"))", .unknownLevel, "'site' has no level 'x'", "c(\"x\", \"y\")"),
    (
      "~ factor(site, labels = c(\"x\", \"y\"))", .expressionType, "'site' has 4 levels, here are 2 labels",
      "site"
    ),
    (
      "~ poly(zero, 6)", .invalidArgument, "a polynomial of degree 6 needs more than 6 different values",
      "poly(zero, 6)"
    ),
    ("~ rcs(dead)", .invalidArgument, "rcs() needs six values to place its knots, here are 5", "rcs(dead)"),
    ("~ rcs(centre)", .invalidArgument, "rcs() finds fewer than three different knots", "rcs(centre)"),
  ])
  func faultsPointAtTheirWords(text: String, code: DiagnosticCode, message: String, place: String) throws {
    do {
      _ = try frame(text).design()
      Issue.record("no fault")
    } catch let list as DiagnosticList {
      let errors = list.diagnostics.filter { $0.severity == .error }
      #expect(errors.map(\.code) == [code])
      #expect(errors.map(\.message) == [message])
      let start = (errors.first?.location?.start.column ?? 1) - 1
      let end = (errors.first?.location?.end.column ?? 1) - 1
      #expect(String(text.dropFirst(start).prefix(end - start)) == place)
    }
  }

  @Test func allFaultsAtOnce() throws {
    #expect(throws: DiagnosticList.self) { try frame("~ aeg + sxe + log(tiem)") }
    do {
      _ = try frame("~ aeg + sxe + log(tiem)")
    } catch let list as DiagnosticList {
      #expect(list.diagnostics.count == 3)
    }
  }

  @Test func tooManyColumnsAreRefused() throws {
    let names = (0..<3000).map { "p\($0)" }
    let table = try DataTable(
      name: "t",
      columns: [Column(name: "id", texts: names), Column(name: "x", numbers: names.indices.map(Double.init))])
    let frame = try ModelFrame(Formula.parse(source("~ x * id")).terms(), in: table)
    #expect(throws: DiagnosticList.self) { try frame.design() }
  }

  @Test func newRowsWithUnknownLevels() throws {
    let schema = try frame("~ site + centre").design(rows: [0, 1, 2]).schema
    let good = try DataTable(
      name: "new",
      columns: [Column(name: "site", texts: ["c", nil]), Column(name: "centre", numbers: [1, 2])])
    let design = try schema.design(for: good)
    #expect(design.columns[1].values.numbers()[0] == 1)
    #expect(design.columns[1].values.numbers()[1].isNaN)
    let bad = try DataTable(
      name: "new", columns: [Column(name: "site", texts: ["b"]), Column(name: "centre", numbers: [1])])
    #expect(throws: DiagnosticList.self) { try schema.design(for: bad) }
  }

  @Test func numbersMatchLevelsOfNewRows() throws {
    let table = try DataTable(
      name: "t", columns: [Column(name: "sex", codes: [0, 1, 0], levels: ["1", "2"])])
    let schema = try ModelFrame(Formula.parse(source("~ sex")).terms(), in: table).design().schema
    let new = try DataTable(name: "new", columns: [Column(name: "sex", numbers: [2, 1])])
    #expect(try schema.design(for: new).columns[1].values.numbers() == [1, 0])
  }

  @Test func newRowsNeedNoClustersAndNoTexts() throws {
    let schema = try frame("~ age + strata(sex) + cluster(centre) + offset(zero)").design(rows: [0, 1, 2])
      .schema
    let new = try DataTable(
      name: "new", columns: [Column(name: "age", numbers: [50]), Column(name: "zero", numbers: [7])])
    let frame = try schema.frame(for: new)
    #expect(frame.offset(rows: [0]) == [7])
    #expect(frame.strata(rows: [0]) == nil)
    #expect(try schema.design(of: frame).columns.map { $0.values.numbers() } == [[1], [50]])
    let words = try DataTable(
      name: "new", columns: [Column(name: "age", texts: ["old"]), Column(name: "zero", numbers: [7])])
    #expect(throws: DiagnosticList.self) { try schema.design(for: words) }
  }

  @Test func whatLooksAtAllRowsCannotPredict() throws {
    let design = try frame("~ I(age - mean(age))").design(rows: [0, 1, 2])
    let new = try DataTable(name: "new", columns: [Column(name: "age", numbers: [50])])
    #expect(throws: DiagnosticList.self) { try design.schema.design(for: new) }
  }

  @Test func nonLinearColumnsAndMarginality() throws {
    let values = (0..<20).map { Double($0 * $0 % 23) }
    let table = try DataTable(
      name: "t", columns: [Column(name: "x", numbers: values), Column(name: "y", numbers: values.reversed())])
    let design = try ModelFrame(
      Formula.parse(source("~ rcs(x, 4) + y + ns(y, 2) + poly(y, 3) + x:y")).terms(), in: table
    ).design()
    #expect(design.terms.map(\.nonlinearColumns) == [2..<4, nil, nil, 8..<10, nil])
    #expect(design.terms.last.map { Set($0.variables).isSuperset(of: design.terms[1].variables) } == true)
  }

  // MARK: Outcomes

  private func outcome(_ text: String) throws -> SurvivalColumns {
    try SurvivalSyntax.parse(source(text)).evaluate(in: table())
  }

  @Test func outcomesAreTakenFromColumns() throws {
    let outcome = try outcome("Surv(time, status == 2)")
    #expect(outcome.event == [0, 1, 1, 0, 255, 1])
    #expect(outcome.time[0] == 5 && outcome.time[2].isNaN)
    #expect((0..<6).map { outcome.isComplete($0) } == [true, true, false, true, false, true])
    #expect(outcome.eventColumn == "status")
    #expect(outcome.censoredValues == ["1"])
    #expect(try self.outcome("Surv(time, dead)").event == [1, 0, 1, 255, 1, 0])
    #expect(try self.outcome("Surv(time, bare)").event == [0, 1, 1, 0, 1, 255])
    #expect(try self.outcome("Surv(time, cause == \"tumour\")").censoredValues == ["alive", "other"])
    let counting = try self.outcome("Surv(start, time, dead)")
    #expect(counting.entry?.prefix(2) == [0, 1])
    #expect((0..<6).map { counting.isComplete($0) } == [true, true, false, false, true, false])
    #expect(try self.outcome("Surv(time)").event == [1, 1, 1, 1, 1, 1])
  }

  @Test(arguments: [
    (
      "Surv(time, status)", DiagnosticCode.eventCoding,
      "'status' holds other values than 0 and 1: which of them is the event is not said",
      "write status == 1 or status == 2, whichever is the event"
    ),
    (
      "Surv(time, cause)", .eventCoding, "'cause' does not say which of its values is the event",
      "write cause == \"…\""
    ),
    (
      "Surv(time, cause == \"tumor\")", .unknownLevel, "'cause' has no level 'tumor'",
      "did you mean 'tumour'?"
    ),
    (
      "Surv(site, dead)", .expressionType, "'site' is text, a number is needed here",
      "number(site) reads the numbers in it"
    ),
    ("Surv(tiem, dead)", .unknownColumn, "no column 'tiem' in 'lung'", "did you mean 'time'?"),
  ])
  func outcomeFaults(text: String, code: DiagnosticCode, message: String, remedy: String) throws {
    do {
      _ = try outcome(text)
      Issue.record("no fault")
    } catch let list as DiagnosticList {
      #expect(list.diagnostics.map(\.code) == [code])
      #expect(list.diagnostics.map(\.message) == [message])
      #expect(list.diagnostics.map(\.remedy) == [remedy])
    }
  }
}
