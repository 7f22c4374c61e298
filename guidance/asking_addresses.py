"""Ask an address elsewhere whether it is there. Never one of this machine or of an own network.

The name is looked up once, each of its addresses must be public, and the connection is made to the
address that was looked at: a name that changes its mind in between leads nowhere else.
"""

import ipaddress
import signal
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import quote, urljoin, urlsplit

from django.utils.translation import gettext as _

SECONDS = 10  # of silence
SECONDS_IN_ALL = 40  # of one address with all it leads on to, however it drips
MOST_REDIRECTS = 5
PORTS = {"http": 80, "https": 443}
# Of IPv6 only what has been given out is asked; the rest is own networks and ways to IPv4.
_GIVEN_OUT = ipaddress.ip_network("2000::/3")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_AGENT = "Familjeportalen (kontroll av lankar)"
# Here somebody answers, though not to a program.
_NO_ANSWER_FOR_US = {401, 402, 403, 407, 418, 429, 451, 999}


class RefusedError(Exception):
    """An address that is not asked; says why."""


def problem_with(url: str) -> str:
    """What is wrong with an address, in a sentence; "" where it answers."""
    try:
        with _at_most(SECONDS_IN_ALL):
            status = _status(url)
    except RefusedError as refused:
        return str(refused)
    except ssl.SSLError:
        return _("Sidan har inget giltigt certifikat.")
    except (OSError, HTTPException, UnicodeError, ValueError):
        return _("Ingen svarar på adressen.")
    if status < 400 or status in _NO_ANSWER_FOR_US:
        return ""
    if status in (404, 410):
        return _("Sidan finns inte längre.")
    return _("Sidan svarar med fel %(status)d.") % {"status": status}


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Raise TimeoutError inside when the time is up; in the main thread, where commands run."""

    def give_up(*_of_signal):
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _status(url: str) -> int:
    """What the address answers in the end. HEAD first; GET where a server does not know that."""
    for _hop in range(MOST_REDIRECTS + 1):
        status, target = _ask("HEAD", url)
        if status >= 400:
            status, target = _ask("GET", url)
        if not (300 <= status < 400 and target):
            return status
        url = urljoin(url, target)
    raise RefusedError(_("Adressen leder runt i en cirkel."))


def _ask(method: str, url: str) -> tuple[int, str]:
    """The status, and where it leads to instead; the body is not read."""
    parts = urlsplit(url)
    port = PORTS.get(parts.scheme)
    if port is None or not parts.hostname or parts.port not in (None, port):
        raise RefusedError(_("Bara vanliga webbadresser kan kontrolleras."))
    connection = _Pinned(parts.hostname) if port == 443 else _PinnedPlain(parts.hostname)
    try:
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        query = quote(parts.query, safe="=&%:@!$'()*+,;/?~-._")
        target = f"{path}?{query}" if query else path
        connection.request(method, target, headers={"User-Agent": _AGENT})
        response = connection.getresponse()
        return response.status, response.headers.get("Location", "")
    finally:
        connection.close()


def public_address(host: str, port: int) -> str:
    """An address of a host, all of whose addresses are public; else RefusedError."""
    found = {info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    if not found or not all(_is_public(address) for address in found):
        raise RefusedError(_("Adressen leder inte ut på internet."))
    return sorted(found)[0]


def _is_public(address: str) -> bool:
    """Where an IPv6 address leads to one of IPv4, what holds for that one."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv4Address):
        return ip.is_global and not ip.is_multicast
    inner = ip.ipv4_mapped or ip.sixtofour
    if ip in _NAT64:
        inner = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
    return _is_public(str(inner)) if inner else ip.is_global and ip in _GIVEN_OUT


class _PinnedPlain(HTTPConnection):
    """A connection to the very address that was looked at."""

    def __init__(self, host: str):
        super().__init__(host, timeout=SECONDS)

    def connect(self):
        self.sock = socket.create_connection(
            (public_address(self.host, self.port), self.port), self.timeout
        )


class _Pinned(HTTPSConnection):
    """The same, with the certificate of the host's name."""

    def __init__(self, host: str):
        self._checking = ssl.create_default_context()
        super().__init__(host, timeout=SECONDS, context=self._checking)

    def connect(self):
        address = public_address(self.host, self.port)
        plain = socket.create_connection((address, self.port), self.timeout)
        self.sock = self._checking.wrap_socket(plain, server_hostname=self.host)
