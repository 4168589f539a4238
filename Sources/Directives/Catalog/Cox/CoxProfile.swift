// Profile-likelihood intervals of a Cox model.

import Diagnostics
import NumericalMethods
import Presentation
import Survival

enum CoxProfile {
  static func add(
    _ analysis: CoxAnalysis, at range: SourceRange, to values: inout ResultValues, style: JournalStyle
  ) throws(Diagnostic) -> OutputBlock {
    let fit = analysis.fit
    guard fit.penalized == nil else {
      throw Diagnostic(
        .invalidOption, "there is no profile likelihood of penalised terms", at: range,
        remedy: "leave 'profile' out")
    }
    let table = fit.coefficientTable
    var body: [TableRow] = []
    for row in analysis.rows.rows {
      guard row.kind == .estimate, let column = row.column, table.indices.contains(column) else {
        let isReference = row.kind == .reference
        body.append(
          TableRow(
            [.text(row.label), isReference ? .reference : .empty], role: isReference ? .data : .header,
            indent: row.indent))
        continue
      }
      let found = fit.profileInterval(column: column)
      let interval = found?.confidenceInterval
      for (name, limit) in [("profile_lower", interval?.lower), ("profile_upper", interval?.upper)] {
        values.add("\(row.path).\(name)", Quantity(limit, otherwise: .notEstimable), .coefficient)
        values.add(
          "\(row.path).hr.\(name)", Quantity(limit.map(Elementary.exp), otherwise: .notEstimable), .ratio)
      }
      if let test = found?.test {
        values.add(
          row.path + ".profile", statistic: test.statistic, degreesOfFreedom: test.degreesOfFreedom,
          pValue: test.pValue)
      }
      let own = table[column]
      let ratio = Estimate(
        own.quantity(own.hazardRatio),
        lower: Quantity(interval?.lower.map(Elementary.exp), otherwise: .notEstimable),
        upper: Quantity(interval?.upper.map(Elementary.exp), otherwise: .notEstimable),
        level: analysis.confidenceLevel)
      body.append(
        TableRow(
          [
            .text(row.label), .estimate(ratio, .ratio),
            .pValue(Quantity(found?.test?.pValue, otherwise: .notEstimable)),
          ], indent: row.indent))
    }
    let wording = IntervalWording.name(level: analysis.confidenceLevel, style: style.number)
    let likelihood =
      fit.model.options.usesFirthPenalty ? "Firth's penalised likelihood" : "the partial likelihood"
    return .table(
      Table(
        name: "profile", caption: "Profile-likelihood intervals",
        columns: [
          TableColumn("Variable", alignment: .left), TableColumn("HR (\(wording))"), TableColumn("P"),
        ], rows: body,
        notes: [
          "from the model \(analysis.id)", "intervals and likelihood-ratio tests by profiling \(likelihood)",
        ]), name: "profile")
  }
}
