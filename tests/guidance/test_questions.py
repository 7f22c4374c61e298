"""The questions of families that the portal is for: each has a page, and on it the sentence.

The pages are those of the example data at a moment, as a reader sees them. Every question is
answered; one that has several sides has several rows.
"""

import html
import re

import pytest
import time_machine
from django.utils import timezone

from familjeportal.home.demo import seed
from tests.factories import stockholm

pytestmark = pytest.mark.django_db

HJALLBO, BERGSJON = "/familjecentraler/hjallbo/", "/familjecentraler/bergsjon/"
TUVE = "/familjecentraler/tuve/"
NEAR = "/foraldrastod/?plats=hjällbo"
GUIDES = "/rad-och-stod"

ON_A_TUESDAY = [
    # 1. Is the open preschool open today, for how long, for my child's age?
    (1, f"{HJALLBO}?alder=5", "Öppna förskolan har öppet till 11.00"),
    (1, f"{HJALLBO}?alder=5", "9.00–11.00 Alla åldrar, sång 10.30, 0–6 år"),
    (1, NEAR, "9.00–11.00 Familjecentralen Hjällbo Öppen förskola · Alla åldrar"),
    # 2. This Wednesday afternoon: odd or even week, closed or booked for a group?
    (2, HJALLBO, "13.00–15.00 Lek på svenska och arabiska, 0–6 år, syskon välkomna"),
    (2, HJALLBO, "lördag udda veckor 10–13: kommande gånger 5 december, 19 december"),
    (2, TUVE, "Måndag 30 november: stängt 9–10.30 (Bokat för en föräldragrupp)"),
    (2, "/familjecentraler/?plats=hjällbo&dag=onsdag&tid=eftermiddag", "I morgon 13.00–15.00"),
    # 4. Drop-in or sign-up, and how?
    (4, "/oppen-forskola/", "Till de vanliga öppettiderna behöver du inte anmäla dig."),
    (4, NEAR, "Anmälan: 031-390 06 04"),
    (4, NEAR, "Träffar utan anmälan De närmaste i Angered. Det är bara att komma."),
    # 5. Is Friday a planning day?
    (5, BERGSJON, "Onsdag 2 december: stängt (Hela personalen planerar tillsammans)"),
    # 6. May the big sister come to baby time?
    (6, HJALLBO, "Babyöppet, sång 13.30, 0–8 månader, inte för syskon"),
    (6, BERGSJON, "Babyöppet, sång 14.00, 0–8 månader, syskon välkomna"),
    # 7. Cost, own food, nuts, coffee?
    (7, HJALLBO, "Öppna förskolan och BVC är gratis. En kopp kaffe kostar tio kronor."),
    (7, HJALLBO, "Ja Du får ta med egen mat"),
    (7, HJALLBO, "Ja Nötfritt hus"),
    # 8. May we come with a cold?
    (8, HJALLBO, "Kom när både du och barnet är friska."),
    (
        8,
        f"{GUIDES}/forsta-besoket/vad-galler-pa-oppna-forskolan/",
        "Är någon av er förkyld eller magsjuk väntar ni",
    ),
    # 9. Must I use the one in my own district?
    (9, "/", "till för alla som har barn eller väntar barn, var du än bor."),
    (9, "/foraldrastod/?plats=askim", "finns ingen familjecentral ännu. Du får gå vart du vill."),
    # 10. How does it differ from preschool; may I leave my child?
    (10, "/oppen-forskola/", "här kan du inte lämna barnet."),
    # 11. Newborn: whom do we call, will they come home?
    (11, f"{GUIDES}/nyfodd/nyfodd-vem-ringer-du/", "ringer ni barnavårdscentralen (BVC)."),
    (11, "/bvc/", "på mottagningen eller hemma hos er."),
    # 12. BVC without a booked time?
    (12, HJALLBO, "13.00–14.00 Öppen mottagning: väg barnet och ställ frågor, 0–11 månader"),
    (12, "/bvc/", "En del BVC har också tider då du får komma utan att boka."),
    # 13. My child is ill: BVC, vårdcentral, 1177 or 112?
    (13, "/bvc/", "Är barnet sjukt? Då är det vårdcentralen du ska gå till, inte BVC."),
    (13, "/bvc/", "När BVC är stängt kan du ringa 1177. Ring 112 vid fara för liv."),
    # 14. An interpreter: may I, does it cost, how do I ask?
    (14, "/bvc/", "Du har rätt till tolk, och det kostar inget. Säg till sjuksköterskan"),
    (14, "/barnmorska/", "Säg vilket språk du vill tala när du bokar tiden."),
    (14, "/visa-for-personalen/ar/", "Jag behöver tolk."),
    # 15. Pregnant, maybe new in Sweden: when and where do I book?
    (15, "/barnmorska/", "Du bokar tid själv. Du behöver ingen remiss"),
    (15, f"{GUIDES}/graviditet/gravid-var-borjar-du/", "när du vet att du är gravid."),
    # 16. The baby does not sleep, eat; I cannot set limits: who can I just talk to, this week?
    (16, HJALLBO, "10.00–11.30 Socialarbetaren är på öppna förskolan"),
    (16, "/socialtjanst/", "Du kan prata om sömn, gränser, barnens kompisar"),
    (
        16,
        f"{GUIDES}/somn/nar-bebisen-inte-sover/?plats=hjällbo",
        "Någon att prata med nära Hjällbo",
    ),
    # 17. We quarrel, may separate: is there counselling, anonymously?
    (17, "/foraldrastod/familjeradgivning/", "man kan ofta vara anonym."),
    (17, "/foraldrastod/?amne=relation", "Någon som hjälper: Parrelation"),
    (17, "/vagledning/vi-brakar-mycket/", "Vi bråkar men vill fortsätta tillsammans"),
    # 18. If I talk to the social worker, is it written down; who tells whom?
    (18, "/socialtjanst/", "Skrivs det ner? Det beror på vilket stöd du får."),
    (18, "/socialtjanst/", "får bara berätta för andra i huset om du säger ja."),
    # 19. A time for people like us?
    (19, NEAR, "Nästa gång: onsdag 2 december 17.00–19.00 Pappagrupp"),
    (19, NEAR, "Lek och prat på somaliska"),
    (19, "/oppen-forskola/", "Öppen förskola för unga föräldrar"),
    (19, f"{GUIDES}/foralder/tider-for-oss/", "regnbågsfamiljer"),
    # 20. Can I practise Swedish with my child along?
    (
        20,
        f"{GUIDES}/ny-i-sverige/lara-svenska-med-barn/",
        "Du kan öva svenska på öppna förskolan med barnet i knät.",
    ),
    # 21. Evenings, weekends, other places?
    (21, "/familjecentraler/?kvallhelg=1", "Lördag 10.00–13.00: öppen förskola"),
    # 22. How do I get a preschool place?
    (22, f"{GUIDES}/forskola/soka-forskoleplats/", "Ni söker plats i Göteborgs Stads e-tjänst."),
    (22, "/foraldrastod/forskoleservice/", "be att få bli kopplad till förskoleservice."),
    # 23. Who works here, will I meet the same person, the direct number?
    (23, HJALLBO, "Förskollärare: Alva Exempelsson (svenska, engelska) 070-174 06 05"),
    (
        23,
        f"{GUIDES}/forsta-besoket/vem-moter-du-pa-familjecentralen/",
        "Ingen kan lova att det alltid går",
    ),
    # 24. I am alone on leave and nervous: what happens the first time I walk in?
    (24, HJALLBO, "En förskollärare tar emot dig i hallen. Säg att det är första gången"),
]
IN_MAY = [
    # 3. Which weeks is it closed in summer?
    (3, HJALLBO, "Stängt 6 juli–9 augusti (vecka 28–32)."),
]
IN_JULY = [
    # 3. Where can we go instead?
    (3, HJALLBO, "Öppna förskolan har stängt och öppnar måndag 10 augusti"),
    (
        3,
        HJALLBO,
        "Öppet i dag på annat håll: Öppna förskolan Kärra, Norra Parken, öppet till 12.00",
    ),
]
MOMENTS = [
    (stockholm(2026, 11, 24, 10), ON_A_TUESDAY),
    (stockholm(2026, 5, 19, 10), IN_MAY),
    (stockholm(2026, 7, 14, 10), IN_JULY),
]


def seen(response) -> str:
    """What the page says, without marks."""
    page = response.content.decode().partition("<main")[2].partition("</main>")[0]
    words = html.unescape(re.sub(r"<[^>]+>", " ", page.partition(">")[2]))
    return re.sub(r"\s([.,])", r"\1", " ".join(words.replace("\N{WORD JOINER}", "").split()))


def test_every_question_is_asked():
    assert {number for _at, rows in MOMENTS for number, _p, _s in rows} == set(range(1, 25))


@pytest.mark.parametrize(("at", "rows"), MOMENTS, ids=["november", "may", "july"])
def test_every_question_has_a_page_with_the_sentence_that_answers(client, at, rows):
    with time_machine.travel(at, tick=False):
        seed(timezone.localdate(at))
        pages = {path: seen(client.get(path)) for path in {path for _n, path, _s in rows}}
    missing = [(n, path, said) for n, path, said in rows if said not in pages[path]]
    assert missing == []
