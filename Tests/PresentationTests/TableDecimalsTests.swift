// Decimals that the cells of a table share.
import Testing

@testable import Presentation

@Suite struct TableDecimalsTests {
  /// The cells of one column as they are printed.
  func column(_ cells: [TableCell], style: JournalStyle = .plain, sharesDecimals: Bool = false) -> [String] {
    let table = Table(
      columns: [TableColumn("x", sharesDecimals: sharesDecimals)], rows: cells.map { TableRow([$0]) })
    return table.markdownGrid(style).split(separator: "\n").dropFirst(2).map {
      String($0.dropFirst(2).dropLast(2))
    }
  }

  func survival(_ value: Double, _ lower: Double, _ upper: Double) -> TableCell {
    .estimate(Estimate(value, lower: lower, upper: upper), .percentage)
  }

  func time(_ value: Double, _ lower: Double, _ upper: Double) -> TableCell {
    .estimate(Estimate(value, lower: lower, upper: upper), .time)
  }

  /// 99.7 after two events is not 100; the rest of its column follows.
  @Test func wholePerCentsNeverPrintCertainty() {
    #expect(
      column([survival(0.997, 0.987, 0.9993), survival(0.95, 0.93, 0.97)]) == [
        "99.7 (98.7–99.9)", "95.0 (93.0–97.0)",
      ])
    #expect(column([survival(0.90, 0.75, 0.96), survival(1, 1, 1)]) == ["90 (75–96)", "100 (100–100)"])
    #expect(column([survival(0.03, 0.004, 0.09)]) == ["3.0 (0.4–9.0)"])
    #expect(column([survival(0.9996, 0.995, 0.99999)]) == ["99.96 (99.50–100.00)"])
    #expect(column([survival(0.9996, 0.995, 0.99999)], style: .jama) == ["99.96 (99.50-100.00)"])
    #expect(column([survival(0.95, 0.9, 0.9999)], style: .jama) == ["95.0 (90.0-100.0)"])
    let sentence = PresentedValue(Estimate(0.997, lower: 0.987, upper: 0.9993), .proportion)
    #expect(
      InlineFormat.render(sentence, filters: [.percent(nil), .ci], style: .plain)
        == "99.7% (95% CI 98.7–99.9)")
    #expect(InlineFormat.render(sentence, filters: [.percent(nil)], style: .plain) == "99.7%")
    #expect(InlineFormat.render(sentence, filters: [.percent(0)], style: .plain) == "100%")
  }

  @Test func timesOfAColumnHaveTheSameDecimals() {
    #expect(column([time(103, 54, 126), time(52.5, 43, 90)]) == ["103.0 (54.0–126.0)", "52.5 (43.0–90.0)"])
    #expect(column([time(1205, 954, 1426), time(52.5, 43, 90)]) == ["1205 (954–1426)", "53 (43–90)"])
    #expect(column([time(160, 111, 190), .empty]) == ["160 (111–190)", ""])
    #expect(
      column([.estimate(.notEstimable, .time), time(67.5, 60, 70), time(124, 120, 130)]) == [
        "NE", "67.5 (60.0–70.0)", "124.0 (120.0–130.0)",
      ])
    // Digits of the dictionary stay, and ratios keep the significance of their own.
    #expect(
      column([.estimate(Estimate(103, lower: 54, upper: 126), .time.digits(0)), time(52.5, 43, 90)])[0]
        == "103 (54–126)")
    #expect(
      column([
        .estimate(Estimate(1.02, lower: 1.001, upper: 1.04), .ratio),
        .estimate(Estimate(1, lower: 0.99, upper: 1.01), .ratio),
      ]) == ["1.020 (1.001–1.040)", "1.00 (0.99–1.01)"])
  }

  @Test func numbersShareDecimalsWhereTheColumnSaysSo() {
    let cells: [TableCell] = [
      .pair(.value(11.2), .value(13), .number), .pair(.value(7.77), .value(13.18), .number),
    ]
    #expect(column(cells) == ["11.2 (13.0)", "7.77 (13.18)"])
    #expect(column(cells, sharesDecimals: true) == ["11.20 (13.00)", "7.77 (13.18)"])
  }

  /// One rule for all percentages of a table: that of its smallest denominator.
  @Test func percentagesOfCountsHaveTheSameDecimals() {
    let cells: [TableCell] = [
      .countPercent(114, of: 240), .countPercent(27, of: 48), .countPercent(0, of: 0),
    ]
    #expect(column(cells) == ["114 (48%)", "27 (56%)", "0"])
    #expect(
      column([.countPercent(114, of: 240), .countPercent(27, of: 148)]) == ["114 (47.5%)", "27 (18.2%)"])
    #expect(
      column([.countPercent(114, of: 240), .countPercent(27, of: 148)], style: .annals) == [
        "114 (48)", "27 (18)",
      ])
  }

  @Test func authorsChooseDecimals() {
    let cells = [survival(0.9512, 0.93, 0.97), time(52.5, 43, 90), TableCell.countPercent(27, of: 48)]
    let wish = DigitWish(estimates: 2, percents: 1)
    #expect(
      cells.map { $0.with(wish).text(.plain) } == ["95.1 (93.0–97.0)", "52.50 (43.00–90.00)", "27 (56.3%)"])
    #expect(
      TableCell.estimate(Estimate(1, lower: 2, upper: 3), .time.digits(0)).with(wish).text(.plain)
        == "1 (2–3)")
    #expect(TableCell.pValue(.value(0.5)).with(wish).text(.plain) == "0.500")
  }

  @Test func headingsOfPFollowTheStyle() {
    let table = Table(
      columns: ["P", "P (Gray)", "P for interaction", "P (N = 20)", "PSA"].map { TableColumn($0) }, rows: [])
    let head = table.markdownGrid(.lancet).split(separator: "\n").first ?? ""
    #expect(head == "| p | p (Gray) | p for interaction | P (N = 20) | PSA |")
    #expect(table.markdownGrid(.nejm).hasPrefix("| P | P (Gray) |"))
  }
}
