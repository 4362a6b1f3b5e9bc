import Foundation
import Tulou

/// What a sensitivity is asked, in the words of the command.
package struct SensitivityWords: Sendable {
  /// Paths with their values, `path=value,value,...` each.
  package var vary: [String] = []
  /// How cases are made of values; nil: not said.
  package var mode: String?
  /// Indicator that is drawn; nil: not said.
  package var result: String?
  /// Size that is made as small as the limits allow; nil: cost is sought.
  package var least: String?
  /// Who answers each case; nil: not said.
  package var by: String?
  /// Whether sizes, a rule, and what a search tries are said too.
  package var hasSizes = false, hasRule = false, hasDesigns = false

  /// Nothing said.
  package init() {}

  var answer: Study.Answer? { by.flatMap(Study.Answer.init) }
  var design: SensitivityDesign? {
    mode.flatMap { SensitivityDesign(rawValue: $0.replacingOccurrences(of: "-", with: "_")) }
  }

  /// The same, where the words go together.
  package func checked() throws(WordFault) -> SensitivityWords {
    guard !hasSizes || answer == .simulate else {
      throw WordFault("--sizes is for 'plan' and '--by simulate'; each case chooses its sizes.")
    }
    if let by, answer == nil { throw WordFault("--by takes plan, search or simulate, found '\(by)'.") }
    if least != nil, by != nil || result != nil {
      throw WordFault("--least asks plans for one size; --by and --result have no part in it.")
    }
    if answer ?? .plan == .plan, hasRule {
      throw WordFault("--strategy belongs to --by search and --by simulate.")
    }
    if answer != .search, hasDesigns {
      throw WordFault("--method, --points, --candidates and --most belong to --by search.")
    }
    if let mode, design == nil { throw WordFault("--mode takes one-at-a-time, grid or tornado, found '\(mode)'.") }
    _ = try QuestionWords.variations(vary)
    return self
  }
}
