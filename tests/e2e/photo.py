"""A photo from a phone, with what it tells of its maker."""

from io import BytesIO

from PIL import Image


def photo() -> bytes:
    """A JPG whose EXIF names the camera."""
    exif = Image.Exif()
    exif[0x010F] = "Camera of Anna"
    out = BytesIO()
    Image.new("RGB", (300, 200), "white").save(out, "JPEG", exif=exif)
    return out.getvalue()
