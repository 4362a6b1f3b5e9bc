import Tulou
import TulouCases

/// What each paper's tables come to, by its name.
enum PaperArithmetic {
  static func values(_ name: String) throws -> (PublishedCase) -> [String: ComputedValue] {
    switch name {
    case "shenzhen": return ShenzhenArithmetic.values
    case "clusters": return ClustersReproduction.values
    case "xizhou": return XizhouArithmetic.values
    default:
      let input = try YanqingReproduction.input()
      return { YanqingArithmetic.values(of: $0, input) }
    }
  }

  static func roundings(_ paper: PublishedCase) throws -> [String: Double] {
    paper.name == "xizhou" ? XizhouReproduction.roundings(paper) : paper.roundings(of: try values(paper.name))
  }
}
