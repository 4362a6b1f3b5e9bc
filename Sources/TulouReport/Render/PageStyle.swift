/// The style sheet of every page: light and dark by the reader's choice, phone to desk, and paper.
enum PageStyle {
  static let css = String(decoding: PackageResources.page_css, as: UTF8.self)
}
