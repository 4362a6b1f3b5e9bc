import TulouQuantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Round numbers along an axis.
struct Ticks {
  /// First and last number drawn.
  var low: Double, high: Double
  /// Where lines are drawn.
  var places: [Double]
  /// Decimals that tell the places apart.
  var decimals: Int

  /// About `count` steps of 1, 2, 2.5 or 5 times a power of ten that hold `range`.
  init(from low: Double, to high: Double, count: Int = 5) {
    var low = low.isFinite ? low : 0
    var high = high.isFinite ? high : 1
    if high - low < max(abs(high), abs(low)) * 1e-9 || high == low {
      let room = max(abs(high) * 0.1, high == 0 ? 1 : 0)
      if low >= 0 && low - room < 0 { low = 0 } else { low -= room }
      high += room
    }
    let raw = (high - low) / Double(count)
    let power = pow(10, log10(raw).rounded(.down))
    let part = raw / power
    let step = (part <= 1 ? 1 : part <= 2 ? 2 : part <= 2.5 ? 2.5 : part <= 5 ? 5 : 10) * power
    let first = (low / step + 1e-9).rounded(.down), last = (high / step - 1e-9).rounded(.up)
    self.low = first * step
    self.high = last * step
    places = stride(from: first, through: last, by: 1).map { $0 * step == 0 ? 0 : $0 * step }
    var digits = max(0, -Int(saturating: log10(step).rounded(.down)))
    if step * NumberText.tenTo(digits) - (step * NumberText.tenTo(digits)).rounded() > 1e-6
      || (step * NumberText.tenTo(digits)).rounded() - step * NumberText.tenTo(digits) > 1e-6
    {
      digits += 1
    }
    decimals = min(digits, 8)
  }

  /// A place as printed.
  func text(_ place: Double) -> String { NumberText.fixed(place, decimals: decimals) }
}
