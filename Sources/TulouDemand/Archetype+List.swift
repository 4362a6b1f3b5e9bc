extension Archetype {
  /// Source of the shapes taken from the reference buildings.
  private static let reference =
    "mean days of the US DOE commercial reference building (Deru et al. 2011, NREL/TP-5500-46861), Miami, as distributed with REopt.jl, rounded; monthly levels approximate"
  private static let assumed = "approximate: our assumption, to be replaced by a meter reading"
  private static let hotSummer = [0.85, 0.85, 0.90, 0.95, 1.05, 1.15, 1.25, 1.25, 1.10, 0.95, 0.85, 0.85]
  private static let twoPeaks = [1.10, 1.05, 0.95, 0.90, 0.92, 1.02, 1.14, 1.14, 0.98, 0.90, 0.92, 1.00]
  private static let flatDay = [Double](repeating: 1, count: 24)

  /// All archetypes, by name.
  package static let all: [Archetype] = [
    Archetype(
      name: "constant", title: "the same every hour", workday: flatDay, dayVariability: 0, stepVariability: 0,
      source: "definition"),
    Archetype(
      name: "village", title: "village: dwellings, small shops, lighting, water pumps",
      workday: [
        0.45, 0.40, 0.38, 0.38, 0.42, 0.60, 0.95, 1.05, 0.90, 0.80, 0.85, 1.10, 1.20, 0.95, 0.85, 0.85, 0.95, 1.20,
        1.65, 2.00, 2.05, 1.75, 1.15, 0.70,
      ], holidayFactor: 1.2, months: [1.15, 1.20, 0.95, 0.88, 0.90, 1.00, 1.15, 1.15, 0.97, 0.90, 0.88, 0.97],
      dayVariability: 0.10, stepVariability: 0.08, source: assumed),
    Archetype(
      name: "dwelling", title: "dwelling",
      workday: [
        0.62, 0.50, 0.45, 0.43, 0.45, 0.60, 0.95, 1.10, 0.90, 0.80, 0.85, 1.00, 1.08, 0.95, 0.88, 0.90, 1.00, 1.25,
        1.60,
        1.85, 1.90, 1.75, 1.35, 0.85,
      ],
      weekend: [
        0.68, 0.55, 0.48, 0.45, 0.45, 0.50, 0.70, 0.95, 1.10, 1.15, 1.20, 1.30, 1.30, 1.15, 1.05, 1.05, 1.12, 1.30,
        1.60,
        1.80, 1.85, 1.70, 1.35, 0.90,
      ], holidayFactor: 1.05, months: twoPeaks, dayVariability: 0.12, stepVariability: 0.15,
      source: "evening-peaked form of the BDEW profile H0, monthly levels of southern China approximate"),
    Archetype(
      name: "school", title: "school",
      workday: [
        0.25, 0.24, 0.23, 0.23, 0.23, 0.60, 0.92, 1.28, 1.45, 1.56, 1.64, 1.68, 1.70, 1.71, 1.71, 1.69, 1.56, 1.37,
        1.32,
        1.26, 0.57, 0.27, 0.26, 0.25,
      ],
      weekend: [
        0.24, 0.23, 0.23, 0.23, 0.23, 0.22, 0.23, 0.26, 0.33, 0.39, 0.41, 0.44, 0.44, 0.45, 0.45, 0.45, 0.43, 0.40,
        0.36,
        0.34, 0.31, 0.29, 0.28, 0.27,
      ], months: [0.70, 0.60, 1.05, 1.05, 1.10, 1.15, 0.70, 0.55, 1.20, 1.10, 1.05, 1.05], dayVariability: 0.06,
      stepVariability: 0.06, source: reference + " (secondary school)"),
    Archetype(
      name: "hotel", title: "hotel",
      workday: [
        0.74, 0.70, 0.67, 0.68, 0.74, 0.96, 1.16, 1.13, 1.08, 0.98, 0.95, 0.96, 0.95, 0.94, 0.94, 0.98, 1.05, 1.21,
        1.34,
        1.43, 1.41, 1.23, 0.98, 0.81,
      ],
      weekend: [
        0.77, 0.72, 0.69, 0.70, 0.72, 0.88, 1.02, 1.16, 1.16, 1.04, 0.99, 0.99, 0.97, 0.96, 0.96, 1.00, 1.04, 1.22,
        1.34,
        1.40, 1.37, 1.24, 1.01, 0.83,
      ], holidayFactor: 1.3, months: hotSummer, dayVariability: 0.08, stepVariability: 0.06,
      source: reference + " (large hotel)"),
    Archetype(
      name: "office", title: "office, research, administration",
      workday: [
        0.34, 0.32, 0.32, 0.32, 0.38, 0.65, 0.85, 1.32, 1.55, 1.53, 1.53, 1.50, 1.52, 1.55, 1.55, 1.58, 1.48, 1.25,
        1.16,
        1.04, 0.96, 0.58, 0.37, 0.34,
      ],
      weekend: [
        0.26, 0.25, 0.25, 0.26, 0.27, 0.47, 0.56, 0.70, 0.76, 0.75, 0.75, 0.75, 0.76, 0.65, 0.60, 0.63, 0.62, 0.51,
        0.41,
        0.40, 0.37, 0.33, 0.30, 0.27,
      ], holidayFactor: 0.75, months: hotSummer, dayVariability: 0.05, stepVariability: 0.05,
      source: reference + " (large office)"),
    Archetype(
      name: "commerce", title: "shops",
      workday: [
        0.21, 0.21, 0.21, 0.21, 0.21, 0.51, 0.62, 0.89, 1.35, 1.60, 1.69, 1.74, 1.77, 1.79, 1.81, 1.80, 1.78, 1.53,
        1.38,
        1.31, 0.69, 0.28, 0.21, 0.21,
      ],
      weekend: [
        0.20, 0.20, 0.20, 0.20, 0.20, 0.33, 0.35, 0.66, 0.96, 1.22, 1.33, 1.47, 1.56, 1.58, 1.59, 1.59, 1.49, 1.24,
        0.84,
        0.73, 0.40, 0.23, 0.20, 0.20,
      ], holidayFactor: 1.15, months: hotSummer, dayVariability: 0.05, stepVariability: 0.06,
      source: reference + " (stand-alone retail)"),
    Archetype(
      name: "hospital", title: "hospital",
      workday: [
        0.69, 0.69, 0.69, 0.76, 0.80, 0.96, 1.11, 1.18, 1.22, 1.24, 1.25, 1.24, 1.25, 1.26, 1.27, 1.27, 1.27, 1.06,
        0.96,
        0.88, 0.81, 0.74, 0.70, 0.70,
      ],
      weekend: [
        0.68, 0.68, 0.68, 0.70, 0.71, 0.76, 0.82, 0.86, 0.91, 0.94, 0.94, 0.94, 0.93, 0.93, 0.90, 0.88, 0.85, 0.81,
        0.79,
        0.75, 0.73, 0.71, 0.70, 0.69,
      ], months: hotSummer, dayVariability: 0.04, stepVariability: 0.04, source: reference + " (hospital)"),
    Archetype(
      name: "warehouse", title: "warehouse",
      workday: [
        0.56, 0.56, 0.56, 0.56, 0.56, 0.63, 0.82, 1.17, 1.55, 1.70, 1.75, 1.68, 1.74, 1.82, 1.82, 1.80, 0.98, 0.42,
        0.46,
        0.58, 0.57, 0.57, 0.56, 0.56,
      ],
      weekend: [
        0.56, 0.56, 0.56, 0.56, 0.56, 0.51, 0.36, 0.28, 0.37, 0.46, 0.51, 0.43, 0.40, 0.41, 0.41, 0.31, 0.26, 0.30,
        0.43,
        0.57, 0.56, 0.56, 0.56, 0.56,
      ], dayVariability: 0.05, stepVariability: 0.08, source: reference + " (warehouse)"),
    Archetype(
      name: "workshop", title: "workshop or industry, by shifts", workday: ShiftPattern.oneShift.shape(base: 0.15),
      weekend: ShiftPattern.oneShift.shape(base: 0.15), holidayFactor: 0.35, dayVariability: 0.06,
      stepVariability: 0.08,
      worksInShifts: true, source: assumed + "; standby 15 % of full work"),
    Archetype(
      name: "food-drying", title: "drying of food or timber, by shifts",
      workday: ShiftPattern.oneShift.shape(base: 0.05),
      weekend: ShiftPattern.oneShift.shape(base: 0.05), holidayFactor: 0.35,
      months: [0.80, 0.70, 0.85, 0.95, 1.00, 1.00, 1.05, 1.10, 1.25, 1.30, 1.10, 0.90], dayVariability: 0.10,
      stepVariability: 0.08, worksInShifts: true, source: assumed),
    Archetype(
      name: "cold-store", title: "cold store",
      workday: [
        0.90, 0.88, 0.86, 0.85, 0.85, 0.88, 0.95, 1.02, 1.06, 1.08, 1.10, 1.12, 1.14, 1.15, 1.15, 1.13, 1.10, 1.06,
        1.00,
        0.98, 0.96, 0.94, 0.92, 0.92,
      ], months: [0.75, 0.77, 0.88, 1.00, 1.10, 1.18, 1.25, 1.25, 1.15, 1.00, 0.87, 0.80], dayVariability: 0.05,
      stepVariability: 0.08, source: assumed),
    Archetype(
      name: "dairy-farm", title: "dairy or cattle farm: milking, cooling, feeding, manure pumps",
      workday: [
        0.55, 0.50, 0.50, 0.70, 1.40, 2.00, 1.95, 1.50, 1.00, 0.85, 0.80, 0.80, 0.80, 0.80, 0.90, 1.30, 1.80, 1.90,
        1.40,
        0.95, 0.75, 0.65, 0.60, 0.55,
      ], months: [0.90, 0.92, 0.95, 0.98, 1.03, 1.08, 1.12, 1.12, 1.05, 0.98, 0.94, 0.93], dayVariability: 0.05,
      stepVariability: 0.10, source: "two milkings a day as in the BDEW profile L1 (dairy farms); numbers approximate"),
    Archetype(
      name: "hot-water", title: "domestic hot water",
      workday: [
        0.25, 0.15, 0.10, 0.10, 0.20, 0.70, 1.50, 1.75, 1.45, 1.10, 0.90, 0.85, 0.90, 0.75, 0.65, 0.65, 0.80, 1.15,
        1.60,
        2.00, 2.20, 1.95, 1.30, 0.65,
      ], holidayFactor: 1.1, months: [1.22, 1.20, 1.13, 1.03, 0.93, 0.84, 0.76, 0.76, 0.84, 0.96, 1.10, 1.20],
      dayVariability: 0.10, stepVariability: 0.15,
      source:
        "two-peaked day as in Jordan and Vajen 2001 (IEA SHC Task 26); monthly levels by cold-water temperature, approximate"
    ),
    Archetype(
      name: "space-heat", title: "space heat by outdoor temperature",
      workday: [
        0.85, 0.82, 0.80, 0.82, 0.90, 1.10, 1.25, 1.25, 1.15, 1.05, 1.00, 0.95, 0.92, 0.90, 0.90, 0.92, 0.98, 1.05,
        1.12,
        1.15, 1.12, 1.08, 1.00, 0.92,
      ], driver: .heating(baseCelsius: 16), dayVariability: 0.05, stepVariability: 0.05,
      source: "degree-hours below 16 degC; daily course approximate"),
    Archetype(
      name: "cooling", title: "cooling by outdoor temperature",
      workday: [
        0.80, 0.75, 0.70, 0.68, 0.68, 0.70, 0.78, 0.90, 1.00, 1.05, 1.10, 1.15, 1.18, 1.20, 1.20, 1.18, 1.15, 1.12,
        1.12,
        1.15, 1.12, 1.05, 0.95, 0.88,
      ], driver: .cooling(baseCelsius: 22), dayVariability: 0.05, stepVariability: 0.05,
      source: "degree-hours above 22 degC; daily course approximate"),
    Archetype(
      name: "desalination", title: "desalination plant", workday: flatDay,
      months: [0.92, 0.92, 0.95, 0.98, 1.00, 1.05, 1.12, 1.12, 1.05, 1.00, 0.96, 0.93], dayVariability: 0.03,
      stepVariability: 0.02, source: assumed),
    Archetype(
      name: "port", title: "port: cranes, reefers, shore power",
      workday: [
        0.80, 0.78, 0.76, 0.75, 0.76, 0.82, 0.92, 1.05, 1.15, 1.18, 1.18, 1.05, 1.05, 1.15, 1.18, 1.18, 1.15, 1.08,
        1.05,
        1.02, 1.00, 0.96, 0.90, 0.85,
      ], holidayFactor: 0.8, months: hotSummer, dayVariability: 0.10, stepVariability: 0.12, source: assumed),
    Archetype(
      name: "lighting", title: "street lighting",
      workday: [
        1.5, 1.5, 1.5, 1.5, 1.5, 1.2, 0.2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.6, 1.8, 2.4, 2.4, 2.4, 2.4, 2.0,
      ], months: [1.15, 1.10, 1.03, 0.95, 0.90, 0.86, 0.88, 0.93, 1.00, 1.07, 1.13, 1.17], dayVariability: 0.01,
      stepVariability: 0.01, source: assumed),
    Archetype(
      name: "irrigation", title: "irrigation and drainage pumps",
      workday: [
        0.6, 0.6, 0.6, 0.6, 0.8, 1.4, 1.8, 1.8, 1.6, 1.3, 1.0, 0.8, 0.7, 0.7, 0.8, 1.0, 1.3, 1.5, 1.4, 1.0, 0.8, 0.7,
        0.6,
        0.6,
      ], months: [0.3, 0.4, 0.9, 1.4, 1.6, 1.3, 1.5, 1.6, 1.2, 0.8, 0.6, 0.4], dayVariability: 0.20,
      stepVariability: 0.10, source: assumed),
  ]
}
