/// Sum of a series; named so that the compiler need not guess types within an expectation.
func total(_ values: [Double]) -> Double { values.reduce(0, +) }

/// Distance of two numbers.
func distance(_ a: Double, _ b: Double) -> Double { abs(a - b) }

/// Distance of two numbers, as a share of the second.
func relative(_ a: Double, to b: Double) -> Double { abs(a / b - 1) }
