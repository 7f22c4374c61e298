"""What the cases of search quality call things, and which of the portal's own records they are.

A role stands for any of its records: (kind, key), where a key that ends in "/" is any guide of that
topic. Activities and documents are known by their titles.
"""

OPEN_PRESCHOOL = {("service", "oppen-forskola")}
MIDWIFE = {("service", "barnmorska")}


def topic(*slugs: str) -> set:
    return {("topic", slug) for slug in slugs} | {("guide", f"{slug}/") for slug in slugs}


ROLES = {
    # Services
    "familjecentral": {("service", "familjecentral")},
    "öppen förskola": OPEN_PRESCHOOL,
    "barnavårdscentral (BVC)": {("service", "bvc")},
    "barnmorskemottagning (BMM/MVC)": MIDWIFE,
    "förebyggande socialtjänst (socialrådgivare)": {("service", "socialtjanst")},
    # Topics
    "förberedelse för förlossning": topic("graviditet"),
    "sömn": topic("somn"),
    "trots / gränser": topic("granser"),
    "känslor och utbrott": topic("granser"),
    "parrelation": topic("relation"),
    "förskoleplats": topic("forskola"),
    "graviditet": topic("graviditet"),
    "ny i Sverige": topic("ny-i-sverige"),
    "separation": topic("separation"),
    "nyfödd": topic("nyfodd"),
    "tonåring": topic("tonaring"),
    "amning": topic("mat"),
    "oro för barn": topic("oro-for-barn"),
    "orosanmälan": topic("oro-for-barn"),
    "kompisar": topic("kompisar"),
    "mat": topic("mat"),
    "språk och lek": topic("sprak-och-lek"),
    "tandvård": topic("tander") | {("service", "tandvard")},
    "tänder": topic("tander") | {("service", "tandvard")},
    # Support
    "familjerådgivning": {("support", "familjeradgivning")},
    "familjerätt": {("support", "familjeratt")},
    "förskoleservice": {("support", "forskoleservice")},
    "Mini-Maria": {("support", "mini-maria")},
    "ungdomsmottagning": {("support", "ungdomsmottagning")},
    # Activities
    "Spädbarnsmassage": {("activity", "Babymassage")},
    "Mammagrupp på somaliska": {("activity", "Lek och prat på somaliska")},
    "Riktad tid för regnbågsfamiljer": {("activity", "Riktad tid för regnbågsfamiljer")},
    "Barnvagnspromenad med Hälsoteket": {("activity", "Barnvagnspromenad med Hälsoteket")},
    "Babyöppet": {("activity", "Babyöppet")},
    "Förberedande SFI med föräldrar och barn": {
        ("activity", "Förberedande SFI med föräldrar och barn")
    },
    "Pappagrupp": {("activity", "Pappagrupp")},
    "Trygghetscirkeln": {("activity", "Trygghetscirkeln")},
    # Houses
    "Familjecentral Bergsjön": {("centre", "bergsjon")},
    "Familjecentralen Sandarna": {("centre", "sandarna")},
    "Sannegårdens familjecentral och mötesplats": {("centre", "sannegarden")},
    "Familjecentralen Glasmästaregatan (Draken)": {("centre", "glasmastaregatan")},
    "Familjecentralen Biskopsgården": {("centre", "biskopsgarden")},
    "Familjecentralen Lövgärdet": {("centre", "lovgardet")},
    "Familjecentralen Opaltorget": {("centre", "opaltorget")},
    "Tuve familjecentral": {("centre", "tuve")},
    "a centre on Hisingen": {("centre", slug) for slug in ("tuve", "biskopsgarden", "sannegarden")},
    # Lines
    "Bris 116 111": {("line", "bris")},
    "112": {("line", "112")},
    "1177": {("line", "1177")},
    "112 / 1177": {("line", "112"), ("line", "1177")},
    "Kvinnofridslinjen 020-50 50 50": {("line", "kvinnofridslinjen")},
    "socialjouren 031-365 87 00": {("line", "socialjouren")},
}
PLACE, NEAREST = "the place ", "centre nearest to "


def records_of(role: str, query: str, nearest) -> set:
    """The records of a role; `nearest(place)` gives the slug of the house nearest to a place."""
    if role.startswith(PLACE):
        return {("place", role.removeprefix(PLACE))}
    if role.startswith(NEAREST):
        place = role.removeprefix(NEAREST)
        return {("centre", nearest(query if place == "that postcode" else place))}
    return ROLES.get(role) or {("document", role)}


def is_one_of(hit, records: set) -> bool:
    its = [hit.key, hit.key.partition("/")[0] + "/"]
    if hit.kind in ("activity", "document"):
        its.append(hit.title)
    return any((hit.kind, name) in records for name in its)
