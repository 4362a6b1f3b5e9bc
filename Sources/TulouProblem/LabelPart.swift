extension Label {
  /// Tells apart elements of one id and role. What the program itself asks for is declared here; names that a user gave (tiers, ports,
  /// months) and series of helper variables are made by `named`.
  package struct Part: Sendable, Hashable, CustomStringConvertible {
    /// As labels and `flows.csv` write it.
    package let name: String

    private init(_ name: String) { self.name = name }

    /// A part that no code asks for by name: a tier, a port, a month, a helper variable.
    package static func named(_ name: String) -> Part { Part(name) }

    /// The only element of its id and role.
    package static let only = Part("")
    /// The power of a storage.
    package static let power = Part("power")
    /// The content that a storage can hold.
    package static let energy = Part("energy")
    /// Purchases or sales of a market where it has no tiers in the problem.
    package static let whole = Part("0")

    /// Reserve that a bus must hold, that a store offers, or that a link lends forward.
    package static let reserve = Part("reserve")
    /// Reserve that a link lends backward.
    package static let reserveBack = Part("reserve back")
    /// Units that are on line.
    package static let online = Part("online")
    /// Units that start, and that stop.
    package static let start = Part("start"), stop = Part("stop")
    /// Links units on line with starts and stops.
    package static let starts = Part("starts")
    /// Least output of what is on line.
    package static let minimumLoad = Part("minimum_load")
    /// A machine chosen from options, and that one at most is chosen.
    package static let machine = Part("machine"), oneMachine = Part("one machine")

    /// What a source must take or throw away.
    package static let mustTake = Part("must_take")
    /// Fuel that there is in a year.
    package static let stock = Part("stock")
    /// Use that a storage's cycles allow.
    package static let cycleLife = Part("cycle_life")
    /// Hours of a year that something may run, or fail.
    package static let hours = Part("hours")
    /// Hours of storage, least and most.
    package static let hoursMin = Part("hours_min"), hoursMax = Part("hours_max")
    /// Water of a lake: its balance, what runs over, what is left at the end.
    package static let water = Part("water"), spill = Part("spill"), left = Part("left")

    /// Renewable energy that is used (M17).
    package static let use = Part("use")
    /// What stores and rings of links may lose of it.
    package static let losses = Part("losses")
    /// What stores hold of it at the end beyond their start.
    package static let filled = Part("filled")
    /// By how much a limit with a penalty is missed.
    package static let slack = Part("slack")
    /// Sales that net metering credits.
    package static let netMetering = Part("net_metering")
    /// A goal held at its best value, and at a point of a front.
    package static let best = Part("best"), front = Part("front")

    /// What is kept of a plant that may retire.
    package static func kept(_ size: Part) -> Part { size.after("kept") }
    /// What is new of a size.
    package static func new(_ size: Part) -> Part { size.after("new") }
    /// Whether a size is built.
    package static func built(_ size: Part) -> Part { size.after("built") }
    /// That what stands is kept or new.
    package static func stands(_ size: Part) -> Part { size.after("stands") }
    /// What a stage adds to a size.
    package static func added(_ size: Part) -> Part { Part("added " + size.name) }

    /// `word` before this part.
    private func after(_ word: String) -> Part { Part(name.isEmpty ? word : word + " " + name) }

    /// This part, told apart by `suffix`.
    package func followed(by suffix: String) -> Part { Part(name.isEmpty ? suffix : name + " " + suffix) }

    /// Its name.
    package var description: String { name }
  }

  /// The name of a size: `id` or `id.part`, as results and `--sizes` write it.
  public var sizeName: String { part == .only ? id : id + "." + part.name }
}
