from django.utils.crypto import salted_hmac


def hidden_key(key: str, key_prefix: str, version: int) -> str:
    """Limits are counted for network addresses, which therefore cannot be read from the table."""
    return salted_hmac("cache key", f"{key_prefix}:{version}:{key}", algorithm="sha256").hexdigest()
