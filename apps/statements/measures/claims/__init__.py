"""Whether what was answered bears out what a finding claims, and why, and who differs.

A finding claims a consensus, a divergence, or a difference between groups; statements are linked to
it, each with the answer that speaks for it. Those with enough answers test it.

- A consensus is supported where each is one, that way, and every group shares it; contradicted
  where the room is divided on one, leans or agrees the other way, or groups are opposed.
- A divergence is supported where the room is divided on one, or groups differ; contradicted where
  each is a consensus that every group shares.
- A difference between groups is supported where they differ on one; contradicted where all gaps are
  below 15 points, with ten people or more on either side.

Between the two it is partly supported; without a statement that enough answered it is untested.
"""

from apps.statements.measures.claims.judging import audit
from apps.statements.measures.claims.linked import Audit, Claim, Difference, Linked, Outcome

__all__ = ["Audit", "Claim", "Difference", "Linked", "Outcome", "audit"]
