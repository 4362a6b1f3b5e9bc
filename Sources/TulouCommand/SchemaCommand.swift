import ArgumentParser
import Tulou

/// `tulou schema`: the JSON Schema of the project file, or its reference as Markdown.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of the project file, for editors and validators.")

  @Flag(help: "Print the reference of every key as Markdown instead.")
  var reference = false

  func run() { Terminal.result(reference ? Format.referenceMarkdown() : Format.schemaJSON()) }
}
