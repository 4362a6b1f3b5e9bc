"""Why the plane irradiance of SAM's PVWatts lies below ours: the numbers of SystemAdvisorTests.swift.

Run in a virtual environment with NREL-PySAM 7.1.1 (pip install nrel-pysam==7.1.1.post1 numpy) as
    python Scripts/reference/system-advisor.py FOLDER_OF_EPW_FILES
and copy the printed rows. Each station stands at its rounded latitude, facing south.

SAM counts fixed open racks as rows with a ground cover of 0.4 that shade each other's sky and ground; a roof has no
neighbours. Its EPW reader takes the minute column as the moment of the row; it is 0 in these files, so the sun is
that of the START of each hour. Ground light is reflected from beam cos z + diffuse, not from the file's global.
"""

import sys
from pathlib import Path

import PySAM.Pvwattsv8 as pvwatts

FILES = {
    "CHN_Zhejiang.Dinghai.584770_CSWD": 30,
    "CHN_Fujian.Shanghang.589180_CSWD": 25,
    "CHN_Hunan.Jishou.576490_CSWD": 28,
    "CHN_Hebei.Huailai.544050_CSWD": 40,
    "CHN_Yunnan.Lijiang.566510_CSWD": 27,
    "USA_IL_Chicago-OHare.Intl.AP.725300_TMY3": 42,
}


def run(path, tilt, array):
    """Yearly irradiation before and after the glass [kWh/m2], as an open rack (0) or on a roof (1)."""
    model = pvwatts.new()
    inputs = dict(
        solar_resource_file=str(path), system_capacity=1, dc_ac_ratio=1.2, inv_eff=96, losses=14.0757, array_type=array,
        gcr=0.4, tilt=tilt, azimuth=180, module_type=0)
    for name, value in inputs.items():
        model.value(name, value)
    model.execute(0)
    return sum(model.Outputs.poa) / 1000, sum(model.Outputs.tpoa) / 1000


for name, tilt in FILES.items():
    path = Path(sys.argv[1]) / f"{name}.epw"
    rack, roof = run(path, tilt, 0), run(path, tilt, 1)
    print(f'"{name}": (rack: {rack[0]:.3f}, roof: {roof[0]:.3f}, behindGlass: {roof[1]:.3f}),')
