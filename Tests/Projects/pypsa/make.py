"""The network hill-farm, once as CSV files and once as netCDF: `python3 make.py .` with PyPSA 1.4. All numbers made up."""
import sys, pandas as pd, numpy as np, pypsa
out=sys.argv[1]
n=pypsa.Network(name="hill farm")
ix=pd.date_range("2026-05-04",periods=24,freq="h"); n.set_snapshots(ix)
n.snapshot_weightings=pd.DataFrame(365*np.ones((24,3)),n.snapshots,["objective","stores","generators"]); n.snapshot_weightings["stores"]=1.0
n.add("Carrier",["AC","heat","solar"]); n.add("Carrier","gas",co2_emissions=0.2)
n.add("Bus","farm",carrier="AC",v_nom=0.4); n.add("Bus","warm",carrier="heat"); n.add("Bus","gas",carrier="gas")
h=np.arange(24)
n.add("Load","cows",bus="farm",p_set=np.round(12+6*np.sin((h-7)/24*6.283),3)); n.add("Load","barn",bus="warm",p_set=5.0)
n.add("Generator","roof",bus="farm",carrier="solar",p_nom_extendable=True,p_nom_max=60,capital_cost=70.0,p_max_pu=np.round(np.maximum(0,np.sin((h-6)/12*3.1416)),4))
n.add("Generator","tank",bus="gas",carrier="gas",p_nom=200,marginal_cost=0.08,ramp_limit_up=0.4)
n.add("Generator","grid",bus="farm",carrier="AC",p_nom=80,marginal_cost=np.round(0.2+0.05*(h>16),3))
n.add("StorageUnit","cells",bus="farm",p_nom_extendable=True,max_hours=3,capital_cost=30.0,efficiency_store=0.95,efficiency_dispatch=0.95,cyclic_state_of_charge=True)
n.add("Link","boiler",bus0="gas",bus1="warm",efficiency=0.9,p_nom_extendable=True,capital_cost=12.0)
n.add("Link","pump",bus0="farm",bus1="warm",efficiency=np.round(3+0.5*np.sin(h/24*6.283),3),p_nom=4)
n.add("GlobalConstraint","cap",sense="<=",constant=9000.0)
n.export_to_csv_folder(out+"/hill-farm"); n.export_to_netcdf(out+"/hill-farm.nc")
