/// Where sun, air and wind of a place are to be had, in words.
enum DataSources {
  /// In a few words, for a comment of the file.
  static let short = "PVGIS, NSRDB, or an EPW file of climate.onebuilding.org"

  /// Said before the months are asked for.
  static let long = [
    "No measured months are at hand within 150 km, and none are made up. Twelve means, or better a whole year, are free at",
    "  PVGIS (re.jrc.ec.europa.eu/pvg_tools: Europe, Africa, most of Asia and America; monthly data, or a typical year as CSV),",
    "  NSRDB (nsrdb.nrel.gov: America, Asia, Africa; CSV of a year),",
    "  climate.onebuilding.org and energyplus.net/weather (EPW files of stations all over the world).",
    "A file goes into 'resources' as 'weather: {file: station.epw}'. Enter leaves them out for now: no panels then.",
  ]
}
