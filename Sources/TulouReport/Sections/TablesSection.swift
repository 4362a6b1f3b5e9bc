extension PlanReport {
  /// Every table with its numbers, folded; the same in full precision under `tables/`.
  func tablesSection() -> Page.Section {
    let tables = dataTables().filter { !["assumptions", "warnings", "summary", "cashflow"].contains($0.name) }
    guard !tables.isEmpty else { return Page.Section(id: "tables", title: "All tables", []) }
    return Page.Section(
      id: "tables", title: "All tables",
      [.text("Full precision is in tables.json and in tables/*.csv.")]
        + tables.map { .folded($0.title, [.table($0.table)]) })
  }
}
