import csv
import gzip
import json
import re
from itertools import combinations
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

import centres
from centres.house_sign import house_sign
from centres.known_facts import read_known_facts
from centres.schematic_map import CORE, DistrictLink, Marker, projected, schematic_map

DATA = Path(centres.__file__).parent / "data"
CORE_KINDS = ["open_preschool", "maternity_care", "child_health_care", "social_services"]
NAMES = [district.name for district in schematic_map([], {}).districts]
LINKS = {name: DistrictLink(name, f"/stadsdel/{n}/") for n, name in enumerate(NAMES)}
HJALLBO = (57.770, 12.020)
BRUNNSPARKEN = (57.706, 11.971)
STENUNGSUND = (58.07, 11.82)


def marker(number=1, at=HJALLBO, kinds=CORE_KINDS, **given):
    sign = house_sign(list(kinds), CORE_KINDS, "")
    return Marker(number, f"Hus {number}", f"#hus-{number}", *at, sign=sign, **given)


def example_markers():
    houses = {
        house["slug"]: house
        for house in json.loads((DATA / "example.json").read_text("utf-8"))["houses"]
    }
    facts = read_known_facts()
    points = {place["name"]: place for place in facts.places}
    found = [(houses[c.fields["slug"]], points[c.place]) for c in facts.centres]
    return [
        marker(n, (float(point["latitude"]), float(point["longitude"])), house["rooms"])
        for n, (house, point) in enumerate(found, 1)
    ]


def rings(path):
    """The corners of each ring of a path of relative lines."""
    for ring in re.findall(r"M([^M]*)z", path):
        steps = [int(step) for step in re.findall(r"-?\d+", ring)]
        x, y = 0, 0
        corners = []
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            corners.append((x, y))
        yield corners


def is_inside(x, y, path):
    crossings = 0
    for corners in rings(path):
        for (x0, y0), (x1, y1) in zip(corners, corners[1:] + corners[:1], strict=True):
            if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
                crossings += 1
    return crossings % 2 == 1


def overlapping(found):
    return [
        (one.marker.number, other.marker.number)
        for one, other in combinations(found.pins, 2)
        if one.box.meets(other.box)
    ]


@pytest.mark.parametrize(
    ("point", "district"),
    [
        (HJALLBO, "Angered"),
        (BRUNNSPARKEN, "Centrum"),
        ((57.655, 11.909), "Askim-Frölunda-Högsbo"),
        ((57.720, 11.889), "Västra Hisingen"),
        ((57.756, 12.063), "Östra Göteborg"),
        ((57.645, 11.782), "Västra Göteborg"),  # Brännö, an island
    ],
)
def test_a_known_place_lies_in_its_district(point, district):
    x, y = projected(*point)
    found = schematic_map([], {})
    assert [d.name for d in found.districts if is_inside(x, y, d.path)] == [district]


def test_every_city_district_is_on_the_map():
    with (DATA / "places.csv").open(encoding="utf-8") as file:
        known = {row["district"] for row in csv.DictReader(file)}
    assert set(NAMES) == known


def test_every_named_place_lies_in_its_own_district():
    paths = {district.name: district.path for district in schematic_map([], {}).districts}
    with (DATA / "places.csv").open(encoding="utf-8") as file:
        points = [
            (row, projected(float(row["lat"]), float(row["lon"]))) for row in csv.DictReader(file)
        ]
    assert [row for row, at in points if not is_inside(*at, paths[row["district"]])] == []


def test_no_pin_of_the_example_data_covers_another():
    found = schematic_map(example_markers(), LINKS)
    assert [pin.marker.number for pin in found.pins] == list(range(1, 21))
    assert overlapping(found) == []
    assert {pin.scale for pin in found.pins} == {1}


def test_no_name_stands_under_a_pin():
    found = schematic_map(example_markers(), LINKS)
    assert len(found.labels) >= 6
    assert not any(label.box.meets(pin.box) for label in found.labels for pin in found.pins)


def test_the_same_markers_give_the_same_map():
    assert schematic_map(example_markers(), LINKS) == schematic_map(example_markers(), LINKS)


def test_a_lone_house_stands_on_its_own_point():
    [pin] = schematic_map([marker()], LINKS).pins
    x, y = projected(*HJALLBO)
    assert abs(pin.box.bottom - y) <= 1
    assert abs(pin.x - x) <= 1
    assert pin.leader == ""


def test_a_house_of_the_core_stands_in_the_inset():
    found = schematic_map([marker(at=BRUNNSPARKEN)], LINKS)
    assert CORE.has(*projected(*BRUNNSPARKEN))
    assert found.inset.frame.has(found.pins[0].x, found.pins[0].box.bottom)


@pytest.mark.parametrize("at", [HJALLBO, BRUNNSPARKEN])
def test_a_page_of_houses_at_one_point_all_find_room(at):
    found = schematic_map([marker(n, at) for n in range(1, 25)], LINKS)
    assert len(found.pins) == 24
    assert overlapping(found) == []
    assert min(pin.scale for pin in found.pins) >= 0.85  # still large enough to tap


def test_a_pin_that_gives_way_has_a_line_to_its_point():
    found = schematic_map([marker(1), marker(2)], LINKS)
    x, y = (round(value) for value in projected(*HJALLBO))
    assert [bool(pin.leader) for pin in found.pins] == [False, True]
    assert found.pins[1].leader.startswith(f"M{x} {y}l")


def test_a_house_outside_the_map_is_said_to_be_unplaced():
    away = marker(2, STENUNGSUND)
    found = schematic_map([marker(1), away], LINKS)
    assert [pin.marker.number for pin in found.pins] == [1]
    assert found.unplaced == [away]


def test_the_looked_up_place_is_kept_clear_of_pins():
    found = schematic_map([marker()], LINKS, here=HJALLBO)
    assert not found.pins[0].box.has(*found.here)
    assert schematic_map([], LINKS, here=STENUNGSUND).here is None


def test_houses_with_the_same_services_share_a_sign():
    found = schematic_map([marker(1), marker(2), marker(3, kinds=["library"])], LINKS)
    assert len(found.signs) == 2
    assert found.pins[0].sign == found.pins[1].sign


@given(
    st.lists(
        st.tuples(st.floats(57.5, 57.9), st.floats(11.6, 12.3)).map(lambda at: marker(1, at)),
        max_size=24,
    )
)
@settings(max_examples=40, deadline=None)
def test_wherever_the_houses_are_none_is_lost_and_none_is_covered(markers):
    found = schematic_map(markers, LINKS)
    assert len(found.pins) + len(found.unplaced) == len(markers)
    assert all(
        not (0 <= x <= found.width and 0 <= y <= found.height)
        for x, y in (projected(m.latitude, m.longitude) for m in found.unplaced)
    )
    assert overlapping(found) == []


def rendered(found, **more):
    return render_to_string("components/map.html", {"map": found, **more})


def hrefs(html):
    """Of the links that can be reached by keyboard."""
    links = re.findall(r'<a class="map__(?:district|pin)[^>]*>', html)
    return [re.search(r'href="([^"]*)"', link)[1] for link in links if "tabindex" not in link]


def test_the_map_without_houses_links_the_districts_and_stays_small():
    html = rendered(schematic_map([], LINKS))
    assert hrefs(html) == [link.href for link in LINKS.values()]
    assert "Kartdata: Göteborgs Stad" in html
    assert "style=" not in html
    assert len(gzip.compress(html.encode())) < 5_500


def test_each_house_is_a_link_to_its_card_and_adds_little():
    markers = example_markers()
    empty, full = (rendered(schematic_map(some, LINKS)) for some in ([], markers))
    assert hrefs(full)[len(NAMES) :] == [marker.href for marker in markers]
    assert "<title>3. Hus 3</title>" in full
    assert 'data-number="3"' in full
    added = len(gzip.compress(full.encode())) - len(gzip.compress(empty.encode()))
    assert added / len(markers) < 150


def test_the_rendered_numbers_are_svg_in_any_language():
    crowd = schematic_map([marker(n, BRUNNSPARKEN) for n in range(1, 25)], LINKS)
    html = rendered(crowd)
    assert 'scale(0.85)"' in html
    assert not re.search(r'="[^"]*\d,\d', html)


def test_a_planned_house_says_so_and_a_name_is_escaped():
    sign = house_sign([], CORE_KINDS, "")
    odd = Marker(None, "<b>Å & Ö</b>", '"><script>', *HJALLBO, sign=sign, is_planned=True)
    html = rendered(schematic_map([odd], LINKS))
    assert "<title>&lt;b&gt;Å &amp; Ö&lt;/b&gt; (planeras)</title>" in html
    assert "map__pin--planned" in html
    assert "<script>" not in html
    assert "data-number" not in html


def test_what_a_district_has_stands_in_words_beside_its_pattern():
    looks = dict(zip(NAMES, ["open", "planned", "none"], strict=False))
    links = {name: DistrictLink(name, "/", looks.get(name, "")) for name in NAMES}
    html = rendered(schematic_map([], links))
    for look, word in [("open", "finns"), ("planned", "planeras"), ("none", "okänt")]:
        name = next(name for name in looks if looks[name] == look)
        assert f"<title>{name}: {word}</title>" in html
        assert f"map__land--{look}" in html
        assert f">{word}</tspan>" in html


def test_the_looked_up_place_is_named():
    found = schematic_map([], LINKS, here=HJALLBO)
    assert "Du är här" in rendered(found)
    assert "Hjällbo" in rendered(found, here_name="Hjällbo")
    assert "Du är här" not in rendered(schematic_map([], LINKS))
