import ArgumentParser
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

  @Argument(help: .value("file", "Table of exergy, YAML or JSON."))
  var file: String

  @Flag(help: "Print the result as JSON on standard output, nothing else there.")
  var json = false

  func run() throws {
    try Terminal.show(FileLook.exergy(file, version: Build.version), json: json, quiet: false)
  }
}
