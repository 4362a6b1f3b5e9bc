import ArgumentParser
import TulouStudies

/// `tulou shares FILE`: the share model over representative days, searched for exergy efficiency and cost.
struct SharesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shares",
    abstract: "Search the 27 shares of a town's supply for exergy efficiency and life-cycle cost.",
    discussion: """
      tulou shares town.yaml --study town
      tulou shares town.yaml --study town --set studies.town.method=genetic --seed 7

      Runs a study of kind 'shares': days with their demands, and numbers that the file may state. By 'nsga2' it finds the \
      front, by 'genetic' (the four operators of the Xizhou paper) the design of the best fitness. An interrupted search goes \
      on where it stopped when the same command is given again.
      """)

  @Argument(help: .value("file", "Project file."))
  var file: String

  @OptionGroup var study: StudyOptions

  @OptionGroup var options: CommonOptions

  func validate() throws {
    try options.refuseSizes("shares are held by 'hold' of the study")
    guard !options.exact, options.solver == StudyRequest.Solver.automatic.rawValue, options.hours == nil else {
      throw ValidationError("--exact, --solver and --hours are for plans; the share model has representative days.")
    }
  }

  func run() throws {
    try options.show(ShareModelRun(options.run(file, study: study.study, fresh: study.fresh)).go())
  }
}
