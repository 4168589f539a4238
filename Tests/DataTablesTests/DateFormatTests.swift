// Ways of writing a day.

import Testing

@testable import DataTables

@Suite struct DateFormatTests {
  @Test(arguments: [
    (DateFormat.yearMonthDay, "2020-01-31"), (.yearMonthDaySlashes, "2020/1/31"),
    (.yearMonthDayPoints, "2020.01.31"), (.yearMonthDayDigits, "20200131"), (.dayMonthYear, "31.01.2020"),
    (.dayMonthYear, " 31.1.2020 "), (.dayMonthYearSlashes, "31/01/2020"), (.dayMonthYearDashes, "31-1-2020"),
    (.monthDayYear, "01/31/2020"), (.monthDayYearDashes, "1-31-2020"), (.dayNamedMonthYear, "31-Jan-2020"),
    (.dayNamedMonthYearJoined, "31JAN2020"),
  ]) func theLastOfJanuary(_ format: DateFormat, _ text: String) {
    #expect(format.days(text) == CalendarDate(year: 2020, month: 1, day: 31)?.days)
  }

  @Test(arguments: [
    "", "31.01.20", "31.02.2020", "31.13.2020", "0.1.2020", "31.01.2020 10:00", "31/01/2020", "1.1.20200",
    "a.b.cccc",
    "31..2020", "٣١.٠١.٢٠٢٠",
  ]) func noDayWrittenWithPoints(_ text: String) {
    #expect(DateFormat.dayMonthYear.days(text) == nil)
  }

  @Test func nothingTellsTheMonthUntilADayIsAboveTwelve() {
    #expect(
      DateFormat.recognised(in: ["01/02/2020", "03/04/2020"]) == [.dayMonthYearSlashes, .monthDayYear])
    #expect(DateFormat.recognised(in: ["01/02/2020", "13/04/2020"]) == [.dayMonthYearSlashes])
    #expect(
      DateFormat.recognised(in: ["01.02.2020", "02.02.2020", "03.02.2020", "31.02.2020"]) == [.dayMonthYear])
    #expect(DateFormat.recognised(in: ["unknown", "01.02.2020"]).isEmpty)
    #expect(DateFormat.recognised(in: []).isEmpty)
  }

  @Test func aDeclaredColumnHoldsDates() throws {
    let read = try table("seen\n31.01.2020\nNA\n1.2.2020\n", CSVOptions(dates: ["seen": .dayMonthYear]))
    #expect(read["seen"]?.type == .date)
    #expect((0..<3).map { read["seen"]?.text($0) ?? "-" } == ["2020-01-31", "-", "2020-02-01"])
    let digits = try table("seen\n20200131\n", CSVOptions(dates: ["seen": .yearMonthDayDigits]))
    #expect(digits["seen"]?.text(0) == "2020-01-31")
  }

  @Test func oddCellsAmongNumbersAreSaid() throws {
    #expect(
      faults("x\n1\n2\n3\nn.d.\n").map(\.brief) == [
        "5:1 mixed-column column 'x', row 4: not a number, and all others are: the column is read as text"
      ])
    #expect(faults("x\n1\n2\nn.d.\n").isEmpty)
    #expect(faults("x\n1\n2\n3\nn.d.\n", CSVOptions(types: ["x": .text])).isEmpty)
    #expect(faults("x\n001\n002\n003\nn.d.\n").isEmpty)
    #expect(faults("x\n1\n2\n3\nn.d.\n").allSatisfy { $0.severity == .warning })
  }

  @Test func similarLevelsAreNotProposed() throws {
    let read = try table("g\nA\nA\n\"A \"\nB\na\n")
    let column = try #require(read["g"])
    let similar = try #require(SimilarLevels(column))
    #expect(similar.rarer.map { column.levels[Int($0)] } == ["A ", "a"] && !similar.differInBlanksAlone)
    #expect(
      DataDescription(read).dataBlock(source: "d.csv").contains(
        "g: {label: G} # levels differ in blanks or capitals alone: lower(trim(g))"))
    #expect(SimilarLevels(try #require(try table("g\nA\n\"A \"\n")["g"]))?.differInBlanksAlone == true)
    #expect(SimilarLevels(try #require(try table("g\nA\nB\n")["g"])) == nil)
  }

  @Test func descriptionsProposeTheFormat() throws {
    let read = try table(
      "seen,us,crp\n31.01.2020,01/02/2020,1\n01.02.2020,01/03/2020,2\n02.02.2020,,3\n03.02.2020,,x\n")
    let description = DataDescription(read)
    #expect(
      description.columns.map(\.summary) == [
        "dates written DD.MM.YYYY", "dates written DD/MM/YYYY or MM/DD/YYYY", "numbers but for 1 cell",
      ])
    #expect(
      description.dataBlock(source: "d.csv") == """
        ```{data #data}
        source: d.csv
        types:
          crp: number
        dates:
          seen: DD.MM.YYYY
          us: DD/MM/YYYY # or MM/DD/YYYY: no day tells
        # outcomes: # a time, and what counts as the event
        #   os: Surv(time, died == 1)
        dictionary:
          seen: {label: Seen}
          us: {label: Us}
          crp: {label: Crp}
        ```

        """)
  }

  @Test(arguments: [
    (["2020-03-01 14:30", "2020-03-02 09:05:10"], ["date(before(x, \" \"))"]),
    (["2020-03-01T14:30:00Z", "2020-03-02T09:05:10+01:00"], ["date(before(x, \"T\"))"]),
    (["13.3.2020 9:15", "14.3.2020 23:59"], ["date(before(x, \" \"), \"DD.MM.YYYY\")"]),
    (
      ["01/02/2020 10:00 AM", "03/04/2020 11:00 PM"],
      ["date(before(x, \" \"), \"DD/MM/YYYY\")", "date(before(x, \" \"), \"MM/DD/YYYY\")"]
    ),
    (
      ["2020-03-01 14:30", "2020-03-02"],
      ["if(contains(x, \" \"), date(before(x, \" \")), date(x))"]
    ),
  ]) func daysAreTakenOutOfTimes(_ texts: [String], _ expressions: [String]) {
    #expect(TimedDates(texts)?.expressions(of: "x") == expressions)
  }

  @Test(arguments: [
    ["2020-03-01", "2020-03-02"], ["2020-03-01 late", "2020-03-02 early"], ["T 10:30", "T 10:45"], [],
    ["2020-03-01 14:30", "unknown", "none"],
  ]) func noTimesOfDay(_ texts: [String]) { #expect(TimedDates(texts) == nil) }

  @Test func descriptionsProposeTheDay() throws {
    let read = try table(
      "Seen at,left,left_day\n2020-03-01 14:30,01.03.2020 7:00,1\n2020-03-02 08:00,31.03.2020 7:10,2\n"
        + "2020-03-02,,3\n2020-03-09 08:00,x,4\n2020-03-08 08:00,30.03.2020 7:10,4\n2020-03-08 08:01,30.03.2020 7:10,4\n"
    )
    let description = DataDescription(read)
    #expect(
      description.columns.map(\.summary).prefix(2) == [
        "dates written YYYY-MM-DD, some with a time of day",
        "dates written DD.MM.YYYY, with a time of day but for 1 cell",
      ])
    #expect(
      description.dataBlock(source: "d.csv") == """
        ```{data #data}
        source: d.csv
        types:
          Seen at: text
          left: text
          left_day: number
        derive:
          seen_at_day: if(contains(col("Seen at"), " "), date(before(col("Seen at"), " ")), date(col("Seen at")))
          left_day_: date(before(left, " "), "DD.MM.YYYY")
        # outcomes: # a time, and what counts as the event
        #   os: Surv(time, died == 1)
        dictionary:
          Seen at: {label: Seen at}
          left: {label: Left}
          left_day: {label: Left day}
          seen_at_day: {label: Seen at}
          left_day_: {label: Left}
        ```

        """)
  }
}
