"""What a newcomer finds: an example to look at, and the ways in."""

from pathlib import Path

from django.core.management import call_command

from apps.accounts.models import User
from apps.accounts.services import sign_in_link
from apps.workshops.models import Workshop

EXAMPLE = "security-partnerships"
EXAMPLE_RAPPORTEUR = "rapporteur@example.org"


def prepare() -> None:
    """Bring the database up to date, and put the example into an empty one."""
    call_command("migrate", verbosity=0, interactive=False)
    if not Workshop.objects.exists():
        call_command("load_example", verbosity=0)


def greeting(address: str, *, logs: Path, mail: str) -> str:
    """Return what to print once the program serves at `address`, with its mail at `mail`."""
    lines = ["", f"  Rapporteur is running at  {address}", ""]
    rapporteur = User.objects.filter(email=EXAMPLE_RAPPORTEUR).first()
    example = Workshop.objects.filter(slug=EXAMPLE).select_related("join_code").first()
    if rapporteur and example:
        lines += [
            "  Sign in as the example’s rapporteur (works once; a new one at each start):",
            f"    {address}{sign_in_link(rapporteur)}",
            "  Join the example as a participant, say on a phone:",
            f"    {address}/join/{example.join_code.key}/",
            "",
        ]
    lines += ["  Mail stays on this machine, where you can read it:", f"    {mail}", ""]
    return "\n".join([*lines, f"  Logs: {logs}    Stop: Ctrl+C", ""])
