from itertools import combinations

from centres.schematic_map.placing import Box, Wish, place_pins

FRAME = Box(0, 0, 400, 400)


def test_a_pin_alone_stands_with_its_foot_on_its_point():
    [box] = place_pins([Wish(200, 150, 40, 50)], FRAME)
    assert (box.x + box.width / 2, box.bottom) == (200, 150)


def test_a_pin_at_the_edge_keeps_inside_the_frame():
    for x, y in [(0, 0), (400, 0), (0, 400), (400, 400)]:
        [box] = place_pins([Wish(x, y, 40, 50)], FRAME)
        assert FRAME.holds(box)


def test_the_first_keeps_its_point_and_the_next_gives_way():
    first, second = place_pins([Wish(200, 200, 40, 50), Wish(210, 200, 40, 50)], FRAME)
    assert first.bottom == 200
    assert not first.meets(second)


def test_what_is_taken_is_kept_clear():
    taken = Box(150, 100, 100, 120)
    [box] = place_pins([Wish(200, 200, 40, 50)], FRAME, [taken])
    assert not box.meets(taken)


def test_a_full_frame_has_no_box_for_the_rest():
    boxes = place_pins([Wish(50, 90, 60, 80)] * 5, Box(0, 0, 140, 100))
    placed = [box for box in boxes if box]
    assert 0 < len(placed) < 5
    assert not any(one.meets(other) for one, other in combinations(placed, 2))
