import TulouQuantities

/// A run of colours for maps, even to the eye and readable without colour vision.
///
/// - Source: anchors of "cividis", Nuñez, Anderton, Renslow 2018, PLoS ONE 13(7) e0199239.
enum Ramp {
  /// Anchors from low to high, evenly spaced.
  static let anchors: [Colour] = [
    Colour(0x00224E), Colour(0x123570), Colour(0x3B496C), Colour(0x575D6D), Colour(0x707173), Colour(0x8A8678),
    Colour(0xA59C74), Colour(0xC3B369), Colour(0xE1CC55), Colour(0xFEE838),
  ]

  /// The colour at a share 0...1.
  static func colour(_ share: Double) -> Colour {
    let place = max(0, min(1, share.isFinite ? share : 0)) * Double(anchors.count - 1)
    let index = min(anchors.count - 2, Int(saturating: place))
    let part = place - Double(index)
    let a = anchors[index], b = anchors[index + 1]
    func mixed(_ x: Int, _ y: Int) -> Int { Int(saturating: (Double(x) + (Double(y) - Double(x)) * part).rounded()) }
    var result = a
    result.red = mixed(a.red, b.red)
    result.green = mixed(a.green, b.green)
    result.blue = mixed(a.blue, b.blue)
    return result
  }
}
