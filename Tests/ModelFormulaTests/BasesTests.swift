import DataTables
import Diagnostics
import Expressions
import NumericalMethods
import Testing

@testable import ModelFormula

@Suite struct BasesTests {
  private func basis(_ text: String, _ values: [Double]) throws -> FittedBasis {
    let formula = try Formula.parse(source("~ " + text))
    guard case .basis(let call)? = try formula.terms().variables.first?.form else {
      throw FittedBasis.Fault(message: "no basis", remedy: nil)
    }
    return try FittedBasis.fitted(call, to: Column(name: "x", numbers: values))
  }

  /// Ages of thousands of patients are a byte each, and so are the columns of their spline.
  @Test(arguments: ["rcs(x, 4)", "ns(x, df = 3)", "bs(x, df = 4)", "poly(x, 2)", "pspline(x, df = 4)"])
  func columnsOfBytesAreThoseOfTheNumbers(_ text: String) throws {
    let bytes = (0..<500).map { UInt8(20 + $0 * 7 % 61) }
    let numbers = bytes.map { Double($0) }
    let basis = try basis(text, numbers)
    let expected = basis.columns(numbers)
    var codes: [[UInt8]] = []
    for (column, values) in zip(basis.columns(.whole(.bytes(bytes))), expected) {
      guard case .few(let places, let table) = column else {
        throw FittedBasis.Fault(message: "", remedy: nil)
      }
      #expect(column.numbers() == values && table.count == 61)
      codes.append(places)
    }
    #expect(codes.dropFirst().allSatisfy { ColumnValues.isSame($0, codes[0]) })
  }

  // Hmisc::rcspline.eval(x, nk = k, knots.only = TRUE); attr(splines::ns(x, df), "knots"):
  // Fixtures/generate_knots.R
  @Test func knotsStandWhereRPutsThem() throws {
    var values: [Double] = []
    var name = ""
    for line in try Fixture.text("knots.tsv").split(separator: "\n") {
      let cells = line.split(separator: "\t").map(String.init)
      if cells[0] == "column" {
        name = cells[1]
        values = cells.dropFirst(2).compactMap(Double.init)
        continue
      }
      let text = cells[0] == "rcs" ? "rcs(x, \(cells[1]))" : "ns(x, df = \(cells[1]))"
      if cells[2] == "error" {
        #expect(throws: FittedBasis.Fault.self, "\(name) \(text)") { try basis(text, values) }
        continue
      }
      let expected = cells.dropFirst(2).compactMap(Double.init)
      let knots = try basis(text, values).knots
      #expect(knots.count == expected.count, "\(name) \(text)")
      #expect(
        zip(knots, expected).allSatisfy { abs($0 - $1) < 1e-12 * max(1, abs($1)) },
        "\(name) \(text): \(knots)")
    }
  }

  @Test func splinesSumToOne() throws {
    let values = (0..<50).map { Double($0 * $0 % 37) / 3 }
    let columns = try basis("bs(x, df = 7, intercept = TRUE)", values).columns(values)
    for row in values.indices { #expect(abs(columns.reduce(0) { $0 + $1[row] } - 1) < 1e-13) }
  }

  @Test func naturalAndRestrictedSplinesAreLinearOutside() throws {
    let values = (0..<40).map { Double($0 % 17) }
    for text in ["ns(x, df = 4)", "rcs(x, 5)"] {
      let columns = try basis(text, values).columns([20, 25, 30, -5, -10, -15])
      for column in columns {
        #expect(abs(column[0] - 2 * column[1] + column[2]) < 1e-9)
        #expect(abs(column[3] - 2 * column[4] + column[5]) < 1e-9)
      }
    }
  }

  @Test func polynomialsAreOrthogonal() throws {
    // Years around 2000 with an offset that ruins powers.
    let values = (0..<60).map { 1_000_000 + 2000 + Double($0 % 13) }
    let columns = try basis("poly(x, 4)", values).columns(values)
    for (first, left) in columns.enumerated() {
      #expect(abs(left.reduce(0, +)) < 1e-9)
      for (second, right) in columns.enumerated() {
        let product = zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(product - (first == second ? 1 : 0)) < 1e-9)
      }
    }
  }

  @Test func theOrderOfRowsChangesNoBit() throws {
    var values = (0..<300).map { Double(($0 * 7919) % 101) / 7 }
    for text in ["ns(x, df = 4)", "bs(x, df = 5)", "rcs(x, 4)", "poly(x, 3)", "pspline(x, df = 4)"] {
      let one = try basis(text, values)
      values.reverse()
      #expect(try basis(text, values) == one)
    }
  }

  @Test func missingValuesStayMissing() throws {
    let columns = try basis("ns(x, df = 2)", [1, .nan, 3, 4, 7]).columns([1, .nan])
    #expect(columns.allSatisfy { !$0[0].isNaN && $0[1].isNaN })
  }

  @Test func hostileDataAreReportedNotFatal() throws {
    for text in ["ns(x, df = 3)", "bs(x, df = 5)", "rcs(x, 4)", "poly(x, 2)", "pspline(x, df = 4)"] {
      for values in [[], [.nan, .nan], [1], [5, 5, 5, 5, 5, 5, 5]] as [[Double]] {
        #expect(throws: FittedBasis.Fault.self) { try basis(text, values) }
      }
    }
    // Repeated knots: columns may be aliased, but they are numbers.
    let spiky = Array(repeating: 5.0, count: 90) + [1, 2, 9]
    for text in ["ns(x, df = 4)", "bs(x, df = 6)", "ns(x, knots = c(5, 5, 5))", "bs(x, knots = c(0, 20))"] {
      let columns = try basis(text, spiky).columns([0, 1, 5, 9, 12])
      #expect(columns.allSatisfy { $0.allSatisfy(\.isFinite) }, "\(text)")
    }
  }
}

@Suite struct SortedValuesTests {
  @Test func narrowAndWideColumnsAgree() {
    let whole = (0..<500).map { Double(($0 * 37) % 41 - 20) }
    let narrow = SortedValues(Column(name: "x", numbers: whole + [.nan]))
    let wide = SortedValues(whole + [.nan])
    #expect(narrow.distinct == wide.distinct)
    #expect(narrow.count == 500 && wide.count == 500)
    let sorted = whole.sorted()
    for position in [0, 1, 250, 498, 499] { #expect(narrow[position] == sorted[position]) }
    for p in [0, 0.05, 0.1, 0.33, 0.5, 0.95, 1] {
      #expect(narrow.quantile(p) == Aggregate.quantile(whole, p))
    }
    #expect(SortedValues([Double]()).quantile(0.5).isNaN)
  }
}

@Suite struct RowGroupsTests {
  @Test func manyLevelsCrossed() throws {
    let count = 500
    let columns = [
      Column(name: "a", numbers: (0..<count).map { Double($0 % 7) * 1e8 }),
      Column(name: "b", numbers: (0..<count).map { Double($0 % 11) / 3 }),
      Column(name: "c", texts: (0..<count).map { $0 % 13 == 0 ? nil : "level \($0 % 5)" }),
    ]
    let groups = RowGroups(columns: columns, rows: (0..<count).map { Int32($0) })
    // Every group holds exactly the rows that share its levels.
    for (row, code) in groups.codes.enumerated() {
      guard code >= 0 else {
        #expect(row % 13 == 0)
        continue
      }
      let values = groups.group(Int(code)).values.map(\.level)
      #expect(values == columns.map { $0.text(row) ?? "" })
    }
    #expect(groups.counts.reduce(0, +) == groups.codes.count { $0 >= 0 })
    #expect(Set(groups.codes.filter { $0 >= 0 }).count == groups.groupCount)
  }
}

@Suite struct LevelPositionsTests {
  @Test func levelsThatLookAlikeStayTwo() throws {
    let composed = "caf\u{E9}"
    let decomposed = "cafe\u{301}"
    let both = LevelPositions([composed, decomposed])
    #expect(both[composed] == 0)
    #expect(both[decomposed] == 1)
    #expect(LevelPositions([composed])[decomposed] == 0)
    let table = try DataTable(
      name: "t", columns: [Column(name: "f", codes: [0, 1, 0, 2], levels: ["a", composed, decomposed])])
    let design = try ModelFrame(Formula.parse(source("~ f")).terms(), in: table).design()
    #expect(design.columns.map { $0.values.numbers() } == [[1, 1, 1, 1], [0, 1, 0, 0], [0, 0, 0, 1]])
  }

  @Test func thousandsOfStrataCostNothing() throws {
    let ids = (0..<40_000).map { Double($0 / 4) + 0.5 }
    let table = try DataTable(
      name: "t", columns: [Column(name: "set", numbers: ids), Column(name: "x", numbers: ids.map { $0 / 7 })])
    let frame = try ModelFrame(Formula.parse(source("~ x + strata(set)")).terms(), in: table)
    let design = try frame.design(options: DesignOptions(intercept: .implied))
    #expect(design.columns.count == 1)
    #expect(frame.strata(rows: Array(0..<40_000))?.groupCount == 10_000)
  }
}
