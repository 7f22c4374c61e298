from centres.house_sign import house_sign

CORE = ["open_preschool", "maternity_care", "child_health_care", "social_services"]


def test_a_missing_core_service_is_an_empty_window():
    sign = house_sign(["open_preschool"], CORE, "Öppen förskola")
    assert [window.is_filled for window in sign.windows] == [True, False, False, False]


def test_a_library_adds_a_third_row():
    two_rows = house_sign(CORE, CORE, "")
    three_rows = house_sign([*CORE, "library"], CORE, "")
    assert three_rows.windows[-1].kind == "library"
    assert three_rows.windows[-1].y > two_rows.windows[-1].y
    assert three_rows.height > two_rows.height


def test_the_wall_reaches_below_the_last_window():
    sign = house_sign([*CORE, "library"], CORE, "")
    assert sign.windows[-1].y + 14 < sign.height
