"""Standards: the closed lists that codes are looked up in."""

from __future__ import annotations

import re

import pytest

from jpkr_drills.models import CAMEO as CAMEO_FORM
from jpkr_drills.models import COUNTRY as COUNTRY_FORM
from jpkr_drills.standards import CAMEO, COUNTRIES

# Codes below each root, as the manual's tables have them; with 1213 and 1214 beside those of 12.
OF_ROOT = {
    "01": 10, "02": 27, "03": 28, "04": 7, "05": 8, "06": 5, "07": 6, "08": 25, "09": 5, "10": 27,
    "11": 12, "12": 28, "13": 22, "14": 26, "15": 6, "16": 13, "17": 13, "18": 14, "19": 9, "20": 7,
}  # fmt: skip


def test_countries_are_the_249_of_the_standard() -> None:
    assert len(COUNTRIES) == 249
    assert {"JPN", "KOR", "PRK", "USA", "CHN", "TWN", "PSE"} <= COUNTRIES
    assert not {"XKX", "EUR", "UK", "SUN", "ZZZ"} & COUNTRIES


def test_every_listed_code_has_the_form_of_its_column() -> None:
    assert all(re.fullmatch(COUNTRY_FORM.strip("^$"), code) for code in COUNTRIES)
    assert all(re.fullmatch(CAMEO_FORM.strip("^$"), code) for code in CAMEO)


@pytest.mark.parametrize("root", OF_ROOT)
def test_cameo_has_as_many_codes_below_a_root_as_the_manual(root: str) -> None:
    assert sum(code.startswith(root) for code in CAMEO) == OF_ROOT[root]


@pytest.mark.parametrize(
    "code", ["0312", "062", "160", "040", "036", "150", "154", "064", "2042", "1056"]
)
def test_cameo_has_the_codes_of_the_manual(code: str) -> None:
    assert code in CAMEO


@pytest.mark.parametrize("code", ["01", "047", "058", "0313x", "0411", "1057", "099", "205", "2043"])
def test_cameo_has_no_other(code: str) -> None:
    assert code not in CAMEO
