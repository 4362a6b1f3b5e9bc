// The umbrella: every room of the engine but Files, under one import.
@_exported import TulouAccounts
@_exported import TulouAssembly
@_exported import TulouDemand
@_exported import TulouDispatch
@_exported import TulouEvolution
@_exported import TulouPlanning
@_exported import TulouProblem
@_exported import TulouProject
@_exported import TulouQuantities
@_exported import TulouReport
@_exported import TulouResources
@_exported import TulouShares
@_exported import TulouSharing
@_exported import TulouSolvers
@_exported import TulouStreams
@_exported import TulouTechnologies
