import ArgumentParser
import TulouStudies

extension ArgumentHelp {
  /// Help of an option or argument, with the name of its value.
  static func value(_ name: String, _ text: String) -> ArgumentHelp { ArgumentHelp(text, valueName: name) }
}

/// What words of the command mean; what is wrong with them is a usage error.
func read<Meaning>(_ words: @autoclosure () throws -> Meaning) throws -> Meaning {
  do { return try words() } catch let fault as WordFault { throw ValidationError(fault.message) }
}
