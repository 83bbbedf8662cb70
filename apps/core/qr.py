"""QR codes: an address that a camera reads."""

from dataclasses import dataclass
from itertools import groupby

from qrcode import constants
from qrcode.main import QRCode as Maker

# What must stay empty around one, in modules (ISO/IEC 18004).
QUIET = 4


@dataclass(frozen=True)
class QrCode:
    """The modules of a QR code, a string of "1" (dark) and "0" for each row."""

    rows: tuple[str, ...]

    @property
    def view_box(self) -> str:
        """The part of the plane that an SVG of it shows, with room around it."""
        size = len(self.rows) + 2 * QUIET
        return f"{-QUIET} {-QUIET} {size} {size}"

    @property
    def path(self) -> str:
        """Its dark modules as the path of an SVG, one box for those that touch in a row."""
        return "".join(
            f"M{x} {y}h{width}v1h-{width}z"
            for y, row in enumerate(self.rows)
            for x, width in _runs(row)
        )


def qr_code(text: str) -> QrCode:
    """Return `text` as a QR code that can be read with a seventh of it covered."""
    maker: Maker = Maker(border=0, error_correction=constants.ERROR_CORRECT_M)
    maker.add_data(text)
    maker.make(fit=True)
    return QrCode(
        tuple("".join("1" if dark else "0" for dark in row) for row in maker.get_matrix())
    )


def _runs(row: str) -> list[tuple[int, int]]:
    """Where dark modules begin in `row`, and how many touch."""
    found, x = [], 0
    for module, run in groupby(row):
        width = len(list(run))
        if module == "1":
            found.append((x, width))
        x += width
    return found
