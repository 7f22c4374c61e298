"""Response headers that Django and django-csp do not set. One concern per class."""

_UNUSED = (
    "accelerometer",
    "camera",
    "display-capture",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
# A reader may let the list be sorted by where they are; the position stays in the browser.
# Staff sign in with passkeys.
_USED = ("geolocation", "publickey-credentials-create", "publickey-credentials-get")
POLICY = ", ".join([*(f"{f}=(self)" for f in _USED), *(f"{f}=()" for f in _UNUSED)])


class PermissionsPolicyMiddleware:
    """Turn off the browser features that no page of the portal uses."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        return response
