"""Closed lists of the standards that the tables use, as far as a code must be one of them."""

from __future__ import annotations

_COUNTRIES = """
    ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD
    BGR BHR BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR
    COD COG COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH
    ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL
    GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR
    JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR
    MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL
    NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY
    PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP
    SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA
    UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE
"""
COUNTRIES = frozenset(_COUNTRIES.split())
"""ISO 3166-1 alpha-3: the 249 officially assigned codes (user-assigned ones mean nothing to others)."""

_CAMEO_BASE = {
    # root: last base code, and how many codes stand below each base code that is divided further
    "01": (9, {}),
    "02": (8, {1: 4, 3: 4, 4: 4, 5: 6}),
    "03": (9, {1: 4, 3: 4, 4: 4, 5: 6}),
    "04": (6, {}),
    "05": (7, {}),
    "06": (4, {}),
    "07": (5, {}),
    "08": (7, {1: 4, 3: 4, 4: 2, 6: 3, 7: 4}),
    "09": (4, {}),
    "10": (8, {1: 4, 3: 4, 4: 4, 5: 6}),
    "11": (6, {2: 5}),
    "12": (9, {1: 4, 2: 4, 3: 4, 4: 6}),
    "13": (9, {1: 3, 2: 4, 8: 5}),
    "14": (5, {1: 4, 2: 4, 3: 4, 4: 4, 5: 4}),
    "15": (5, {}),
    "16": (6, {2: 3, 6: 3}),
    "17": (6, {1: 2, 2: 4}),
    "18": (6, {2: 3, 3: 4}),
    "19": (6, {5: 2}),
    "20": (4, {4: 2}),
}

CAMEO = frozenset(
    code
    for root, (last, divided) in _CAMEO_BASE.items()
    for base in range(last + 1)
    for code in (
        f"{root}{base}",
        *(f"{root}{base}{below}" for below in range(1, divided.get(base, 0) + 1)),
    )
)
"""CAMEO event codes, manual 1.1b3 (Schrodt 2012), and 1213 and 1214, which ICEWS adds."""

_PLOVER_OF_CAMEO = {
    "03": "AGREE",
    "04": "CONSULT",
    "05": "SUPPORT",
    "06": "COOPERATE",
    "07": "AID",
    "08": "CONCEDE",
    "0813": "RETREAT",  # ease curfew
    "0814": "RETREAT",  # ease state of emergency or martial law
    "084": "RETREAT",  # return, release
    "085": "RETREAT",  # ease economic sanctions, boycott, embargo
    "086": "RETREAT",  # allow international involvement
    "087": "RETREAT",  # de-escalate military engagement
    "09": "ACCUSE",
    "10": "REQUEST",
    "11": "ACCUSE",
    "12": "REJECT",
    "13": "THREATEN",
    "14": "PROTEST",
    "15": "MOBILIZE",
    "16": "SANCTION",
    "163": "COERCE",  # impose embargo, boycott, or sanctions
    "17": "COERCE",
    "1712": "ASSAULT",  # destroy property
    "175": "ASSAULT",  # use violent repression
    "18": "ASSAULT",
    "19": "ASSAULT",
    "191": "COERCE",  # impose blockade, restrict movement
    "192": "COERCE",  # occupy territory
    "20": "ASSAULT",
}


def plover_of(cameo: str) -> str | None:
    """The PLOVER type of a CAMEO code, or ``None`` where PLOVER has dropped the code (roots 01 and 02).

    By the PLOVER authors' table of 2021 (``CAMEO2PLOVER-2021.txt`` of openeventdata/PLOVER): the longest
    prefix of the code decides.

    >>> plover_of("0871"), plover_of("192"), plover_of("042")
    ('RETREAT', 'COERCE', 'CONSULT')
    """
    prefixes = (cameo[:length] for length in range(len(cameo), 1, -1))
    return next((_PLOVER_OF_CAMEO[one] for one in prefixes if one in _PLOVER_OF_CAMEO), None)
