import TulouQuantities
package import TulouTechnologies

/// Colours that colour-blind readers tell apart, each with a fixed meaning through the whole report.
///
/// - Source: Okabe and Ito 2008, "Color Universal Design"; the greys are ours.
package struct Colour: Sendable, Hashable {
  /// Parts from 0 to 255.
  package var red: Int, green: Int, blue: Int

  /// A colour written `0xE69F00`.
  package init(_ code: Int) {
    red = code >> 16 & 255
    green = code >> 8 & 255
    blue = code & 255
  }

  private init(_ red: Int, _ green: Int, _ blue: Int) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// Sun.
  package static let sun = Colour(0xE69F00)
  /// Wind.
  package static let wind = Colour(0x56B4E9)
  /// Own biomass.
  package static let biomass = Colour(0x009E73)
  /// Water.
  package static let water = Colour(0x0072B2)
  /// Heat.
  package static let heat = Colour(0xD55E00)
  /// Storage.
  package static let storage = Colour(0xCC79A7)
  /// Geothermal, ambient and other own sources.
  package static let other = Colour(0xC9B800)
  /// Bought outside.
  package static let outside = Colour(0x7A7A7A)
  /// Machines that burn fuel from outside.
  package static let fuel = Colour(0x4D4D4D)
  /// What people use.
  package static let demand = Colour(0x3B6FB6)
  /// Cold.
  package static let cold = Colour(0x7FC8C2)
  /// Lost, spilled, curtailed.
  package static let lost = Colour(0xBDBDBD)
  /// Not served.
  package static let unserved = Colour(0xA50026)

  /// `#e69f00`.
  package var hex: String {
    let digits = Array("0123456789abcdef")
    return [red, green, blue].reduce(into: "#") { text, part in
      text.append(digits[part >> 4])
      text.append(digits[part & 15])
    }
  }

  /// The colour mixed with white (share above 0) or black (below 0).
  package func shaded(_ share: Double) -> Colour {
    let target = share > 0 ? 255.0 : 0.0
    func mixed(_ part: Int) -> Int {
      Int(saturating: (Double(part) + (target - Double(part)) * min(abs(share), 0.9)).rounded())
    }
    return Colour(mixed(red), mixed(green), mixed(blue))
  }

  /// Black or white, whichever reads better on it.
  package var ink: Colour {
    let luminance = 0.299 * Double(red) + 0.587 * Double(green) + 0.114 * Double(blue)
    return luminance > 140 ? Colour(0x1A1A1A) : Colour(0xFFFFFF)
  }

  /// The colour of an energy class, that of the nearest class that it belongs to.
  package static func of(energyClass: EnergyClass) -> Colour { energyClass.value(in: ofClass) ?? other.shaded(0.25) }

  private static let ofClass: [EnergyClass: Colour] = [
    .wind: wind, .biomass: biomass, .sunAndWater: sun, .hydro: water, .tidal: other.shaded(0.25),
    .wasteHeat: other.shaded(0.25), .outside: outside, .ambient: other,
  ]

  /// Shades that tell the `index`-th of several things of one meaning apart.
  package func variant(_ index: Int) -> Colour {
    let shades = [0, 0.35, -0.25, 0.6, -0.45, 0.2, -0.12, 0.48]
    return shaded(shades[index % shades.count])
  }

  /// A colour for the `index`-th of things without a meaning of their own.
  package static func plain(_ index: Int) -> Colour {
    let ring = [water, sun, biomass, heat, storage, wind, other, fuel]
    return ring[index % ring.count].variant(index / ring.count)
  }
}
