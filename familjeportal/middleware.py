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
POLICY = ", ".join(["geolocation=(self)", *(f"{feature}=()" for feature in _UNUSED)])


class PermissionsPolicyMiddleware:
    """Turn off the browser features that no page of the portal uses."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        return response
