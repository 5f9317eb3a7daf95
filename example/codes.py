"""The coded ids under which the news search knows the articles of others."""

from base64 import urlsafe_b64decode, urlsafe_b64encode


def coded(text_id: str) -> str:
    """Return the id as the search gives it in guids and links."""
    return "CBMi" + urlsafe_b64encode(text_id.encode()).decode().rstrip("=")


def decoded(guid: str) -> str:
    """Return the text's own id; "" for what is no such code."""
    code = guid.removeprefix("CBMi")
    try:
        return urlsafe_b64decode(code + "=" * (-len(code) % 4)).decode()
    except ValueError:
        return ""
