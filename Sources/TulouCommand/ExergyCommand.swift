import ArgumentParser
import Tulou
import TulouFiles
import TulouStudies

/// `tulou exergy FILE`: the exergy of amounts, components and plants that a table states.
struct ExergyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exergy",
    abstract: "Count the exergy of amounts, components and plants by a table.",
    discussion: """
      tulou exergy table.yaml

      FILE is YAML or JSON with a list 'cases'. A case is an amount ({kind: heat, heat: 100, supply: 80, return: 60, t0: 10}), \
      a component ({in: [...], out: [...]} of amounts) or a plant ({streams, components, system}). Kinds: heat, cold, hourly, \
      electricity, ambient, wind, fuel; numbers without unit in kWh (or kW), degC, kg/m3, m2, m/s. A component that gives more exergy than enters is an error. The exergy of a project is \
      counted by 'tulou plan'. The forms and formulas: Documentation/methods/exergy.md.
      """)

  @Argument(help: ArgumentHelp("Table of exergy, YAML or JSON.", valueName: "file"))
  var file: String

  @Flag(name: .long, help: "Print the result as JSON on standard output, nothing else there.")
  var json = false

  func run() throws {
    let table: ExergyTable
    do throws(ProjectFault) {
      table = try ExergyTableReader.read(path: file)
    } catch {
      throw StudyEnd(error)
    }
    let report = ExergyTableReport(table, version: Build.version)
    if json {
      Terminal.write(report.resultJSON)
    } else {
      for line in report.answer { Terminal.result(line) }
    }
  }
}
