/// Decompression of DEFLATE streams (RFC 1951), the one method that workbooks are packed with.
enum Inflate {
  private struct Damaged: Error {}

  /// Code lengths as a table of canonical Huffman codes.
  private struct Codes {
    var counts = [Int](repeating: 0, count: 16)
    var symbols: [Int] = []

    init(_ lengths: ArraySlice<Int>) {
      for length in lengths { counts[length] += 1 }
      counts[0] = 0
      var offsets = [Int](repeating: 0, count: 16)
      for i in 1..<15 { offsets[i + 1] = offsets[i] + counts[i] }
      symbols = [Int](repeating: 0, count: lengths.count)
      for (symbol, length) in lengths.enumerated() where length != 0 {
        symbols[offsets[length]] = symbol
        offsets[length] += 1
      }
    }
  }

  private static let lengthBase = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
  ]
  private static let lengthBits = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distanceBase = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
    8193, 12_289, 16_385, 24_577,
  ]
  private static let distanceBits = [
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
  ]
  private static let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
  private static let fixed = (
    Codes(
      ([Int](repeating: 8, count: 144) + [Int](repeating: 9, count: 112) + [Int](repeating: 7, count: 24)
        + [Int](repeating: 8, count: 8))[...]),
    Codes([Int](repeating: 5, count: 30)[...])
  )

  /// The bytes that were packed; nil where the stream is damaged or holds more than `most`.
  static func bytes(_ packed: ArraySlice<UInt8>, most: Int) -> [UInt8]? {
    var state = State(packed: packed, at: packed.startIndex, most: most)
    do {
      while try state.block() {}
      return state.out
    } catch {
      return nil
    }
  }

  private struct State {
    let packed: ArraySlice<UInt8>
    var at: Int
    let most: Int
    var out: [UInt8] = []
    var hold = 0, held = 0

    init(packed: ArraySlice<UInt8>, at: Int, most: Int) {
      self.packed = packed
      self.at = at
      self.most = most
    }

    mutating func bits(_ n: Int) throws -> Int {
      while held < n {
        guard at < packed.endIndex else { throw Damaged() }
        hold |= Int(packed[at]) << held
        at += 1
        held += 8
      }
      let value = hold & ((1 << n) - 1)
      hold >>= n
      held -= n
      return value
    }

    mutating func symbol(_ codes: Codes) throws -> Int {
      var code = 0, first = 0, index = 0
      for length in 1...15 {
        code |= try bits(1)
        let count = codes.counts[length]
        if code - count < first {
          let place = index + code - first
          guard place >= 0, place < codes.symbols.count else { throw Damaged() }
          return codes.symbols[place]
        }
        index += count
        first = (first + count) << 1
        code <<= 1
      }
      throw Damaged()
    }

    /// Whether more blocks follow.
    mutating func block() throws -> Bool {
      let isLast = try bits(1) == 1
      switch try bits(2) {
      case 0:
        hold = 0
        held = 0
        guard at + 4 <= packed.endIndex else { throw Damaged() }
        let count = Int(packed[at]) | Int(packed[at + 1]) << 8
        at += 4
        guard at + count <= packed.endIndex, out.count + count <= most else { throw Damaged() }
        out += packed[at..<(at + count)]
        at += count
      case 1: try codes(Inflate.fixed.0, Inflate.fixed.1)
      case 2:
        let literals = try bits(5) + 257, distances = try bits(5) + 1, lengths = try bits(4) + 4
        var sizes = [Int](repeating: 0, count: 19)
        for i in 0..<lengths { sizes[Inflate.order[i]] = try bits(3) }
        let table = Codes(sizes[...])
        var all: [Int] = []
        while all.count < literals + distances {
          let symbol = try symbol(table)
          switch symbol {
          case 0..<16: all.append(symbol)
          case 16:
            guard let last = all.last else { throw Damaged() }
            all += [Int](repeating: last, count: 3 + (try bits(2)))
          case 17: all += [Int](repeating: 0, count: 3 + (try bits(3)))
          default: all += [Int](repeating: 0, count: 11 + (try bits(7)))
          }
        }
        guard all.count == literals + distances else { throw Damaged() }
        try codes(Codes(all[..<literals]), Codes(Array(all[literals...])[...]))
      default: throw Damaged()
      }
      return !isLast
    }

    mutating func codes(_ literals: Codes, _ distances: Codes) throws {
      while true {
        let symbol = try symbol(literals)
        if symbol < 256 {
          guard out.count < most else { throw Damaged() }
          out.append(UInt8(symbol))
        } else if symbol == 256 {
          return
        } else {
          guard symbol - 257 < 29 else { throw Damaged() }
          let length = Inflate.lengthBase[symbol - 257] + (try bits(Inflate.lengthBits[symbol - 257]))
          let code = try self.symbol(distances)
          guard code < 30 else { throw Damaged() }
          let distance = Inflate.distanceBase[code] + (try bits(Inflate.distanceBits[code]))
          guard distance <= out.count, out.count + length <= most else { throw Damaged() }
          for _ in 0..<length { out.append(out[out.count - distance]) }
        }
      }
    }
  }
}
