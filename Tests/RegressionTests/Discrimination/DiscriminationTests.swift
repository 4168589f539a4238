// ROC curves, calibration and scores, by hand and against R.

import NumericalMethods
import Regression
import TestSupport
import Testing

struct DiscriminationTests {
  @Test func curveByHand() throws {
    // Cases 3, 2; controls 1, 2, 0: pairs won 3 + 2, tied 1 of 6: 11/12.
    let curve = ReceiverOperatingCharacteristic(
      marker: [3, 2, 1, 2, 0], isCase: [true, true, false, false, false])
    expectClose(curve.area, 5.5 / 6)
    // Placements of cases 1 and 5/6: variance 1/72; of controls 1, 3/4, 1: variance 1/48.
    expectClose(curve.standardError, (1.0 / 144 + 1.0 / 144).squareRoot())
    #expect(curve.points.first?.sensitivity == 1 && curve.points.first?.specificity == 0)
    #expect(curve.points.last?.sensitivity == 0 && curve.points.last?.specificity == 1)
    expectClose(curve.youden?.index, 2.0 / 3)
    #expect(curve.youden?.point.threshold == 2)
    let mirrored = ReceiverOperatingCharacteristic(
      marker: [-3, -2, -1, -2, 0], isCase: [true, true, false, false, false], direction: .smallerInCases)
    #expect(mirrored.area == curve.area)
    let automatic = ReceiverOperatingCharacteristic(
      marker: [-3, -2, -1, -2, 0], isCase: [true, true, false, false, false], direction: .automatic)
    #expect(automatic.direction == .smallerInCases)
    #expect(ReceiverOperatingCharacteristic(marker: [1, 2], isCase: [true, true]).area == nil)
    #expect(ReceiverOperatingCharacteristic(marker: [1, 2], isCase: [true, false]).standardError == nil)
  }

  @Test(arguments: ReferenceCase.all("roc").map(\.id)) func meetsR(id: String) throws {
    guard let reference = ReferenceCase.all("roc").first(where: { $0.id == id }) else { return }
    let predictors = reference.spec["predictors"]?.array.compactMap(\.string) ?? []
    let outcome = reference.spec["y"]?.string ?? ""
    let table = try reference.table().complete(predictors + [outcome])
    let event = reference.spec["event_value"]?.text ?? ""
    let isCase = table.text(outcome).map { $0 == event }
    let direction: MarkerDirection =
      reference.spec["direction"]?.string == ">" ? .smallerInCases : .greaterInCases
    var got: [String: Double?] = ["n": Double(isCase.count), "cases": Double(isCase.count { $0 })]
    var curves: [ReceiverOperatingCharacteristic] = []
    for name in predictors {
      let curve = ReceiverOperatingCharacteristic(
        marker: table.numbers(name), isCase: isCase, direction: direction)
      curves.append(curve)
      let limits = curve.confidenceLimits(confidenceLevel: reference.spec["conf.level"]?.number ?? 0.95)
      got["auc[\(name)]"] = curve.area
      got["auc.se[\(name)]"] = curve.standardError
      got["auc.lower[\(name)]"] = limits?.lower
      got["auc.upper[\(name)]"] = limits?.upper
      got["youden[\(name)]"] = curve.youden?.index
    }
    if curves.count == 2, let test = DeLongTest(paired: curves[0], curves[1]) {
      got["delong.z"] = test.z
      got["delong.p"] = test.pValue
    }
    #expect(reference.failures(got) == [])
  }

  /// roc.test(roc(outcome, s100b) of men, the same of women) of pROC 1.18.0 on aSAH.
  @Test func differentSubjects() throws {
    let table = try SimpleCSV(contentsOf: ReferenceCase.folder.appendingPathComponent("data/aSAH.csv"))
    let curves = ["Male", "Female"].map { sex in
      let part = table.keeping { table.text("gender")[$0] == sex }
      return ReceiverOperatingCharacteristic(
        marker: part.numbers("s100b"), isCase: part.text("outcome").map { $0 == "Poor" })
    }
    let test = DeLongTest(unpaired: curves[0], curves[1])
    expectClose(test?.z, 0.501880774326713)
    expectClose(test?.degreesOfFreedom, 106.462550028932)
    expectClose(test?.pValue, 0.616787759258242)
  }

  @Test func identicalMarkersCannotBeTold() {
    let curve = ReceiverOperatingCharacteristic(marker: [1, 2, 3, 4], isCase: [false, true, false, true])
    let test = DeLongTest(paired: curve, curve)
    #expect(test?.z == nil && test?.difference == 0)
  }

  @Test func scores() throws {
    expectClose(BrierScore.score(outcome: [1, 0], probability: [0.75, 0.5]), (0.0625 + 0.25) / 2)
    #expect(BrierScore.score(outcome: [], probability: []) == nil)
    // Predictions that are the observed shares are calibrated: intercept 0, slope 1.
    let probability = [0.25, 0.25, 0.25, 0.25, 0.5, 0.5, 0.75, 0.75, 0.75, 0.75]
    let outcome: [Double] = [1, 0, 0, 0, 1, 0, 1, 1, 1, 0]
    let calibration = try CalibrationFit.fit(outcome: outcome, probability: probability)
    expectClose(calibration.intercept.estimate, 0, absolute: 1e-9)
    expectClose(calibration.slope.estimate, 1, relative: 1e-9)
    #expect(HosmerLemeshow(outcome: [0, 1], probability: [0.5, 0.5]).statistic == nil)
  }
}
