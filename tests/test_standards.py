"""Standards: the closed lists that codes are looked up in."""

from __future__ import annotations

import re

import pytest

from jpkr_drills.model.columns import CAMEO as CAMEO_FORM
from jpkr_drills.model.vocabularies import LISTS
from jpkr_drills.standards import CAMEO, COUNTRIES, plover_of

# Codes below each root, as the manual's tables have them; with 1213 and 1214 beside those of 12.
OF_ROOT = {
    "01": 10, "02": 27, "03": 28, "04": 7, "05": 8, "06": 5, "07": 6, "08": 25, "09": 5, "10": 27,
    "11": 12, "12": 28, "13": 22, "14": 26, "15": 6, "16": 13, "17": 13, "18": 14, "19": 9, "20": 7,
}  # fmt: skip


def test_countries_are_the_249_of_the_standard() -> None:
    assert len(COUNTRIES) == 249
    assert {"JPN", "KOR", "PRK", "USA", "CHN", "TWN", "PSE"} <= COUNTRIES
    assert not {"XKX", "EUR", "UK", "SUN", "ZZZ"} & COUNTRIES
    assert all(re.fullmatch("[A-Z]{3}", code) for code in COUNTRIES)


@pytest.mark.parametrize("root", OF_ROOT)
def test_cameo_has_as_many_codes_below_a_root_as_the_manual(root: str) -> None:
    assert sum(code.startswith(root) for code in CAMEO) == OF_ROOT[root]


def test_cameo_has_the_codes_of_the_manual_and_no_other() -> None:
    assert {"0312", "062", "160", "040", "036", "150", "154", "064", "2042", "1056"} <= CAMEO
    assert not {"01", "047", "058", "0313x", "0411", "1057", "099", "205", "2043"} & CAMEO
    assert all(re.fullmatch(CAMEO_FORM, code) for code in CAMEO)


@pytest.mark.parametrize(
    ("plover", "codes"),
    [
        ("AGREE", "030 036 0331"), ("CONSULT", "040 046"), ("SUPPORT", "050"), ("COOPERATE", "060 062"),
        ("AID", "070"), ("CONCEDE", "080 0811 083"), ("RETREAT", "0813 0814 0841 085 0861 0871 0874"),
        ("ACCUSE", "090 091 110 115"), ("REQUEST", "100"), ("REJECT", "120"), ("THREATEN", "130"),
        ("PROTEST", "141"), ("MOBILIZE", "150"), ("SANCTION", "160 161 164"), ("COERCE", "163 170 173 191 192"),
        ("ASSAULT", "1712 175 183 190 195 202"),
    ],
)  # fmt: skip
def test_a_plover_type_is_that_of_the_authors_table(plover: str, codes: str) -> None:
    assert plover in LISTS["plover"].codes
    assert {plover_of(code) for code in codes.split()} == {plover}


def test_codes_that_plover_has_dropped_have_none() -> None:
    assert {plover_of(code) for code in CAMEO if code[:2] in ("01", "02")} == {None}
    assert None not in {plover_of(code) for code in CAMEO if code[:2] not in ("01", "02")}
