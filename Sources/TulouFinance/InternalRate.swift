#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A payment at an exact time.
package struct TimedAmount: Sendable, Equatable {
  /// Years from now [y].
  package var time: Double
  /// Amount [money]; received positive.
  package var amount: Double
  /// A payment.
  package init(time: Double, amount: Double) {
    self.time = time
    self.amount = amount
  }
}

/// Rate at which payments are worth zero: the root of `sum a (1 + r)^-t` that lies nearest to 0.
///
/// - Parameter payments: Received positive, paid negative.
/// - Returns: The rate [1/y] between -99 % and 1000 %, or nil where the payments do not change sign or no rate serves.
package func internalRateOfReturn(_ payments: [TimedAmount]) -> Double? {
  guard payments.contains(where: { $0.amount > 0 }), payments.contains(where: { $0.amount < 0 }) else { return nil }
  func worth(_ rate: Double) -> Double {
    let growth = log1p(rate)
    return payments.reduce(0) { $0 + $1.amount * exp(-$1.time * growth) }
  }
  // Roots are looked for on a grid that is even in log(1 + r), then closed in by halving.
  let low = log1p(-0.99), high = log1p(10.0)
  let count = 4000
  var best: Double?
  var before = (rate: expm1(low), worth: worth(expm1(low)))
  for k in 1...count {
    let rate = expm1(low + (high - low) * Double(k) / Double(count))
    let value = worth(rate)
    if before.worth == 0 || (before.worth < 0) != (value < 0) {
      var a = before.rate, b = rate
      let rising = before.worth < 0
      for _ in 0..<200 {
        let middle = (a + b) / 2
        if (worth(middle) < 0) == rising { a = middle } else { b = middle }
      }
      let root = (a + b) / 2
      if best.map({ abs(root) < abs($0) }) ?? true { best = root }
    }
    before = (rate, value)
  }
  return best
}

/// Time at which the sum of payments first reaches zero for good after having been below [y]; nil: never.
///
/// Between two payments the sum is taken to run straight.
package func payback(_ payments: [TimedAmount]) -> Double? {
  let ordered = payments.sorted { $0.time < $1.time }
  guard ordered.reduce(0, { $0 + $1.amount }) >= 0 else { return nil }
  var sum = 0.0
  var time = 0.0
  var answer: Double? = 0
  var k = 0
  while k < ordered.count {
    let now = ordered[k].time
    var amount = 0.0
    while k < ordered.count, ordered[k].time == now {
      amount += ordered[k].amount
      k += 1
    }
    let next = sum + amount
    if sum < 0, next >= 0 {
      answer = time + (now - time) * (-sum / (next - sum))
    } else if next < 0 {
      answer = nil
    }
    sum = next
    time = now
  }
  return answer
}
