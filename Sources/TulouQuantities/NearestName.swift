/// The name nearest to a mistyped one by edit distance, or nil where none is near.
///
/// Transpositions count one (optimal string alignment). `within` defaults to a third of the length, at least one.
/// Ties go to the name that stands first.
package func nearestName(to text: String, among names: some Collection<String>, within limit: Int? = nil) -> String? {
  let wanted = Array(text.lowercased().unicodeScalars.prefix(64))
  let allowed = limit ?? max(1, min(3, wanted.count / 3))
  var best: (name: String, distance: Int)?
  for name in names {
    let known = Array(name.lowercased().unicodeScalars)
    guard abs(known.count - wanted.count) <= allowed else { continue }
    let distance = editDistance(wanted, known)
    if distance <= allowed, distance < best?.distance ?? Int.max { best = (name, distance) }
  }
  if let best { return best.name }
  // The beginning of exactly one name is near, too.
  let start = text.lowercased()
  guard start.count >= 3 else { return nil }
  let longer = names.filter { $0.lowercased().hasPrefix(start) }
  return longer.count == 1 ? longer[0] : nil
}

private func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
  if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
  var before = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  var row = last
  for i in 1...a.count {
    row[0] = i
    for j in 1...b.count {
      let cost = a[i - 1] == b[j - 1] ? 0 : 1
      row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { row[j] = min(row[j], before[j - 2] + 1) }
    }
    before = last
    last = row
  }
  return last[b.count]
}
