import Foundation

/// The variables of a netCDF file, classic or of version 4, as numbers and texts.
struct NetcdfFile {
  /// A variable: its lengths, and either texts or numbers in the order of the file.
  struct Variable {
    var name: String
    var lengths: [Int]
    var texts: [String]?
    var numbers: [Double] = []
    /// Whether numbers are whole, and whether they are yes and no.
    var isWhole = false, isFlag = false
    /// What times count, e.g. `hours since 2025-03-10 00:00:00`; empty: these are no times.
    var units = ""
  }

  /// A file that cannot be read.
  struct Fault: Error { var message: String }

  private(set) var variables: [Variable] = []
  /// Texts of the whole file, by name.
  private(set) var attributes: [String: String] = [:]

  /// Reads a file; values beyond `most` are refused.
  init(path: String, library: NetcdfLibrary, texts names: [String], most: Int = 50_000_000) throws(Fault) {
    var file: Int32 = 0
    try check(library.open(path, 0, &file), library)
    defer { _ = library.close(file) }
    var count: Int32 = 0
    try check(library.countVariables(file, &count), library)
    let reading = Reading(library: library, file: file)
    for name in names { attributes[name] = reading.attribute(-1, name) }
    var left = most
    for id in 0..<count {
      let one = try reading.variable(id, most: left)
      left -= max(one.numbers.count, one.texts?.count ?? 0)
      variables.append(one)
    }
  }

  private func check(_ code: Int32, _ library: NetcdfLibrary) throws(Fault) {
    guard code == 0 else { throw Fault(message: String(cString: library.words(code))) }
  }
}

/// The calls behind one open file.
private struct Reading {
  let library: NetcdfLibrary
  let file: Int32

  private enum Kind {
    static let byte: Int32 = 1, character: Int32 = 2, float: Int32 = 5, double: Int32 = 6, text: Int32 = 12
    /// Types of version 4 that a program makes up itself.
    static let own: Int32 = 13
  }

  private func check(_ code: Int32) throws(NetcdfFile.Fault) {
    guard code == 0 else { throw NetcdfFile.Fault(message: String(cString: library.words(code))) }
  }

  func variable(_ id: Int32, most: Int) throws(NetcdfFile.Fault) -> NetcdfFile.Variable {
    var name = [CChar](repeating: 0, count: 257), kind: Int32 = 0, dimensions: Int32 = 0
    try check(library.variable(file, id, &name, &kind, &dimensions, nil, nil))
    var ids = [Int32](repeating: 0, count: Int(max(1, dimensions)))
    try check(library.variable(file, id, nil, nil, nil, &ids, nil))
    var lengths: [Int] = [], count = 1
    for one in ids.prefix(Int(dimensions)) {
      var length = 0
      try check(library.dimensionLength(file, one, &length))
      lengths.append(length)
      let (product, isOver) = count.multipliedReportingOverflow(by: length)
      guard !isOver, product >= 0, product <= most else {
        throw NetcdfFile.Fault(message: "it holds more than \(most) values")
      }
      count = product
    }
    let text = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    var one = NetcdfFile.Variable(name: text, lengths: lengths)
    one.units = attribute(id, "units") ?? ""
    one.isFlag = attribute(id, "dtype") == "bool"
    one.isWhole = kind != Kind.float && kind != Kind.double
    switch kind {
    case Kind.text: one.texts = count == 0 ? [] : try texts(id, count)
    case Kind.character:
      // Classic files hold texts as letters along a last dimension.
      let width = max(1, lengths.last ?? 1)
      var letters = [CChar](repeating: 0, count: max(1, count))
      if count > 0 { try check(library.characters(file, id, &letters)) }
      one.texts = stride(from: 0, to: count, by: width).map { begin in
        let bytes = letters[begin..<min(begin + width, count)].prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
        return String(decoding: bytes, as: UTF8.self)
      }
      one.lengths = Array(lengths.dropLast())
    case Kind.own...: break
    default:
      one.numbers = [Double](repeating: 0, count: count)
      if count > 0 { try check(library.doubles(file, id, &one.numbers)) }
    }
    return one
  }

  private func texts(_ id: Int32, _ count: Int) throws(NetcdfFile.Fault) -> [String] {
    var pointers = [UnsafeMutablePointer<CChar>?](repeating: nil, count: count)
    try check(library.texts(file, id, &pointers))
    defer { _ = library.freeTexts(count, &pointers) }
    return pointers.map { $0.map { String(cString: $0) } ?? "" }
  }

  /// The text of an attribute; nil where there is none, or it is a number.
  func attribute(_ variable: Int32, _ name: String) -> String? {
    var kind: Int32 = 0, length = 0
    guard library.attribute(file, variable, name, &kind, &length) == 0, length > 0, length < 1 << 20 else { return nil }
    if kind == Kind.character {
      var letters = [CChar](repeating: 0, count: length)
      guard library.attributeCharacters(file, variable, name, &letters) == 0 else { return nil }
      return String(decoding: letters.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
    guard kind == Kind.text, length == 1 else { return nil }
    var pointer: [UnsafeMutablePointer<CChar>?] = [nil]
    guard library.attributeTexts(file, variable, name, &pointer) == 0 else { return nil }
    defer { _ = library.freeTexts(1, &pointer) }
    return pointer[0].map { String(cString: $0) }
  }
}
