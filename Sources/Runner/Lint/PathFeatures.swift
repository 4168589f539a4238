// What the name of a result has in common with a sentence.

/// The parts of a result's path that words of a sentence can speak for or against.
struct PathFeatures {
  let limit: NumberContext.Limit?
  private let members: [String]
  /// Texts in brackets, each as words.
  private let labels: [[String]]
  private let times: [Double]
  private let isHidden: Bool

  /// - Parameter path: in canonical form.
  init(_ path: String) {
    var members: [String] = []
    var labels: [[String]] = []
    var times: [Double] = []
    var word = ""
    var quoted: String?
    var isEscaped = false
    func flush() {
      if let number = Double(word) { times.append(number) } else if !word.isEmpty { members.append(word) }
      word = ""
    }
    for character in path {
      if let text = quoted {
        if isEscaped {
          quoted = text + String(character)
          isEscaped = false
        } else if character == "\\" {
          isEscaped = true
        } else if character == "\"" {
          labels.append(Self.words(text))
          quoted = nil
        } else {
          quoted = text + String(character)
        }
      } else if character == "\"" {
        flush()
        quoted = ""
      } else if "[](), ".contains(character) || (character == "." && Double(word) == nil) {
        flush()
      } else {
        word.append(character)
      }
    }
    flush()
    limit = members.last.flatMap(NumberContext.Limit.init(rawValue:))
    if limit != nil { members.removeLast() }
    self.members = Array(members.dropFirst())
    self.labels = labels
    self.times = times
    isHidden = ["excluded", "undecided", "df", "se", "iterations", "missing"].contains {
      members.contains($0)
    }
  }

  private static func words(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "." }.map(String.init)
  }

  /// How much speaks for the result; `nil` when the sentence cannot mean it.
  func score(_ sentence: SentenceWords, _ context: NumberContext, at index: Int) -> Int? {
    if isHidden { return nil }
    var score = 0
    for label in labels {
      // The nearer a group or a term is named, the likelier the number is its own.
      switch sentence.distance(of: label, from: index) {
      case nil: score -= 3
      case let distance? where distance <= 3: score += 6
      case let distance? where distance <= 7: score += 5
      case let distance? where distance <= 12: score += 4
      default: break
      }
    }
    for time in times { score += sentence.numbers.contains(time) ? 3 : -2 }
    for member in members {
      switch member {
      case "median", "mean", "survival", "incidence", "concordance", "rate", "difference", "hazard":
        score += sentence.words.contains(member) ? 3 : -2
      case "hr", "or", "rr", "irr", "shr":
        score += context.reading == .ratio ? 3 : 0
      case "p": score += context.reading == .pValue ? 1 : 0
      case "events":
        score += !sentence.words.isDisjoint(with: ["events", "deaths", "died", "event"]) ? 3 : -1
      case "n": score += context.reading == .count ? 3 : 0
      case "percent": score += 1
      case "restricted_mean", "rmst":
        score += sentence.words.contains("restricted") || sentence.words.contains("rmst") ? 3 : -2
      case "follow_up": score += sentence.words.contains("follow") ? 3 : -2
      case "log_rank": score += sentence.words.contains("rank") ? 3 : -1
      case "univariable":
        score += sentence.words.contains(member) || sentence.words.contains("univariate") ? 3 : -3
      case "at": break
      default: score -= 1
      }
    }
    return score
  }
}
