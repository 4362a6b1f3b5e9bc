extension String {
  /// The text within a sentence: `Cost per year` as `cost per year`, `CO₂` as it is.
  var inSentence: String {
    guard let second = dropFirst().first, second.isLowercase else { return self }
    return prefix(1).lowercased() + dropFirst()
  }
}

extension Page.Content {
  /// Charts side by side, two a row; a lone one takes the whole width.
  static func pairs(_ charts: [Chart]) -> [Page.Content] {
    stride(from: 0, to: charts.count, by: 2).map { i in
      var left = charts[i]
      guard i + 1 < charts.count else {
        left.width = .full
        return .chart(left)
      }
      var right = charts[i + 1]
      left.width = .half
      right.width = .half
      return .pair(.chart(left), .chart(right))
    }
  }
}
