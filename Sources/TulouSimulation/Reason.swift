/// Why a step went as it did: the facts that decided, kept for every hour.
package struct Reason: OptionSet, Sendable, Hashable {
  /// The bits.
  package let rawValue: UInt64
  /// Reasons from bits.
  package init(rawValue: UInt64) { self.rawValue = rawValue }

  /// Sources alone cover the demand.
  package static let sourcesSuffice = Reason(rawValue: 1 << 0)
  /// Surplus charges a storage.
  package static let surplusCharges = Reason(rawValue: 1 << 1)
  /// A storage takes no more: it is full.
  package static let storageFull = Reason(rawValue: 1 << 2)
  /// A storage covers demand.
  package static let storageServes = Reason(rawValue: 1 << 3)
  /// A storage can give no more: it is empty.
  package static let storageEmpty = Reason(rawValue: 1 << 4)
  /// A generator runs because demand would be unmet without it.
  package static let generatorForDemand = Reason(rawValue: 1 << 5)
  /// A generator runs because the reserve would be short without it.
  package static let generatorForReserve = Reason(rawValue: 1 << 6)
  /// A generator runs because it is the cheapest combination.
  package static let generatorCheapest = Reason(rawValue: 1 << 7)
  /// A generator runs on because its minimum run time is not over.
  package static let generatorRunsOn = Reason(rawValue: 1 << 8)
  /// A generator gives its minimum, more than is needed.
  package static let generatorAtMinimum = Reason(rawValue: 1 << 9)
  /// A running generator charges a storage.
  package static let generatorCharges = Reason(rawValue: 1 << 10)
  /// A generator runs on until the set point of the state of charge is reached.
  package static let towardsSetPoint = Reason(rawValue: 1 << 11)
  /// The grid covers demand.
  package static let gridServes = Reason(rawValue: 1 << 12)
  /// The grid is at its limit.
  package static let gridAtLimit = Reason(rawValue: 1 << 13)
  /// The grid is out.
  package static let gridOut = Reason(rawValue: 1 << 14)
  /// Surplus is sold.
  package static let surplusSold = Reason(rawValue: 1 << 15)
  /// Surplus is thrown away.
  package static let spilled = Reason(rawValue: 1 << 16)
  /// Demand is not met.
  package static let shed = Reason(rawValue: 1 << 17)
  /// Waiting demand is served from surplus.
  package static let deferrableServed = Reason(rawValue: 1 << 18)
  /// Waiting demand had to be served: its tank would have run empty.
  package static let deferrableForced = Reason(rawValue: 1 << 19)
  /// Less spare power than asked for.
  package static let reserveShort = Reason(rawValue: 1 << 20)
  /// The price is low: the grid charges a storage.
  package static let gridCharges = Reason(rawValue: 1 << 21)
  /// The price is between the thresholds: the storage is kept.
  package static let storageKept = Reason(rawValue: 1 << 22)
  /// The storage keeps the purchase under the peak asked for.
  package static let peakShaved = Reason(rawValue: 1 << 23)
  /// The plan of the coming hours says what each machine does.
  package static let planned = Reason(rawValue: 1 << 24)
  /// A storage is charged because the plan of the coming hours asks for it.
  package static let plannedCharge = Reason(rawValue: 1 << 25)
  /// Parked vehicles give back.
  package static let vehiclesServe = Reason(rawValue: 1 << 26)
  /// A lake would run over: its water passes the turbines.
  package static let lakeFull = Reason(rawValue: 1 << 27)
  /// Inverter or rectifier carries no more, so that one bus could not help the other further.
  package static let converterAtLimit = Reason(rawValue: 1 << 28)
  /// A storage takes or gives as much as its power allows.
  package static let storageAtPowerLimit = Reason(rawValue: 1 << 29)
  /// The tank at hand of a kinetic battery is empty, although the battery is not.
  package static let tankAtHandEmpty = Reason(rawValue: 1 << 30)
  /// The tank at hand of a kinetic battery is full, although the battery is not.
  package static let tankAtHandFull = Reason(rawValue: 1 << 31)
  /// Grid and machines served waiting demand: later they could not have brought all of it.
  package static let deferrableDue = Reason(rawValue: 1 << 32)

  /// Each single reason in words, in the order of the bits.
  package static let words: [(reason: Reason, words: String)] = [
    (.sourcesSuffice, "sources covered the demand"), (.surplusCharges, "surplus charged the storage"),
    (.storageFull, "the storage was full"), (.storageServes, "the storage served demand"),
    (.storageEmpty, "the storage was empty"), (.generatorForDemand, "a generator ran to meet the demand"),
    (.generatorForReserve, "a generator ran to keep the reserve"),
    (.generatorCheapest, "a generator was the cheapest way"),
    (.generatorRunsOn, "a generator ran on for its minimum run time"),
    (.generatorAtMinimum, "a generator gave its minimum load"), (.generatorCharges, "a generator charged the storage"),
    (.towardsSetPoint, "a generator ran on towards the set point"), (.gridServes, "the grid served demand"),
    (.gridAtLimit, "the grid was at its limit"), (.gridOut, "the grid was out"), (.surplusSold, "surplus was sold"),
    (.spilled, "surplus was curtailed"), (.shed, "demand was not met"),
    (.deferrableServed, "deferrable demand was served"), (.deferrableForced, "deferrable demand could wait no longer"),
    (.deferrableDue, "deferrable demand was served by grid or machines, which could not have served all of it later"),
    (.reserveShort, "the reserve was short"), (.gridCharges, "the grid charged the storage at a low price"),
    (.storageKept, "the storage was kept for more expensive hours"),
    (.peakShaved, "the storage kept the purchase under the peak"),
    (.planned, "the plan of the coming hours was followed"),
    (.plannedCharge, "the plan charged the storage for later hours"),
    (.vehiclesServe, "parked vehicles gave back"), (.lakeFull, "the full lake ran through its turbines"),
    (.converterAtLimit, "the converter between the buses could carry no more"),
    (.storageAtPowerLimit, "the storage was at its greatest power"),
    (.tankAtHandEmpty, "what the storage had at hand was used up"),
    (.tankAtHandFull, "the storage could take in no more at once"),
  ]

  /// The reasons held, in words.
  package var sentences: [String] { Self.words.filter { contains($0.reason) }.map(\.words) }
}
