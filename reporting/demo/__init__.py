"""Real published figures, re-tabulated, to look at the product with: `manage.py seed_demo`.

`surveys.csv` has OMB's counts and scores of FY2021 Q1 to FY2022 Q2 and VHA's volumes of FY2019 Q1 to FY2020 Q1, one
row per survey; `metrics.csv` and `indexes.csv` have what SSA's Online Services reported for FY2019 Q1 and Q2. Wordings
and reflections are left out; the column `reflection` says whether there was one.
"""
