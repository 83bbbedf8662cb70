"""Who may record what was agreed and what wasn't.

Reading follows the theme: see `apps.themes.selectors.themes_visible_to`.
"""

from apps.core.permissions import permit
from apps.workshops.rules import is_open, is_team

permit("annotations.record", is_team & is_open)
permit("annotations.revise", is_team & is_open)
permit("annotations.withdraw", is_team & is_open)
permit("annotations.cite", is_team & is_open)
permit("annotations.define", is_team & is_open)
# Terms that stand on no theme are nobody's to read but the team's.
permit("annotations.view_all_terms", is_team)
