// The weight that a log-rank test gives to each event time.

import NumericalMethods

/// The weight w(t) that a test of the log-rank family gives to the event times.
///
/// With n at risk and d events in the pooled groups (of the stratum), S the pooled Kaplan–Meier estimate.
public enum LogRankWeight: Sendable, Hashable {
  /// w = 1 (Mantel, Cox); the default.
  case logRank
  /// w = n (Gehan, Breslow; SAS and Stata `wilcoxon`).
  case gehanBreslow
  /// w = √n.
  case taroneWare
  /// w = S̃(t) = Π over times up to t of 1 − d/(n + 1) (SAS `PETO`, Stata `peto`).
  case petoPeto
  /// w = S̃(t) n/(n + 1) (SAS `MODPETO`).
  case modifiedPetoPeto
  /// w = S(t−)^ρ (1 − S(t−))^γ; ρ = 1, γ = 0 is R's `survdiff(rho = 1)`.
  case flemingHarrington(rho: Double, gamma: Double)

  func validated() throws(SurvivalInputError) -> LogRankWeight {
    if case .flemingHarrington(let rho, let gamma) = self {
      guard rho.isFinite, gamma.isFinite else {
        throw SurvivalInputError(.exponent, .outOfRange)
      }
    }
    return self
  }
}

/// The weight as time runs: it needs the pooled survival so far.
struct LogRankWeighing {
  private let weight: LogRankWeight
  private var survival = 1.0
  private var petoSurvival = 1.0

  init(_ weight: LogRankWeight) { self.weight = weight }

  /// The weight of an event time with `events` among `atRisk`.
  mutating func next(events: Double, atRisk: Double) -> Double {
    petoSurvival *= 1 - events / (atRisk + 1)
    defer { survival *= (atRisk - events) / atRisk }
    switch weight {
    case .logRank: return 1
    case .gehanBreslow: return atRisk
    case .taroneWare: return atRisk.squareRoot()
    case .petoPeto: return petoSurvival
    case .modifiedPetoPeto: return petoSurvival * atRisk / (atRisk + 1)
    case .flemingHarrington(let rho, let gamma):
      return Self.power(survival, rho) * Self.power(1 - survival, gamma)
    }
  }

  /// 0⁰ is 1.
  private static func power(_ base: Double, _ exponent: Double) -> Double {
    switch exponent {
    case 0: 1
    case 1: base
    default: base <= 0 ? 0 : Elementary.pow(base, exponent)
    }
  }
}
