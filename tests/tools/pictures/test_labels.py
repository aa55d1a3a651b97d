import itertools

from focalface.tools.pictures import labels


def box(x1, y1, x2, y2):
    return [(x1, y1), (x2, y1), (x2, y2), (x1, y2)]


def meets(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def test_a_label_on_a_large_region_sits_in_its_middle():
    (rect,) = labels.place([labels.Label(box(100, 100, 500, 500), 60, 20)], (600, 600), [])
    assert abs(rect[0] + rect[2] - 600) < 40 and abs(rect[1] + rect[3] - 600) < 40


def test_a_label_larger_than_its_region_stands_beside_it():
    polygon = box(300, 300, 320, 310)
    (rect,) = labels.place([labels.Label(polygon, 80, 20)], (600, 600), [])
    assert not meets(rect, (302, 302, 318, 308))


def test_labels_of_many_small_regions_do_not_cover_each_other():
    polygons = [box(x, y, x + 12, y + 8) for x in range(250, 350, 20) for y in range(250, 340, 18)]
    wanted = [labels.Label(polygon, 70, 16) for polygon in polygons]
    rects = labels.place(wanted, (800, 800), [])
    assert len(rects) == 25
    assert not any(meets(a, b) for a, b in itertools.combinations(rects, 2))


def test_labels_stay_in_the_picture():
    corners = [box(0, 0, 5, 5), box(595, 0, 600, 5), box(0, 395, 5, 400), box(595, 395, 600, 400)]
    rects = labels.place([labels.Label(c, 90, 20) for c in corners], (600, 400), [])
    for x1, y1, x2, y2 in rects:
        assert x1 >= 0 and y1 >= 0 and x2 <= 600 and y2 <= 400


def test_a_label_that_touches_its_region_needs_no_leader():
    assert labels.anchor((10, 10, 50, 30), box(40, 20, 90, 90)) is None


def test_a_leader_ends_inside_a_crescent():
    crescent = [(0, 0), (100, 0), (100, 100), (90, 100), (90, 10), (0, 10)]
    _, (x, y) = labels.anchor((200, 200, 260, 220), crescent)
    assert y <= 10 or x >= 90


def test_a_label_without_a_leader_is_left_out_where_others_stand():
    crowd = [box(100 + x, 100, 110 + x, 101) for x in range(0, 100, 5)]
    wanted = [labels.Label(edge, 30, 16, leader=False) for edge in crowd]
    rects = labels.place(wanted, (400, 400), [])
    shown = [rect for rect in rects if rect]
    assert 3 < len(shown) < len(crowd)
    assert not any(meets(a, b) for a, b in itertools.combinations(shown, 2))


def test_of_labels_without_leaders_that_of_the_largest_thing_comes_first():
    large, small = box(100, 100, 160, 101), box(120, 100, 130, 101)
    edges = [*[small] * 40, large]
    rects = labels.place([labels.Label(e, 30, 16, leader=False) for e in edges], (400, 400), [])
    assert rects[-1] and None in rects


def test_labels_with_leaders_come_before_those_without():
    face, region = box(100, 100, 110, 101), box(100, 90, 110, 100)
    wanted = [*[labels.Label(face, 30, 16, leader=False)] * 60, labels.Label(region, 30, 16)]
    rects = labels.place(wanted, (400, 400), [])
    alone = labels.place(wanted[-1:], (400, 400), [])
    assert rects[-1:] == alone
